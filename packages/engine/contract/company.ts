// A directory, an app and the engine between them, all real: SQLite in memory, the provider's own handler as the app.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type AppId, profiles, templates } from '@lockstep/gallery';
import { createProvider, type Provider, type resourceKeys, type ScimRequest } from '@lockstep/provider';
import { foldText, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { createScimClient, type Fetch, type FetchRequest, type ScimClient } from '@lockstep/scim/client';
import { openSqliteStore, type Store } from '@lockstep/store';
import { type CyclePorts, type CycleSummary, compileJob, type JobDefinition, runCycle } from '../src/index.ts';

export interface CompanyOptions {
  readonly app?: AppId;
  /** Stands between engine and app: to lose answers, to refuse, to count. */
  readonly wrap?: (fetch: Fetch) => Fetch;
  readonly file?: string;
}

export interface Company {
  readonly store: Store;
  readonly provider: Provider;
  readonly job: JobDefinition;
  readonly ports: CyclePorts;
  readonly client: ScimClient;
  /** Requests that reached the app, as `METHOD /path`. */
  readonly requests: string[];
  readonly clock: { nowMs(): number; wait(ms: number): Promise<void>; set(ms: number): void };
  readonly tenantId: string;
  addUser(attributes: JsonObject): Promise<string>;
  changeUser(id: string, change: JsonObject): Promise<void>;
  deleteUser(id: string): Promise<void>;
  addGroup(displayName: string, memberIds: readonly string[]): Promise<string>;
  setMembers(
    groupId: string,
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[] },
  ): Promise<void>;
  assign(principalId: string, type?: 'User' | 'Group', roleId?: string): Promise<void>;
  unassign(principalId: string, type?: 'User' | 'Group'): Promise<void>;
  sync(change?: Partial<JobDefinition>): Promise<CycleSummary>;
  /** Accounts of the app by `userName`. */
  accounts(): Promise<ReadonlyMap<string, JsonObject>>;
  groups(): Promise<ReadonlyMap<string, JsonObject>>;
  close(): Promise<void>;
}

const START_MS = Date.UTC(2026, 0, 5, 8);

export async function openCompany(options: CompanyOptions = {}): Promise<Company> {
  const app = options.app ?? 'generic';
  const clock = fakeClock();
  const store = await openSqliteStore({ file: options.file ?? ':memory:' }, clock.nowMs());
  const provider = createProvider({
    profiles: Object.values(profiles),
    realms: store.realms,
    tenants: store.tenants,
    nowMs: clock.nowMs,
    newId: randomUUID,
    randomBytes,
    hashText: (text) => createHash('sha256').update(text).digest('hex'),
    onFailure: (error) => {
      throw error;
    },
  });
  const { tenant, token } = await provider.admin.create({ profile: app, title: 'Company', id: 'company' });
  const requests: string[] = [];
  const direct = handlerFetch(provider, requests);
  const profile = profiles[app];
  const tenantUrl = `http://app.example${profile.basePath}${profile.tenantInPath ? tenant.id : ''}`;
  const random = { fraction: () => 0.5, guid: randomUUID };
  const settings = {
    baseUrl: tenantUrl,
    token: token.text,
    fetch: options.wrap?.(direct) ?? direct,
    clock,
    random: random.fraction,
  };
  const client = createScimClient(settings);
  const ports: CyclePorts = {
    store: store.engine,
    directory: store.directory,
    client,
    tracedClient: (onExchange, beforeWrite) =>
      createScimClient({ ...settings, onExchange, ...(beforeWrite === undefined ? {} : { beforeWrite }) }),
    clock,
    random,
    holder: 'test',
    isStopping: () => false,
  };
  const job = jobFor(app, tenantUrl);
  await store.apps.save({
    id: job.id,
    name: job.name,
    definition: {},
    sealedSecret: null,
    secretExpiresMs: null,
    createdMs: 0,
    modifiedMs: 0,
  });
  const realm = store.directoryRealm;
  const nowMs = (): number => clock.nowMs();
  const list = async (endpoint: string, key: string): Promise<ReadonlyMap<string, JsonObject>> => {
    const found = new Map<string, JsonObject>();
    for await (const page of createPlainClient(direct, tenantUrl, token.text).eachPage(endpoint, { count: 200 })) {
      for (const one of page.resources) found.set(String(one[key]), one);
    }
    return found;
  };
  return {
    store,
    provider,
    job,
    ports,
    client,
    requests,
    clock,
    tenantId: tenant.id,
    addUser: async (attributes) => {
      const id = randomUUID();
      await store.realms.insert(realm, { ...row('User', id, attributes), isManaged: true, nowMs: nowMs() });
      return id;
    },
    changeUser: async (id, change) => {
      await store.realms.update(realm, { type: 'User', id }, (current) => {
        const merged = withoutNulls({ ...readText(current.text), ...change });
        const { text, keys } = row('User', id, merged);
        return { text, keys, nowMs: nowMs() };
      });
    },
    deleteUser: async (id) => {
      await store.realms.remove(realm, { type: 'User', id }, nowMs());
    },
    addGroup: async (displayName, memberIds) => {
      const id = randomUUID();
      const group = row('Group', id, { displayName, securityEnabled: true });
      await store.realms.insert(realm, { ...group, memberIds, isManaged: true, nowMs: nowMs() });
      return id;
    },
    setMembers: async (groupId, change) => {
      await store.realms.update(realm, { type: 'Group', id: groupId }, () => ({
        members: [
          { do: 'remove', ids: change.remove ?? [] },
          { do: 'add', ids: change.add ?? [] },
        ],
        nowMs: nowMs(),
      }));
    },
    assign: async (principalId, type = 'User', roleId = '') => {
      await store.apps.assign([{ appId: job.id, principalId, type, roleId, nowMs: nowMs() }]);
    },
    unassign: async (principalId, type = 'User') => {
      await store.apps.unassign({ appId: job.id, principalId, type, roleId: undefined, nowMs: nowMs() });
    },
    sync: (change = {}) => runCycle(compileJob({ ...job, ...change }), ports),
    accounts: () => list('/Users', 'userName'),
    groups: () => list('/Groups', 'displayName'),
    close: () => store.close(),
  };
}

