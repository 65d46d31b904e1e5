import type { Services } from '../server/services.ts';
import { SignInRefused } from '../sso/connection.ts';
import { CONSOLE_CONNECTION } from '../sso/console-connection.ts';
import { consolePages } from './console-pages.ts';
import { refusalPage } from './page.ts';
import { createRefusalNotes } from './refusal-notes.ts';
import { tenantPage } from './tenant-pages.ts';
import { readVisit, type Visit } from './visit.ts';

type ConsolePage = NonNullable<(typeof consolePages)[string]>;

/** The pages a browser signs in with. */
export interface Portal {
  /** Whether a path is one of theirs. */
  serves(path: string): boolean;
  /** @param address where the request came from */
  handle(request: Request, address: string): Promise<Response>;
}

const FIRST_PARTS: ReadonlySet<string> = new Set(['sign-in', 'sign-out', 'first-run', 'account', 'portal']);

/** Makes the pages over the services. */
export function createPortal(services: Services): Portal {
  const noteRefusal = createRefusalNotes(services.audit, services.clock.nowMs);
  const parts = { ...services, noteRefusal };
  const consolePage = async (page: ConsolePage, visit: Visit): Promise<Response> => {
    try {
      return await page(services, visit);
    } catch (error) {
      if (!(error instanceof SignInRefused)) throw error;
      await noteRefusal(CONSOLE_CONNECTION, { address: visit.address, reason: error.message });
      return refusalPage('Sign-in failed', 'You could not be signed in. Ask an owner; the audit log says why.');
    }
  };
  return {
    serves: (path) => FIRST_PARTS.has(path.split('/')[1] ?? ''),
    handle: async (request, address) => {
      try {
        const visit = readVisit(request, address, services.publicUrl());
        const page = consolePages[`${visit.method} ${visit.path}`];
        const answer = page === undefined ? await tenantPage(parts, visit) : await consolePage(page, visit);
        return answer ?? refusalPage('Not found', 'There is no such page.', 404);
      } catch (error) {
        services.report(`${request.method} of a page failed`, error);
        return refusalPage('Something went wrong', 'It failed inside the server; it is logged there.', 500);
      }
    },
  };
}
