import { asLockstepError } from '../admin-api/problem.ts';
import { lockstepErrors } from '../lockstep-error.ts';
import type { AcceptedLink } from '../people/people-service.ts';
import type { Services } from '../server/services.ts';
import { enterConsole, messageOf, visitorOf } from './console-entry.ts';
import { fieldHtml, formHtml } from './form.ts';
import { type Html, html } from './html.ts';
import { pageAnswer, refusalPage } from './page.ts';
import type { Visit } from './visit.ts';

type Parts = Pick<Services, 'peopleParts' | 'firstRun'>;

const TITLE = 'Choose a password';
/** Where the first owner goes on setting up, while nothing is here yet. */
const WELCOME = '/welcome';

/** The page behind a link: a password is chosen, and by the first owner a name. */
export function linkPage(parts: Parts, visit: Visit): Promise<Response> {
  return showLink(parts, { token: visit.query.get('token') ?? '', name: '' });
}

/** Uses a link up, and signs in. */
export async function acceptLink(parts: Parts, visit: Visit): Promise<Response> {
  if (!visit.isOwn) return refusalPage(TITLE, 'the form was not sent by a page of this server');
  const form = await visit.form();
  const field = (name: string): string => form.get(name) ?? '';
  const link: AcceptedLink = { token: field('token'), name: field('name'), password: field('password') };
  const { people } = parts.peopleParts;
  try {
    const entered = await people.acceptLink(link, visitorOf(visit));
    const isFirst = entered.isFirstOwner && (await parts.firstRun.isOpen());
    return enterConsole(entered, isFirst ? WELCOME : '/');
  } catch (error) {
    const message = messageOf(error, 'invalidValue', 'conflict', 'notFound');
    // Whoever lost a race is told so, and not that the link was bad.
    if ((await people.peekLink(link.token)) === undefined) {
      return refusalPage(TITLE, message, lockstepErrors[asLockstepError(error).code].status);
    }
    return showLink(parts, { ...link, error: message });
  }
}

interface ShownLink {
  readonly token: string;
  /** As it was typed before. */
  readonly name: string;
  readonly error?: string;
}

async function showLink(parts: Parts, { token, name, error }: ShownLink): Promise<Response> {
  const link = await parts.peopleParts.people.peekLink(token);
  if (link === undefined) return refusalPage(TITLE, 'This link was used, or has ended.', 404);
  const who = link.name === null ? await ownerFields(parts, name) : [html`<p>For ${link.name}.</p>`];
  const hint = 'At least 12 characters.';
  const shared = { name: 'password', label: 'Password', type: 'password', isRequired: true } as const;
  const password = fieldHtml({ ...shared, autocomplete: 'new-password', hint }, error);
  const fields = [...who, password];
  const main = formHtml({ action: '/first-run', button: 'Save and sign in', fields, hidden: { token } });
  return pageAnswer({ title: TITLE, main, status: error === undefined ? 200 : 422 });
}

async function ownerFields({ firstRun }: Parts, name: string): Promise<readonly Html[]> {
  const step = (await firstRun.isOpen()) ? 'Step 1 of 4. ' : '';
  const shared = { name: 'name', label: 'Name of the owner', type: 'text', isRequired: true } as const;
  return [
    html`<p>${step}Whoever is owner may do everything here, and adds the others.</p>`,
    fieldHtml({ ...shared, autocomplete: 'username', value: name }),
  ];
}
