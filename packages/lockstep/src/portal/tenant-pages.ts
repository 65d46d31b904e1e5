import type { Tenant } from '@lockstep/provider';
import { dropCookie, portalCookie, readCookie, setCookie } from '../people/cookie.ts';
import type { Visitor } from '../people/people-service.ts';
import type { Services } from '../server/services.ts';
import { SignInRefused } from '../sso/connection.ts';
import type { SignInOutcome } from '../sso/sso-service.ts';
import { escapeHtml, formHtml, pageAnswer, redirectAnswer, refusalPage } from './page.ts';
import type { NoteRefusal } from './refusal-notes.ts';
import type { Visit } from './visit.ts';

type Parts = Pick<Services, 'peopleParts' | 'sso' | 'store'> & { readonly noteRefusal: NoteRefusal };

interface TenantVisit {
  readonly parts: Parts;
  readonly visit: Visit;
  readonly tenant: Tenant;
}

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
};

/** Answers a visit of a tenant's pages; `undefined` when there is no such page. */
export async function tenantPage(parts: Parts, visit: Visit): Promise<Response | undefined> {
  const [, tenantId, rest = ''] = /^\/portal\/([A-Za-z0-9-]{1,64})(\/.*)?$/.exec(visit.path) ?? [];
  const page = tenantId === undefined ? undefined : pages[`${visit.method} ${rest === '/' ? '' : rest}`];
  const tenant = tenantId === undefined ? undefined : await parts.store.tenants.findTenant(tenantId);
  if (page === undefined || tenant === undefined) return undefined;
  try {
    return await page({ parts, visit, tenant });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    // Whoever knocks learns nothing about accounts; the administrator finds the reason in the audit log.
    await parts.noteRefusal(tenant.id, { address: visit.address, reason: error.message });
    return refusalPage('Sign-in failed', 'You could not be signed in. Ask your administrator; the log says why.');
  }
}

const pathOf = ({ tenant }: TenantVisit, rest = ''): string => `/portal/${tenant.id}${rest}`;

async function home(of: TenantVisit): Promise<Response> {
  const { parts, visit, tenant } = of;
  const session = await parts.sso.session(tenant, readCookie(visit.cookie, portalCookie(tenant.id)));
  if (session === undefined) return redirectAnswer(pathOf(of, '/sign-in'));
  const roles = session.roles.length === 0 ? 'none' : session.roles.join(', ');
  const main = `<p>You are signed in (${escapeHtml(session.method)}). Roles from the directory: ${escapeHtml(roles)}.</p>
${formHtml({ action: pathOf(of, '/sign-out'), button: 'Sign out', fields: [] })}`;
  return pageAnswer({ title: tenant.title, main });
}

async function signInPage(of: TenantVisit): Promise<Response> {
  const { parts, tenant } = of;
  const connection = await parts.sso.connections.find(tenant.id);
  const main =
    connection?.state === 'enforced'
      ? `<p><a class="button" href="${pathOf(of, '/sign-in/start')}">Sign in with your organization</a></p>`
      : '<p>Single sign-on is not switched on here yet.</p>';
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
    const main = `<p role="alert">${escapeHtml(outcome.reason)}</p>`;
    return pageAnswer({ title: 'The test sign-in failed', main, status: 403, cookies });
  }
  const { objectId, account, roles, unknownRoles } = outcome.facts;
  const rows = [
    ['Object id', objectId],
    ['Account', account],
    ['Roles', roles.join(', ')],
    ['Unknown roles', unknownRoles.join(', ')],
  ].map(
    ([name = '', value = '']) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value === '' ? 'none' : value)}</dd>`,
  );
  const main = `<p>Single sign-on may be enforced now. Nobody was signed in by this test.</p><dl>${rows.join('')}</dl>`;
  return pageAnswer({ title: 'The test sign-in succeeded', main, cookies });
}

function metadata({ parts, tenant }: TenantVisit): Response {
  const headers = { 'content-type': 'application/samlmetadata+xml; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(parts.sso.metadata(tenant.id), { headers });
}

function breakGlassPage(of: TenantVisit): Response {
  const hidden = { token: of.visit.query.get('token') ?? '' };
  const main = `<p>This signs you in without the directory, once. It is written into the audit log.</p>
${formHtml({ action: pathOf(of, '/break-glass'), button: 'Sign in', fields: [], hidden })}`;
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

function visitorOf({ visit, tenant }: TenantVisit): Visitor {
  return { address: visit.address, agent: visit.agent, before: readCookie(visit.cookie, portalCookie(tenant.id)) };
}
