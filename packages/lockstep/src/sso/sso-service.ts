import { timingSafeEqual } from 'node:crypto';
import type { Tenant } from '@lockstep/provider';
import type { JsonObject } from '@lockstep/scim';
import type { Fetch } from '@lockstep/scim/client';
import type { Store, StoredConnection, StoredSession } from '@lockstep/store';
import type { AuditService } from '../audit/audit-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { PeopleParts } from '../people/open-people.ts';
import type { Visitor } from '../people/people-service.ts';
import { hashSecretText, newSecretText } from '../people/secret-text.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { findAccount, pinAccount, rolesOf } from './account.ts';
import { oidcSettings, readSsoSettings, SignInRefused, samlSettings, type Vouched } from './connection.ts';
import { type Connections, createConnections } from './connections.ts';
import { beginOidc, finishOidc, type OidcConnection, readPending } from './oidc.ts';
import { createPortalEntry, type PortalEntry, type PortalEntryOptions } from './portal-entry.ts';
import { beginSaml, readSamlResponse, type SamlConnection, samlMetadata } from './saml.ts';
import { createLeaverWatch } from './watch-leavers.ts';

export interface SsoOptions {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly fetch: Fetch;
  readonly people: PeopleParts;
  readonly audit: AuditService;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** An account as the app sees it. */
  readonly account: PortalEntryOptions['account'];
  readonly revokeTokensOf: PortalEntryOptions['revokeTokensOf'];
}

/** A sign-in that begins: where the browser goes, and what it has to bring back. */
export interface BegunSignIn {
  readonly url: string;
  /** For a cookie; a sign-in that another browser began is worth nothing here. */
  readonly flow: string;
}

/** How a sign-in ended. */
export type SignInOutcome =
  | { readonly kind: 'entered'; readonly token: string; readonly unknownRoles: readonly string[] }
  /** A test sign-in: nobody was signed in. */
  | { readonly kind: 'tested'; readonly facts: TestFacts }
  | { readonly kind: 'testFailed'; readonly reason: string };

/** What a test sign-in found. */
export interface TestFacts {
  readonly objectId: string;
  readonly account: string;
  readonly roles: readonly string[];
  readonly unknownRoles: readonly string[];
}

/** Single sign-on of tenants. */
export interface SsoService {
  readonly connections: Connections;
  /** Ways in beside single sign-on, and who is in. */
  readonly entry: PortalEntry;
  /** The address of a test sign-in, good once and for an hour. @throws {LockstepError} */
  testLink(tenantId: string): Promise<string>;
  /** The address that opens a session without the directory, good once and for 15 minutes. @throws {LockstepError} */
  breakGlass(tenantId: string): Promise<string>;
  /** Begins at the directory. @param test value of a test link @throws {SignInRefused} when it is switched off */
  begin(tenant: Tenant, test: string | undefined): Promise<BegunSignIn>;
  /** @throws {SignInRefused} */
  finishOidc(tenant: Tenant, answer: OidcAnswer, visitor: Visitor): Promise<SignInOutcome>;
  /** @throws {SignInRefused} */
  finishSaml(tenant: Tenant, answer: SamlAnswer, visitor: Visitor): Promise<SignInOutcome>;
  /** Uses a break-glass link up. @throws {SignInRefused} */
  enterBreakGlass(tenant: Tenant, token: string, visitor: Visitor): Promise<string>;
  metadata(tenantId: string): string;
  /** The session of a tenant that a cookie opens, if its account still lives. */
  session(tenant: Tenant, token: string | undefined): Promise<StoredSession | undefined>;
  /** For the chores of the server: ends sessions of accounts that were deactivated or removed. */
  endSessionsOfLeavers(): Promise<void>;
}

export interface OidcAnswer {
  /** With its question mark. */
  readonly query: string;
  readonly flow: string | undefined;
}

export interface SamlAnswer {
  readonly samlResponse: string;
  readonly flow: string | undefined;
}

const MINUTE_MS = 60_000;
const FLOW_MS = 10 * MINUTE_MS;
const TEST_MS = 60 * MINUTE_MS;
const BREAK_GLASS_MS = 15 * MINUTE_MS;
/** Subject of sessions that no account stands behind. */
export const BREAK_GLASS = 'break-glass';