function createPlainClient(fetch: Fetch, baseUrl: string, token: string): ScimClient {
  const clock = { nowMs: () => 0, wait: async () => undefined };
  return createScimClient({ baseUrl, token, fetch: countless(fetch), clock, random: () => 0 });
}

/** The test's own look at the app is no request of the engine. */
function countless(fetch: Fetch): Fetch {
  return (request) => fetch({ ...request, headers: { ...request.headers, 'x-test-look': '1' } });
}

export function jobFor(app: AppId, tenantUrl: string): JobDefinition {
  const template = templates[app];
  return {
    id: 'job-1',
    name: template.title,
    template: app,
    tenantUrl,
    scope: 'assigned',
    users: template.users,
    groups: template.groups,
    dialect: 'rfc',
    schedule: { intervalMs: 2_400_000, onChange: true, isEnabled: true },
  };
}

/** The app without a network: the provider's handler answers directly. */
function handlerFetch(provider: Provider, requests: string[]): Fetch {
  return async (request) => {
    const url = new URL(request.url);
    if (request.headers['x-test-look'] === undefined)
      requests.push(`${request.method} ${decodeURIComponent(url.pathname + url.search)}`);
    const answer = await provider.handle(toScimRequest(request, url));
    return {
      status: answer.status,
      headers: { get: (name) => answer.headers[name.toLowerCase()] ?? null },
      text: answer.body ?? '',
    };
  };
}

function toScimRequest(request: FetchRequest, url: URL): ScimRequest {
  return {
    method: request.method,
    target: url.pathname + url.search,
    header: (name) => request.headers[name],
    body: async () => request.body ?? '',
    remoteAddress: '127.0.0.1',
    origin: url.origin,
  };
}

function row(
  type: 'User' | 'Group',
  id: string,
  attributes: JsonObject,
): { id: string; type: string; text: string; keys: ReturnType<typeof resourceKeys> } {
  const name = attributes['userPrincipalName'];
  return {
    id,
    type,
    text: JSON.stringify({ ...attributes, id }),
    keys: {
      uniqueName: typeof name === 'string' ? foldText(name) : null,
      externalId: null,
      isExternalIdUnique: false,
      display: typeof attributes['displayName'] === 'string' ? attributes['displayName'] : null,
      values: [],
      isActive: attributes['accountEnabled'] !== false,
    },
  };
}

function readText(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}

function withoutNulls(object: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

function fakeClock(): Company['clock'] {
  let now = START_MS;
  return {
    nowMs: () => now,
    wait: async (ms) => {
      now += ms;
    },
    set: (ms) => {
      now = ms;
    },
  };
}
