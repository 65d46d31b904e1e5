import type { StoredSession } from '@lockstep/store';
import { CONSOLE_COOKIE, dropCookie, readCookie, setCookie } from '../people/cookie.ts';
import type { Principal } from '../people/principal.ts';
import { returnPath } from '../people/return-path.ts';
import type { Services } from '../server/services.ts';
import type { ConsoleTestFacts } from '../sso/console-sign-in.ts';
import { enterConsole, messageOf, visitorOf } from './console-entry.ts';
import { acceptLink, linkPage } from './first-run-pages.ts';
import { fieldHtml, formHtml } from './form.ts';
import { html } from './html.ts';
import { pageAnswer, redirectAnswer, refusalPage } from './page.ts';
import type { Visit } from './visit.ts';

type Parts = Pick<Services, 'peopleParts' | 'report' | 'consoleSignIn' | 'audit' | 'firstRun'>;
type Answer = Promise<Response> | Response;

const HOME = '/account';
/** Where a sign-in leads that came from nowhere: the console. */
const START = '/';
const FLOW_COOKIE = '__Host-lockstep-console-flow';
const FLOW_SECONDS = 600;
const LOOSE = 'the form was not sent by a page of this server';

/** Pages of the console's own sign-in, by method and path. */
export const consolePages: Readonly<Record<string, (parts: Parts, visit: Visit) => Answer>> = {
  'GET /sign-in': (parts, visit) => signInPage(parts, returnPath(visit.query.get('returnTo'), START)),
  'POST /sign-in': signIn,
  'GET /sign-in/oidc/start': startOidc,
  'GET /sign-in/oidc/callback': oidcCallback,
  'GET /first-run': linkPage,
  'POST /first-run': acceptLink,
  'GET /account': accountPage,
  'POST /account/password': changePassword,
  'POST /account/end-session': endSession,
  'POST /sign-out': signOut,
};