/** Makes single sign-on over the store. */
export function createSsoService(options: SsoOptions): SsoService {
  const { store, people, publicUrl } = options;
  const { oneTime, sessions } = people;
  const connections = createConnections(options);
  const entry = createPortalEntry(options);
  const parts: Parts = { ...options, connections };
  const requireTenant = async (id: string): Promise<Tenant> => {
    const tenant = await store.tenants.findTenant(id);
    if (tenant === undefined) throw new LockstepError('notFound', `there is no provider ${JSON.stringify(id)}`);
    return tenant;
  };
  return {
    connections,
    entry,
    testLink: async (tenantId) => {
      const connection = await connections.find((await requireTenant(tenantId)).id);
      if (connection === undefined) throw new LockstepError('notFound', 'this provider has no single sign-on yet');
      if (connection.state === 'off') {
        throw new LockstepError('conflict', 'single sign-on is off; set its state to test first');
      }
      const value = await oneTime.make('testSignIn', { tenantId, revision: connection.revision }, TEST_MS);
      return `${publicUrl()}/portal/${tenantId}/sign-in/start?test=${value}`;
    },
    breakGlass: async (tenantId) => {
      await requireTenant(tenantId);
      return `${publicUrl()}/portal/${tenantId}/break-glass?token=${await oneTime.make('breakGlass', { tenantId }, BREAK_GLASS_MS)}`;
    },
    begin: (tenant, test) => begin(parts, tenant, test),
    finishOidc: (tenant, answer, visitor) => endOidc(parts, { tenant, visitor }, answer),
    finishSaml: (tenant, answer, visitor) => endSaml(parts, { tenant, visitor }, answer),
    enterBreakGlass: async (tenant, token, visitor) => {
      const detail = await oneTime.peek('breakGlass', token);
      if (detail?.['tenantId'] !== tenant.id || (await oneTime.take('breakGlass', token)) === undefined) {
        throw new SignInRefused('the link was used, or has ended');
      }
      const shared = { kind: 'portal', tenantId: tenant.id, subject: BREAK_GLASS, roles: [] } as const;
      const opened = await sessions.open({ ...shared, method: 'breakGlass', ...visitor });
      await note(parts, tenant, { actor: `address ${visitor.address}`, action: 'signed in by break-glass' });
      return opened.token;
    },
    metadata: (tenantId) => samlMetadata(samlAddresses(publicUrl(), tenantId)),
    session: async (tenant, token) => {
      const session = await sessions.find(token);
      if (session?.kind !== 'portal' || session.tenantId !== tenant.id) return undefined;
      return (await entry.entrantOf(tenant, session)) === undefined ? undefined : session;
    },
    endSessionsOfLeavers: createLeaverWatch(store),
  };
}

interface Parts extends SsoOptions {
  readonly connections: Connections;
}

interface Arriving {
  readonly tenant: Tenant;
  readonly visitor: Visitor;
}

async function begin(parts: Parts, tenant: Tenant, test: string | undefined): Promise<BegunSignIn> {
  const { oneTime } = parts.people;
  const connection = await parts.connections.find(tenant.id);
  if (connection === undefined || connection.state === 'off') throw new SignInRefused('single sign-on is off');
  const tested = test === undefined ? undefined : await oneTime.take('testSignIn', test);
  if (test !== undefined && tested?.['tenantId'] !== tenant.id) throw new SignInRefused('the test link was used up');
  if (tested === undefined && connection.state === 'test') throw new SignInRefused('single sign-on is being tested');
  const flow = newSecretText();
  const detail = {
    tenantId: tenant.id,
    flow: hashSecretText(flow),
    revision: connection.revision,
    isTest: tested !== undefined,
  };
  if (connection.protocol === 'saml') {
    const id = `_${newSecretText().replaceAll('-', '.')}`;
    await oneTime.keep('samlRequest', id, { detail, lifeMs: FLOW_MS });
    return { url: await beginSaml(samlOf(parts, connection), id), flow };
  }
  const state = newSecretText();
  const { url, pending } = await beginOidc(oidcOf(parts, connection), state);
  await oneTime.keep('oidcState', state, { detail: { ...detail, ...pending }, lifeMs: FLOW_MS });
  return { url, flow };
}

async function endOidc(parts: Parts, arriving: Arriving, answer: OidcAnswer): Promise<SignInOutcome> {
  const state = new URLSearchParams(answer.query).get('state') ?? '';
  const begun = await takeBegun(parts, arriving.tenant, { kind: 'oidcState', value: state, flow: answer.flow });
  const pending = readPending(begun.detail);
  if (pending === undefined || begun.connection.protocol !== 'oidc') throw new SignInRefused('the protocol changed');
  return settle(parts, arriving, begun, () =>
    finishOidc(oidcOf(parts, begun.connection), { query: answer.query, state, pending }),
  );
}

