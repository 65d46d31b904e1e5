import { dropCookie, portalCookie, readCookie, setCookie } from '../people/cookie.ts';
import { findProfile } from '../server/scim-url.ts';
import { SignInRefused } from '../sso/connection.ts';
import type { SignInOutcome } from '../sso/sso-service.ts';
import { appAction, appPage } from './app-page.ts';
import { entryPages, visitorOf } from './entry-pages.ts';
import { formHtml } from './form.ts';
import { type Html, html } from './html.ts';
import { overviewPage } from './overview-page.ts';
import { pageAnswer, redirectAnswer, refusalPage } from './page.ts';
import type { EnteredVisit, PortalParts, TenantVisit } from './page-visit.ts';
import type { Visit } from './visit.ts';

const FLOW_COOKIE = '__Host-lockstep-flow';
const FLOW_SECONDS = 600;
const LOOSE = 'the form was not sent by a page of this server';

/** Pages below `/portal/{tenantId}`, by method and the rest of the path. */
const pages: Readonly<Record<string, (of: TenantVisit) => Promise<Response> | Response>> = {
  'GET ': home,
  'GET /sign-in': signInPage,
  'GET /sign-in/start': start,
  'GET /oidc/callback': oidcCallback,
  'POST /saml/acs': samlAcs,
  'GET /saml/metadata': metadata,
  'GET /break-glass': breakGlassPage,
  'POST /break-glass': breakGlass,
  'POST /sign-out': signOut,
  ...entryPages,
};

/** Answers a visit of a tenant's pages; `undefined` when there is no such page. */
export async function tenantPage(parts: PortalParts, visit: Visit): Promise<Response | undefined> {
  const [, tenantId, rest = ''] = /^\/portal\/([A-Za-z0-9-]{1,64})(\/.*)?$/.exec(visit.path) ?? [];
  const tenant = tenantId === undefined ? undefined : await parts.store.tenants.findTenant(tenantId);
  if (tenant === undefined) return undefined;
  const of = { parts, visit, tenant };
  const path = rest === '/' ? '' : rest;
  const page = Object.hasOwn(pages, `${visit.method} ${path}`) ? pages[`${visit.method} ${path}`] : undefined;
  try {
    return page === undefined ? await pageOfApp(of, path) : await page(of);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    // Whoever knocks learns nothing about accounts; the administrator finds the reason in the audit log.
    await parts.noteRefusal(tenant.id, { address: visit.address, reason: error.message });
    return refusalPage('Sign-in failed', 'You could not be signed in. Ask your administrator; the log says why.');
  }
}

const pathOf = ({ tenant }: TenantVisit, rest = ''): string => `/portal/${tenant.id}${rest}`;

const PAGE_PATH = /^\/([a-z-]{1,60})$/;
const ACTION_PATH = /^\/([a-z-]{1,60})\/([a-zA-Z]{1,40})\/([a-z]{1,40})$/;

/** A page of the app itself, or what one of its forms does; whoever is not in is sent to sign in, wherever they go. */
async function pageOfApp(of: TenantVisit, path: string): Promise<Response | undefined> {
  const entered = await enteredVisit(of);
  const { method } = of.visit;
  if (entered === undefined) return redirectAnswer(pathOf(of, '/sign-in'));
  const [, page] = PAGE_PATH.exec(path) ?? [];
  if (page !== undefined && (method === 'GET' || method === 'HEAD')) return appPage(entered, page);
  const [, on = '', kind = '', verb = ''] = ACTION_PATH.exec(path) ?? [];
  return method === 'POST' && verb !== '' ? appAction(entered, { path: on, kind, verb }) : undefined;
}

async function enteredVisit(of: TenantVisit): Promise<EnteredVisit | undefined> {
  const { parts, visit, tenant } = of;
  const session = await parts.sso.session(tenant, readCookie(visit.cookie, portalCookie(tenant.id)));
  const entrant = session === undefined ? undefined : await parts.sso.entry.entrantOf(tenant, session);
  const profile = findProfile(tenant.profile);
  return entrant === undefined || profile === undefined ? undefined : { ...of, profile, entrant };
}

async function home(of: TenantVisit): Promise<Response> {
  const entered = await enteredVisit(of);
  return entered === undefined ? redirectAnswer(pathOf(of, '/sign-in')) : overviewPage(entered);
}