async function signInPage(parts: Parts, returnTo: string, error?: string, status = 200): Promise<Response> {
  const isOffered = (await parts.consoleSignIn.find())?.isOn === true;
  const people = await parts.peopleParts.people.list();
  if (!isOffered && people.every(({ password }) => password === null)) return nobodyPage();
  const fields = [
    fieldHtml({ name: 'name', label: 'Name', type: 'text', autocomplete: 'username', isRequired: true }),
    fieldHtml(
      { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', isRequired: true },
      error,
    ),
  ];
  const form = formHtml({ action: '/sign-in', button: 'Sign in', fields, hidden: { returnTo } });
  const directory = isOffered
    ? html`<p><a class="button secondary" href="/sign-in/oidc/start">Sign in with your organization</a></p>`
    : undefined;
  return pageAnswer({ title: 'Sign in', main: html`${form}${directory}`, status });
}

/** Before anybody has a password nobody can sign in, whatever they type. */
function nobodyPage(): Response {
  const main = html`<p>Nobody can sign in yet.</p>
<p>Open the link that <code>lockstep start</code> has printed: it makes the first owner, once and within the hour. If it has ended, start the server again for a new one. Whoever was invited opens the link they were given.</p>`;
  return pageAnswer({ title: 'Sign in', main });
}

async function signIn(parts: Parts, visit: Visit): Promise<Response> {
  if (!visit.isOwn) return refusalPage('Sign in', LOOSE);
  const form = await visit.form();
  const returnTo = returnPath(form.get('returnTo'), START);
  const credentials = { name: form.get('name') ?? '', password: form.get('password') ?? '' };
  try {
    const entered = await parts.peopleParts.people.signIn(credentials, visitorOf(visit));
    return entered === undefined
      ? signInPage(parts, returnTo, 'Name or password is wrong.', 401)
      : enterConsole(entered, returnTo);
  } catch (error) {
    return signInPage(parts, returnTo, messageOf(error, 'tooManyAttempts'), 429);
  }
}

async function startOidc({ consoleSignIn }: Parts, visit: Visit): Promise<Response> {
  const begun = await consoleSignIn.begin(visit.query.get('test') ?? undefined);
  if (begun.kind === 'testFailed') return testFailedPage(begun.reason);
  return redirectAnswer(begun.url, [setCookie(FLOW_COOKIE, begun.flow, { maxAgeSeconds: FLOW_SECONDS })]);
}

async function oidcCallback({ consoleSignIn }: Parts, visit: Visit): Promise<Response> {
  const answer = { query: visit.search, flow: readCookie(visit.cookie, FLOW_COOKIE) };
  const outcome = await consoleSignIn.finish(answer, visitorOf(visit));
  if (outcome.kind === 'testFailed') return testFailedPage(outcome.reason);
  if (outcome.kind === 'tested') return testedPage(outcome.facts);
  return redirectAnswer(START, [dropCookie(FLOW_COOKIE), setCookie(CONSOLE_COOKIE, outcome.token)]);
}

function testFailedPage(reason: string): Response {
  const main = html`<p class="notice danger" role="alert">The test sign-in failed: ${reason}</p><p>Nobody was signed in. Mend the settings, save them, and make a new test link.</p>`;
  return pageAnswer({ title: 'Test sign-in', main, status: 422, cookies: [dropCookie(FLOW_COOKIE)] });
}

function testedPage({ name, objectId, roles, role }: ConsoleTestFacts): Response {
  const main = html`<p class="notice" role="status">The directory vouched for ${name}, who would be ${role} here.</p>
<p>Object id: ${objectId}</p><p>Roles of the token: ${roles.join(', ')}</p>
<p>Nobody was signed in. You may close this page and switch the sign-in on.</p>`;
  return pageAnswer({ title: 'Test sign-in', main, cookies: [dropCookie(FLOW_COOKIE)] });
}

interface SignedIn {
  readonly principal: Principal;
  readonly session: StoredSession;
}

async function signedIn({ peopleParts }: Parts, visit: Visit): Promise<SignedIn | undefined> {
  const session = await peopleParts.sessions.find(readCookie(visit.cookie, CONSOLE_COOKIE));
  const principal = session === undefined ? undefined : await peopleParts.people.principalOf(session);
  return session === undefined || principal === undefined ? undefined : { principal, session };
}

async function accountPage(parts: Parts, visit: Visit, error?: string): Promise<Response> {
  const who = await signedIn(parts, visit);
  if (who === undefined) return redirectAnswer('/sign-in');
  const { session, principal } = who;
  const list = await parts.peopleParts.sessions.list({ kind: 'console', subject: session.subject });
  const rows = list.map((one) => {
    const isThis = one.hash === session.hash;
    const when = new Date(one.seenMs).toISOString().slice(0, 16).replace('T', ' ');
    const text = `${when} UTC, ${one.address}, ${one.agent}${isThis ? ' (this one)' : ''}`;
    const button = formHtml({ action: '/account/end-session', button: 'End', fields: [], hidden: { id: one.id } });
    return html`<li>${text}${isThis ? undefined : button}</li>`;
  });
  const fields = [
    fieldHtml(
      {
        name: 'current',
        label: 'Current password',
        type: 'password',
        autocomplete: 'current-password',
        isRequired: true,
      },
      error,
    ),
    fieldHtml({
      name: 'next',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      isRequired: true,
    }),
  ];
  const main = html`<p>Signed in as ${principal.name}, ${principal.role}.</p>
${formHtml({ action: '/sign-out', button: 'Sign out', fields: [] })}
<h2>Sessions</h2><ul>${rows}</ul>
<h2>Change the password</h2><p>All other sessions end.</p>
${formHtml({ action: '/account/password', button: 'Change', fields })}`;
  return pageAnswer({ title: 'Account', main, status: error === undefined ? 200 : 422 });
}

async function changePassword(parts: Parts, visit: Visit): Promise<Response> {
  if (!visit.isOwn) return refusalPage('Account', LOOSE);
  const who = await signedIn(parts, visit);
  if (who === undefined) return redirectAnswer('/sign-in');
  const form = await visit.form();
  const { subject: personId } = who.session;
  const change = { personId, current: form.get('current') ?? '', next: form.get('next') ?? '' };
  try {
    return enterConsole(await parts.peopleParts.people.changePassword(change, visitorOf(visit)), HOME);
  } catch (error) {
    return accountPage(parts, visit, messageOf(error, 'invalidValue', 'tooManyAttempts', 'conflict'));
  }
}

async function endSession(parts: Parts, visit: Visit): Promise<Response> {
  if (!visit.isOwn) return refusalPage('Account', LOOSE);
  const who = await signedIn(parts, visit);
  if (who === undefined) return redirectAnswer('/sign-in');
  const id = (await visit.form()).get('id') ?? '';
  await parts.peopleParts.sessions.endOne(id, { kind: 'console', subject: who.session.subject });
  return redirectAnswer(HOME);
}

async function signOut({ peopleParts }: Parts, visit: Visit): Promise<Response> {
  if (!visit.isOwn) return refusalPage('Sign out', LOOSE);
  const token = readCookie(visit.cookie, CONSOLE_COOKIE);
  if (token !== undefined) await peopleParts.sessions.end(token);
  return redirectAnswer('/sign-in', [dropCookie(CONSOLE_COOKIE)]);
}