async function endSaml(parts: Parts, arriving: Arriving, answer: SamlAnswer): Promise<SignInOutcome> {
  const { tenant } = arriving;
  const { oneTime } = parts.people;
  const connection = await parts.connections.find(tenant.id);
  if (connection?.protocol !== 'saml' || connection.state === 'off') throw new SignInRefused('SAML is off');
  const saml = samlOf(parts, connection);
  const read = await readSamlResponse(saml, answer.samlResponse);
  const seen = JSON.stringify([tenant.id, saml.settings.idpEntityId, read.id]);
  if (!(await oneTime.note('samlSeen', seen, read.notOnOrAfterMs))) {
    throw new SignInRefused('the assertion was used before');
  }
  if (read.inResponseTo === undefined) {
    if (!saml.settings.allowsIdpInitiated) throw new SignInRefused('the assertion answers no request');
    if (connection.state !== 'enforced') throw new SignInRefused('single sign-on is being tested');
    return enter(parts, arriving, { who: read.who, method: 'saml' });
  }
  const asked = { kind: 'samlRequest', value: read.inResponseTo, flow: answer.flow } as const;
  const begun = await takeBegun(parts, tenant, asked);
  return settle(parts, arriving, begun, () => Promise.resolve(read.who));
}

interface Begun {
  readonly detail: JsonObject;
  readonly connection: StoredConnection;
}

/** Takes what a sign-in began with, once, and only for the browser and the settings that it began with. */
async function takeBegun(
  parts: Parts,
  tenant: Tenant,
  asked: { readonly kind: 'oidcState' | 'samlRequest'; readonly value: string; readonly flow: string | undefined },
): Promise<Begun> {
  const detail = await parts.people.oneTime.take(asked.kind, asked.value);
  if (detail === undefined || detail['tenantId'] !== tenant.id) {
    throw new SignInRefused('the sign-in was not begun here, was ended before, or took too long');
  }
  const [expected, given] = [Buffer.from(String(detail['flow'])), Buffer.from(hashSecretText(asked.flow ?? ''))];
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new SignInRefused('the sign-in was begun by another browser');
  }
  const connection = await parts.connections.find(tenant.id);
  if (connection === undefined || connection.state === 'off' || connection.revision !== detail['revision']) {
    throw new SignInRefused('the settings of single sign-on changed meanwhile');
  }
  return { detail, connection };
}

/** A real sign-in enters; a test tells what would have been, and counts when everything fits. */
async function settle(
  parts: Parts,
  arriving: Arriving,
  { detail, connection }: Begun,
  vouch: () => Promise<Vouched>,
): Promise<SignInOutcome> {
  const { tenant } = arriving;
  if (detail['isTest'] !== true) {
    if (connection.state !== 'enforced') throw new SignInRefused('single sign-on is not switched on');
    return enter(parts, arriving, { who: await vouch(), method: connection.protocol });
  }
  try {
    const who = await vouch();
    const account = await findAccount(parts.store.signIn, tenant, who);
    await parts.store.signIn.noteTested(tenant.id, connection.revision, parts.nowMs());
    await note(parts, tenant, { actor: `directory object ${who.objectId}`, action: 'test sign-in succeeded' });
    const { roles, unknown: unknownRoles } = rolesOf(tenant, who.roles);
    return { kind: 'tested', facts: { objectId: who.objectId, account: account.id, roles, unknownRoles } };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    return { kind: 'testFailed', reason: error.message };
  }
}

async function enter(
  parts: Parts,
  { tenant, visitor }: Arriving,
  { who, method }: { readonly who: Vouched; readonly method: string },
): Promise<SignInOutcome> {
  const { signIn, realms } = parts.store;
  // Read first: what happens to the account from here on ends the session.
  const feedEntry = await realms.feedHead(tenant.realm);
  const account = await findAccount(signIn, tenant, who);
  await pinAccount(signIn, { tenantId: tenant.id, who, account, nowMs: parts.nowMs() });
  const { roles, unknown: unknownRoles } = rolesOf(tenant, who.roles);
  const shared = { kind: 'portal', tenantId: tenant.id, subject: account.id } as const;
  const { token } = await parts.people.sessions.open({ ...shared, method, roles, feedEntry, ...visitor });
  await note(parts, tenant, { actor: `account ${account.id}`, action: `signed in by ${method}` });
  return { kind: 'entered', token, unknownRoles };
}

function note(
  { audit }: Parts,
  tenant: Tenant,
  what: { readonly actor: string; readonly action: string },
): Promise<void> {
  return audit.record({ ...what, subject: `provider ${tenant.id}` });
}

function oidcOf(parts: Parts, connection: StoredConnection): OidcConnection {
  return {
    settings: readSsoSettings(oidcSettings, connection.settings),
    secret: parts.connections.secretOf(connection),
    redirectUri: `${parts.publicUrl()}/portal/${connection.tenantId}/oidc/callback`,
    fetch: parts.fetch,
  };
}

function samlOf(parts: Parts, connection: StoredConnection): SamlConnection {
  const settings = readSsoSettings(samlSettings, connection.settings);
  return { settings, ...samlAddresses(parts.publicUrl(), connection.tenantId) };
}

function samlAddresses(publicUrl: string, tenantId: string): Omit<SamlConnection, 'settings'> {
  const base = `${publicUrl}/portal/${tenantId}/saml`;
  return { entityId: `${base}/metadata`, acsUrl: `${base}/acs` };
}
