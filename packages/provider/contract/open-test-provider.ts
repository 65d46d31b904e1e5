import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type AppProfile, profiles } from '@lockstep/gallery';
import { type JsonObject, ScimError } from '@lockstep/scim';
import { openSqliteStore, type Store } from '@lockstep/store';
import type { Tenant } from '../src/ports/index.ts';
import { createProvider, type Provider, type ProviderOptions } from '../src/provider.ts';
import { wholeAnswer } from '../src/resource/streamed-answer.ts';
import type { NewTenant } from '../src/tenant/tenant-admin.ts';

/** A provider over a real store, with a clock the test turns. */
export interface TestProvider {
  readonly provider: Provider;
  readonly store: Store;
  /** Milliseconds since 1970 as the provider sees them; starts at a fixed moment. */
  readonly clock: { nowMs: number };
  /** Failures that the provider answered with 500. */
  readonly failures: readonly unknown[];
  /** Makes a tenant of an app with a token, ready to be called. */
  open(tenant: Partial<NewTenant> & { readonly profile: string }): Promise<TestTenant>;
  /** Sends one request as it comes, without anything added. */
  send(request: TestRequest): Promise<TestAnswer>;
  close(): Promise<void>;
}

/** A tenant as its client sees it. */
export interface TestTenant {
  readonly tenant: Tenant;
  /** Path of the tenant's base address, as the app shows it. */
  readonly basePath: string;
  readonly token: string;
  /** Sends with token and media types, below the base address: `send('GET', '/Users')`. */
  send(method: string, path: string, body?: unknown): Promise<TestAnswer>;
  /** The same with more to say. */
  request(request: TenantRequest): Promise<TestAnswer>;
}

export interface TenantRequest {
  readonly method: string;
  /** Below the base address, percent-encoded. */
  readonly path: string;
  /** Default: the tenant's own. */
  readonly base?: string;
  readonly body?: unknown;
  /** Beside or instead of the usual ones. */
  readonly headers?: TestHeaders;
  readonly remoteAddress?: string;
}

/** Header values by lower-case name; `null` takes one away that would be sent otherwise. */
export type TestHeaders = Readonly<Record<string, string | null>>;

export interface TestRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: TestHeaders;
  /** Text goes as it is, everything else as JSON. */
  readonly body?: unknown;
  /** Default: 198.51.100.7. */
  readonly remoteAddress?: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; an empty object when it is none. */
  readonly json: JsonObject;
}

export interface TestProviderOptions
  extends Partial<
    Pick<ProviderOptions, 'trustedProxies' | 'limits' | 'hooks' | 'onExchange' | 'onExchangeLeftOut' | 'requestLog'>
  > {
  /** Where the database is; default in memory. */
  readonly file?: string;
  /** A store that is open already, instead of a new one in SQLite; closed with the provider. */
  readonly store?: Store;
  readonly profiles?: readonly AppProfile[];
}

/** Opens a provider over an empty store, whatever database it is on. */
export type OpenTestProvider = (options?: TestProviderOptions) => Promise<TestProvider>;

const STARTED_MS = Date.UTC(2026, 10, 2, 8, 0, 0);
const ORIGIN = 'https://scim.example.org';

/** Opens a provider of every app in the gallery over an empty store. */
export async function openTestProvider(options: TestProviderOptions = {}): Promise<TestProvider> {
  const { file = ':memory:', store: given, profiles: served = Object.values(profiles), ...rest } = options;
  const clock = { nowMs: STARTED_MS };
  const failures: unknown[] = [];
  const store = given ?? (await openSqliteStore({ file, durability: 'normal' }, clock.nowMs));
  const provider = createProvider({
    profiles: served,
    realms: store.realms,
    tenants: store.tenants,
    nowMs: () => clock.nowMs,
    newId: randomUUID,
    randomBytes,
    hashText: (text) => createHash('sha256').update(text).digest('hex'),
    onFailure: (error) => failures.push(error),
    ...rest,
  });
  const send = (request: TestRequest): Promise<TestAnswer> => sendTo(provider, request);
  return {
    provider,
    store,
    clock,
    failures,
    send,
    open: async (asked) => {
      const { tenant, token } = await provider.admin.create({ title: 'Lumen Works', ...asked });
      const profile = served.find((one) => one.id === tenant.profile);
      if (profile === undefined) throw new Error(`there is no profile ${tenant.profile}`);
      return testTenant(send, { tenant, token: token.text, basePath: basePathOf(profile, tenant) });
    },
    close: () => store.close(),
  };
}

function testTenant(send: TestProvider['send'], of: Pick<TestTenant, 'tenant' | 'token' | 'basePath'>): TestTenant {
  const request = ({ path, base = of.basePath, headers = {}, ...rest }: TenantRequest): Promise<TestAnswer> => {
    const usual = { authorization: `Bearer ${of.token}`, accept: 'application/scim+json' };
    const typed = rest.body === undefined ? {} : { 'content-type': 'application/scim+json' };
    const target = `${base.replace(/\/$/, '')}${path}`;
    return send({ ...rest, target, headers: { ...usual, ...typed, ...headers } });
  };
  return { ...of, request, send: (method, path, body) => request({ method, path, body }) };
}

async function sendTo(provider: Provider, request: TestRequest): Promise<TestAnswer> {
  const { headers = {}, body } = request;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const answered = await provider.handle({
    method: request.method,
    target: request.target,
    header: (name) => headers[name] ?? undefined,
    body: async (bytesMax) => {
      if (Buffer.byteLength(text) > bytesMax) throw new ScimError('payloadTooLarge', 'the body is too large');
      return text;
    },
    remoteAddress: request.remoteAddress ?? '198.51.100.7',
    origin: ORIGIN,
  });
  const answer = await wholeAnswer(answered);
  const json: unknown = answer.body === undefined ? {} : JSON.parse(answer.body);
  return {
    status: answer.status,
    headers: answer.headers,
    text: answer.body ?? '',
    // The provider's bodies are objects: SCIM has no others.
    json: json as JsonObject,
  };
}

/** The path of a tenant's base address in the form its app shows. */
function basePathOf(profile: AppProfile, tenant: Tenant): string {
  const path = profile.tenantInPath ? `${profile.basePath}${tenant.id}` : profile.basePath.slice(0, -1);
  return profile.trailingSlash ? `${path}/` : path;
}