async function signInPage(of: TenantVisit): Promise<Response> {
  const { parts, tenant } = of;
  const connection = await parts.sso.connections.find(tenant.id);
  const way =
    connection?.state === 'enforced'
      ? html`<p><a class="button" href="${pathOf(of, '/sign-in/start')}">Sign in with your organization</a></p>`
      : html`<p>Single sign-on is not switched on here yet.</p>`;
  const main = html`${way}<p><a href="${pathOf(of, '/sign-in/administrator')}">Sign in as administrator</a></p>`;
  return pageAnswer({ title: `Sign in to ${tenant.title}`, main });
}

async function start({ parts, visit, tenant }: TenantVisit): Promise<Response> {
  const { url, flow } = await parts.sso.begin(tenant, visit.query.get('test') ?? undefined);
  // The answer of SAML is a form that the directory's page posts; only `None` lets the cookie come along.
  return redirectAnswer(url, [setCookie(FLOW_COOKIE, flow, { sameSite: 'None', maxAgeSeconds: FLOW_SECONDS })]);
}

async function oidcCallback(of: TenantVisit): Promise<Response> {
  const { parts, visit, tenant } = of;
  const flow = readCookie(visit.cookie, FLOW_COOKIE);
  return outcomePage(of, await parts.sso.finishOidc(tenant, { query: visit.search, flow }, visitorOf(of)));
}

async function samlAcs(of: TenantVisit): Promise<Response> {
  const { parts, visit, tenant } = of;
  const samlResponse = (await visit.form()).get('SAMLResponse') ?? '';
  const flow = readCookie(visit.cookie, FLOW_COOKIE);
  return outcomePage(of, await parts.sso.finishSaml(tenant, { samlResponse, flow }, visitorOf(of)));
}

function outcomePage(of: TenantVisit, outcome: SignInOutcome): Response {
  const cookies = [dropCookie(FLOW_COOKIE)];
  if (outcome.kind === 'entered') {
    return redirectAnswer(pathOf(of), [...cookies, setCookie(portalCookie(of.tenant.id), outcome.token)]);
  }
  if (outcome.kind === 'testFailed') {
    const main = html`<p class="notice danger" role="alert">${outcome.reason}</p>${backLink(of)}`;
    return pageAnswer({ title: 'The test sign-in failed', main, status: 403, cookies });
  }
  const { objectId, account, roles, unknownRoles } = outcome.facts;
  const rows = [
    ['Object id', objectId],
    ['Account', account],
    ['Roles', roles.join(', ')],
    ['Unknown roles', unknownRoles.join(', ')],
  ].map(([name = '', value = '']) => html`<dt>${name}</dt><dd>${value === '' ? 'none' : value}</dd>`);
  const main = html`<p class="notice success">Single sign-on may be enforced now. Nobody was signed in by this test.</p><dl class="facts">${rows}</dl>${backLink(of)}`;
  return pageAnswer({ title: 'The test sign-in succeeded', main, cookies });
}

/** Back to the page where it is set up, for whoever came from there. */
function backLink(of: TenantVisit): Html {
  return html`<p><a href="${pathOf(of)}">Back to the app</a></p>`;
}

function metadata({ parts, tenant }: TenantVisit): Response {
  const headers = { 'content-type': 'application/samlmetadata+xml; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(parts.sso.metadata(tenant.id), { headers });
}

function breakGlassPage(of: TenantVisit): Response {
  const hidden = { token: of.visit.query.get('token') ?? '' };
  const form = formHtml({ action: pathOf(of, '/break-glass'), button: 'Sign in', fields: undefined, hidden });
  const main = html`<p>This signs you in without the directory, once. It is written into the audit log.</p>${form}`;
  return pageAnswer({ title: `Emergency access to ${of.tenant.title}`, main });
}

async function breakGlass(of: TenantVisit): Promise<Response> {
  const { parts, visit, tenant } = of;
  if (!visit.isOwn) return refusalPage('Emergency access', LOOSE);
  const given = (await visit.form()).get('token') ?? '';
  const token = await parts.sso.enterBreakGlass(tenant, given, visitorOf(of));
  return redirectAnswer(pathOf(of), [setCookie(portalCookie(tenant.id), token)]);
}

async function signOut(of: TenantVisit): Promise<Response> {
  const { parts, visit, tenant } = of;
  if (!visit.isOwn) return refusalPage('Sign out', LOOSE);
  const name = portalCookie(tenant.id);
  const token = readCookie(visit.cookie, name);
  if (token !== undefined) await parts.peopleParts.sessions.end(token);
  return redirectAnswer(pathOf(of, '/sign-in'), [dropCookie(name)]);
}
