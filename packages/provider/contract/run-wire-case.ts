import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import type { TenantSettings } from '../src/ports/index.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { TestAnswer, TestProvider, TestTenant } from './open-test-provider.ts';
import type { WireCase, WireStep } from './wire-case.ts';

/** What a case finds around it besides an empty tenant. */
export interface WireEnvironment {
  /** App whose tenant is called; default `generic`. */
  readonly profile?: string;
  readonly tenantId?: string;
  /** What `{{root}}` stands for in another base address. */
  readonly root?: string;
  readonly allowedAddresses?: readonly string[];
  readonly settings?: TenantSettings;
  /** A second token is made and revoked: `{{revoked.token}}`. */
  readonly hasRevokedToken?: boolean;
  /** A client of the tenant gets an access token: `{{oauth.access_token}}`. */
  readonly hasAccessToken?: boolean;
}

type Memory = Map<string, unknown>;

/** Runs a case in a tenant of its own. Gives what went wrong, one line each; nothing when the case holds. */
export async function runWireCase(
  test: TestProvider,
  wireCase: WireCase,
  options: { readonly dialect: 'lenient' | 'strict'; readonly environment: WireEnvironment },
): Promise<readonly string[]> {
  const { dialect, environment } = options;
  const { profile = 'generic', tenantId, allowedAddresses = [], settings = {} } = environment;
  const id = tenantId === undefined ? {} : { id: tenantId };
  const tenant = await test.open({ profile, dialect, allowedAddresses, settings, ...id });
  const other = await test.open({ profile, dialect });
  const memory: Memory = new Map<string, unknown>([
    ['token', tenant.token],
    ['root', environment.root ?? ''],
    ['tenant', { id: tenant.tenant.id }],
  ]);
  if (environment.hasRevokedToken === true) memory.set('revoked', { token: await revokedToken(test, tenant) });
  if (environment.hasAccessToken === true) memory.set('oauth', await accessToken(test, tenant));

  const wrong = await setUp(wireCase, { memory, tenant, other });
  if (wrong.length > 0) return wrong;
  const answer = await take(wireCase.request, memory, tenant);
  const judged = judgeAnswer(answer, fill(wireCase.expect, memory));
  if (judged.length > 0) return [...judged, `body ${answer.text.slice(0, 240)}`];
  return followUp(wireCase, { memory, tenant, answer });
}

async function setUp(
  wireCase: WireCase,
  world: { readonly memory: Memory; readonly tenant: TestTenant; readonly other: TestTenant },
): Promise<readonly string[]> {
  for (const step of wireCase.setup) {
    if (!('method' in step)) continue;
    const answer = await take(step, world.memory, step.tenant === 'B' ? world.other : world.tenant);
    if (answer.status >= 300)
      return [`set-up ${step.method} ${step.path}: ${answer.status} ${answer.text.slice(0, 200)}`];
    if (step.as !== undefined) world.memory.set(step.as, answer.json);
  }
  return [];
}

async function followUp(
  wireCase: WireCase,
  world: { readonly memory: Memory; readonly tenant: TestTenant; readonly answer: TestAnswer },
): Promise<readonly string[]> {
  for (const step of wireCase.then ?? []) {
    if (!('method' in step)) {
      const wrong = await followCursor(wireCase.request, world);
      if (wrong.length > 0) return wrong;
      continue;
    }
    const answer = await take(step, world.memory, world.tenant);
    const wrong = step.expect === undefined ? [] : judgeAnswer(answer, fill(step.expect, world.memory));
    if (wrong.length > 0)
      return [`then ${step.method} ${step.path}: ${wrong.join('; ')} body ${answer.text.slice(0, 240)}`];
  }
  return [];
}

/** Follows `nextCursor` until there is none: every resource once, as many as the total says. */
async function followCursor(
  request: WireStep,
  world: { readonly memory: Memory; readonly tenant: TestTenant; readonly answer: TestAnswer },
): Promise<readonly string[]> {
  const ids: string[] = [];
  let page = world.answer;
  for (;;) {
    if (page.status !== 200) return [`a page of the loop: ${page.status} ${page.text.slice(0, 200)}`];
    ids.push(...idsOf(page));
    const next = page.json['nextCursor'];
    if (typeof next !== 'string') break;
    const path = request.path.replace(/cursor=?[^&]*/, `cursor=${encodeURIComponent(next)}`);
    page = await take({ ...request, path }, world.memory, world.tenant);
  }
  const isWhole = new Set(ids).size === ids.length && ids.length === world.answer.json['totalResults'];
  return isWhole ? [] : [`the loop saw ${ids.length} resources, ${new Set(ids).size} of them distinct`];
}

function idsOf(page: TestAnswer): readonly string[] {
  const resources = page.json['Resources'];
  return isJsonArray(resources) ? resources.filter(isJsonObject).map((one) => String(one['id'])) : [];
}

async function revokedToken(test: TestProvider, tenant: TestTenant): Promise<string> {
  const issued = await test.provider.admin.issueToken(tenant.tenant.id, {});
  await test.provider.admin.revokeToken(tenant.tenant.id, issued.id);
  return issued.text;
}

/** What the token endpoint answers to a client of the tenant (RFC 6749 §4.4). */
async function accessToken(test: TestProvider, tenant: TestTenant): Promise<JsonObject> {
  const client = await test.provider.admin.issueClient(tenant.tenant.id, {});
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
  const answer = await tenant.request({
    method: 'POST',
    path: '/oauth/token',
    body: new URLSearchParams(form).toString(),
    headers: { authorization: null, 'content-type': 'application/x-www-form-urlencoded' },
  });
  return answer.json;
}

function take(step: WireStep, memory: Memory, tenant: TestTenant): Promise<TestAnswer> {
  const headers = Object.entries(fill(step.headers ?? {}, memory)).map(([name, value]) => [name.toLowerCase(), value]);
  return tenant.request({
    method: step.method,
    path: fill(step.path, memory),
    ...(step.base === undefined ? {} : { base: fill(step.base, memory) }),
    body: fill(step.body, memory),
    headers: Object.fromEntries(headers),
  });
}

/** Puts remembered values where `{{name.part}}` stands, in every text and every member name. */
function fill<T>(template: T, memory: Memory): T {
  // Texts become texts, arrays arrays and objects objects of the same shape.
  return filled(template, memory) as T;
}

function filled(template: unknown, memory: Memory): unknown {
  if (typeof template === 'string') return fillText(template, memory);
  if (Array.isArray(template)) return template.map((one) => filled(one, memory));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [fillText(name, memory), filled(value, memory)]),
  );
}

function fillText(text: string, memory: Memory): string {
  return text.replace(/\{\{([^}|]+)(\|upper)?\}\}/g, (whole, name: string, upper: string | undefined) => {
    const [first = '', ...rest] = name.split('.');
    const value = rest.reduce<unknown>((from, key) => (isJsonObject(from) ? from[key] : undefined), memory.get(first));
    if (value === undefined) return whole;
    return upper === undefined ? String(value) : String(value).toUpperCase();
  });
}
