import { asLockstepError } from '../admin-api/problem.ts';
import { portalCookie, readCookie, setCookie } from '../people/cookie.ts';
import type { Visitor } from '../people/people-service.ts';
import { fieldHtml, formHtml } from './form.ts';
import { html } from './html.ts';
import { pageAnswer, redirectAnswer, refusalPage } from './page.ts';
import { type TenantVisit, textOf } from './page-visit.ts';

const LOOSE = 'The form was not sent by a page of this server.';
const USED = 'This link was used or revoked, or has ended. Ask whoever sent it for a new one.';

/** Pages by which administrators and holders of links get in, by method and the rest of the path. */
export const entryPages: Readonly<Record<string, (of: TenantVisit) => Promise<Response> | Response>> = {
  // Programs that look at links in mails must not use them up, so a link shows a button first.
  'GET /enter': (of) => linkPage(of, { path: '/enter', title: 'Enter as administrator', text: ENTER_TEXT }),
  'POST /enter': (of) =>
    enterWith(of, 'Enter as administrator', (token) =>
      of.parts.sso.entry.enterByOperatorLink(of.tenant, token, visitorOf(of)),
    ),
  'GET /setup': setupPage,
  'POST /setup': (of) =>
    enterWith(of, 'Set up the connection', (token) =>
      of.parts.sso.entry.setupLinks.enter(of.tenant, token, visitorOf(of)),
    ),
  'GET /password': (of) => passwordPage(of, of.visit.query.get('token') ?? ''),
  'POST /password': choosePassword,
  'GET /sign-in/administrator': (of) => signInForm(of),
  'POST /sign-in/administrator': signIn,
};

const ENTER_TEXT = 'This opens the pages of the app as administrator, once. It is written into the audit log.';

/** Who comes, for the session. */
export function visitorOf({ visit, tenant }: TenantVisit): Visitor {
  return { address: visit.address, agent: visit.agent, before: readCookie(visit.cookie, portalCookie(tenant.id)) };
}

function pathOf({ tenant }: TenantVisit, rest = ''): string {
  return `/portal/${tenant.id}${rest}`;
}

function entered(of: TenantVisit, token: string): Response {
  return redirectAnswer(pathOf(of), [setCookie(portalCookie(of.tenant.id), token)]);
}

interface LinkPage {
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

function linkPage(of: TenantVisit, { path, title, text }: LinkPage): Response {
  const hidden = { token: of.visit.query.get('token') ?? '' };
  const form = formHtml({ action: pathOf(of, path), button: 'Go on', fields: undefined, hidden });
  return pageAnswer({ title, main: html`<p>${of.tenant.title}</p><p>${text}</p>${form}` });
}

async function setupPage(of: TenantVisit): Promise<Response> {
  const link = await of.parts.sso.entry.setupLinks.peek(of.tenant, of.visit.query.get('token') ?? '');
  if (link === undefined) return refusalPage('Set up the connection', USED, 404);
  const text = `For ${link.label}. By this link you set the connection between your directory and this app up, without an account here. It can be opened once, so go on when you have time for it.`;
  return linkPage(of, { path: '/setup', title: 'Set up the connection', text });
}

async function enterWith(of: TenantVisit, title: string, enter: (token: string) => Promise<string>): Promise<Response> {
  if (!of.visit.isOwn) return refusalPage(title, LOOSE);
  const token = textOf(await of.visit.form(), 'token');
  try {
    return entered(of, await enter(token));
  } catch (error) {
    if (asLockstepError(error).code !== 'notFound') throw error;
    return refusalPage(title, USED, 404);
  }
}

async function passwordPage(of: TenantVisit, token: string, error?: string): Promise<Response> {
  const admin = await of.parts.sso.entry.admins.peek(of.tenant, token);
  if (admin === undefined) return refusalPage('Choose a password', USED, 404);
  const field = fieldHtml(
    {
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'new-password',
      hint: 'At least 12 characters.',
      isRequired: true,
    },
    error,
  );
  const form = formHtml({
    action: pathOf(of, '/password'),
    button: 'Save and sign in',
    fields: field,
    hidden: { token },
  });
  const main = html`<p>For ${admin.name}, administrator of ${of.tenant.title}.</p>${form}`;
  return pageAnswer({ title: 'Choose a password', main, status: error === undefined ? 200 : 422 });
}

async function choosePassword(of: TenantVisit): Promise<Response> {
  if (!of.visit.isOwn) return refusalPage('Choose a password', LOOSE);
  const form = await of.visit.form();
  const given = { token: textOf(form, 'token'), password: form.get('password') ?? '' };
  try {
    return entered(of, await of.parts.sso.entry.admins.accept(of.tenant, given, visitorOf(of)));
  } catch (error) {
    const refusal = asLockstepError(error);
    if (refusal.code !== 'invalidValue' && refusal.code !== 'notFound') throw error;
    return passwordPage(of, given.token, refusal.message);
  }
}

function signInForm(of: TenantVisit, error?: string, status = 200): Response {
  const fields = [
    fieldHtml({ name: 'name', label: 'Name', type: 'text', autocomplete: 'username', isRequired: true }),
    fieldHtml(
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', isRequired: true },
      error,
    ),
  ];
  const form = formHtml({ action: pathOf(of, '/sign-in/administrator'), button: 'Sign in', fields });
  const main = html`<p>For administrators of ${of.tenant.title} with a password.</p>${form}<p><a href="${pathOf(of, '/sign-in')}">Other ways to sign in</a></p>`;
  return pageAnswer({ title: 'Sign in as administrator', main, status });
}

async function signIn(of: TenantVisit): Promise<Response> {
  if (!of.visit.isOwn) return refusalPage('Sign in', LOOSE);
  const form = await of.visit.form();
  const given = { name: textOf(form, 'name'), password: form.get('password') ?? '' };
  try {
    const token = await of.parts.sso.entry.admins.signIn(of.tenant, given, visitorOf(of));
    return token === undefined ? signInForm(of, 'Name or password is wrong.', 401) : entered(of, token);
  } catch (error) {
    const refusal = asLockstepError(error);
    if (refusal.code === 'tooManyAttempts') return signInForm(of, refusal.message, 429);
    if (refusal.code === 'forbidden') return signInForm(of, `${refusal.message}. ${refusal.hint ?? ''}`, 403);
    throw error;
  }
}
