import type { Services } from '../server/services.ts';
import { consolePages } from './console-pages.ts';
import { refusalPage } from './page.ts';
import { createRefusalNotes } from './refusal-notes.ts';
import { tenantPage } from './tenant-pages.ts';
import { readVisit } from './visit.ts';

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
  return {
    serves: (path) => FIRST_PARTS.has(path.split('/')[1] ?? ''),
    handle: async (request, address) => {
      try {
        const visit = readVisit(request, address, services.publicUrl());
        const page = consolePages[`${visit.method} ${visit.path}`];
        const answer = page === undefined ? await tenantPage(parts, visit) : await page(services, visit);
        return answer ?? refusalPage('Not found', 'There is no such page.', 404);
      } catch (error) {
        services.report(`${request.method} of a page failed`, error);
        return refusalPage('Something went wrong', 'It failed inside the server; it is logged there.', 500);
      }
    },
  };
}
