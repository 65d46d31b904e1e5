import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import type { AuditDifference } from '@lockstep/store';
import type { Context, MiddlewareHandler } from 'hono';
import type { Services } from '../server/services.ts';

const CHANGING: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const BASE = '/api/v1';

/** What an audit entry says it is about, and where its state can be read. */
interface Subject {
  readonly subject: string;
  /** Path below the API, read before and after; `undefined` = the request's body tells what was wanted. */
  readonly statePath?: string;
}

/**
 * Writes each change of the configuration into the audit log once it has happened: who, what, and the state before and
 * after as the API itself shows it, secrets masked. People and groups are no configuration; they have the provisioning log.
 *
 * @param ask reads a state through the API
 */
export function auditTrail(
  services: Pick<Services, 'audit' | 'report'>,
  ask: (request: Request) => Promise<Response>,
): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req;
    if (!CHANGING.has(method)) return next();
    const parts = path
      .slice(BASE.length + 1)
      .split('/')
      .map(decodePart);
    if (!isConfiguration(parts)) return next();
    const body = await readBody(context);
    const subject = subjectOf(parts, body);
    const read = (): Promise<Json | undefined> => readState(context, subject.statePath, ask);
    const before = await read();
    await next();
    const isDryRun = body?.['isDryRun'] === true || context.req.query('dryRun') === 'true';
    if (context.res.status >= 300 || isDryRun || isPlainSync(parts, body)) return undefined;
    const after = subject.statePath === undefined ? body : await read();
    const differences = await toldDifferences(context);
    // The answer says that everything was so already.
    if (differences?.length === 0) return undefined;
    const action = `${method} /${parts.join('/')}`;
    const change = { actor: actorOf(context), action, subject: subject.subject, before, after, differences };
    // The change has happened: failing now would say otherwise.
    await services.audit.record(change).catch((error: unknown) => services.report('a change was not audited', error));
    return undefined;
  };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const NO_CONFIGURATION: ReadonlySet<string> = new Set(['directory', 'expressions', 'mail', 'bulk']);
const APP_QUESTIONS: ReadonlySet<string> = new Set([
  'test',
  'provision',
  'plans',
  'rollbacks',
  'scope-preview',
  'preview',
]);

function isConfiguration(parts: readonly string[]): boolean {
  const [first = '', second, third = ''] = parts;
  // Whoever changes it notes it, and the body must not be kept.
  if (first === 'me' && second === 'password') return false;
  if (NO_CONFIGURATION.has(first) || parts.at(-1) === 'scan' || parts.at(-1) === 'preview') return false;
  return first !== 'apps' || !APP_QUESTIONS.has(third);
}

/** A cycle by hand changes nothing of the configuration, unless it forgets something first. */
function isPlainSync(parts: readonly string[], body: JsonObject | undefined): boolean {
  const restart = body?.['restart'];
  return parts[2] === 'sync' && !(isJsonArray(restart) && restart.length > 0);
}

function subjectOf(parts: readonly string[], body: JsonObject | undefined): Subject {
  const [first = '', id, third] = parts;
  if (first === 'apps') return appSubject(id ?? String(body?.['name'] ?? ''), third);
  if (first === 'providers' && id !== undefined) {
    const subject = `provider ${id}`;
    return third === undefined ? { subject, statePath: `/providers/${encodeURIComponent(id)}` } : { subject };
  }
  if (first === 'providers') return { subject: `provider ${String(body?.['title'] ?? '')}` };
  if (first === 'apply') return { subject: 'declaration' };
  if (first === 'settings') return { subject: 'settings of the server', statePath: '/settings' };
  return { subject: parts.slice(0, 2).join(' ') };
}

function appSubject(name: string, part: string | undefined): Subject {
  const subject = `app ${name}`;
  const path = `/apps/${encodeURIComponent(name)}`;
  if (part === undefined || part === 'roles') return { subject, statePath: path };
  return part === 'assignments' ? { subject, statePath: `${path}/assignments` } : { subject };
}

async function readBody(context: Context): Promise<JsonObject | undefined> {
  try {
    const value: unknown = JSON.parse(await context.req.text());
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readState(
  context: Context,
  path: string | undefined,
  ask: (request: Request) => Promise<Response>,
): Promise<Json | undefined> {
  if (path === undefined) return undefined;
  const [authorization, cookie] = [context.req.header('authorization'), context.req.header('cookie')];
  const headers: Record<string, string> = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(cookie === undefined ? {} : { cookie }),
  };
  const answer = await ask(new Request(new URL(`${BASE}${path}`, context.req.url), { headers }));
  if (!answer.ok) return undefined;
  const value: unknown = await answer.json();
  return isJsonObject(value) ? value : undefined;
}

/** Some answers tell themselves what changed; that also shows that a secret was replaced. */
async function toldDifferences(context: Context): Promise<readonly AuditDifference[] | undefined> {
  if (!(context.res.headers.get('content-type') ?? '').includes('json')) return undefined;
  const value: unknown = await context.res.clone().json();
  if (!isJsonObject(value)) return undefined;
  if (isJsonArray(value['differences'])) return value['differences'].flatMap((one) => toDifference(one, ''));
  const { apps } = value;
  if (!isJsonArray(apps)) return undefined;
  return apps.filter(isJsonObject).flatMap((app) => {
    const list = app['differences'];
    return isJsonArray(list) ? list.flatMap((one) => toDifference(one, `${String(app['name'])}: `)) : [];
  });
}

function toDifference(value: Json, prefix: string): readonly AuditDifference[] {
  if (!isJsonObject(value)) return [];
  const { what, before, after } = value;
  const text = (one: Json | undefined): string | null => (typeof one === 'string' ? one : null);
  return [{ what: `${prefix}${text(what) ?? ''}`, before: text(before), after: text(after) }];
}

/** Who asks: a person's name, or the key's label and the way it came. */
export function actorOf(context: Context): string {
  const agent = context.req.header('user-agent') ?? '';
  const { kind, name } = context.get('principal');
  if (kind === 'person') return name;
  return `${name} (${agent.startsWith('lockstep-cli') ? 'cli' : 'api'})`;
}
