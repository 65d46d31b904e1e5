import type { JsonObject } from '../json.ts';
import type { PatchOperation } from '../patch/patch-operation.ts';
import { patchBody } from '../patch/print-patch.ts';
import type { ScimClientOptions } from './client-options.ts';
import { eachPage, type PagingOptions } from './each-page.ts';
import { filterEq } from './filter-eq.ts';
import {
  isAbsent,
  type ListPage,
  readList,
  readResourceAnswer,
  type TargetResource,
  withTextId,
} from './read-answer.ts';
import { createSender, type SendCall } from './send-request.ts';
import { TargetError } from './target-error.ts';

/** What to ask a list for (RFC 7644 §3.4.2). Names in the lists are sent as they are, joined by commas. */
export interface ListQuery {
  /** Build it with `filterEq`. */
  readonly filter?: string;
  /** From 1; default 1. */
  readonly startIndex?: number;
  readonly count?: number;
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

/** How a look at the target with the job's credentials ended. */
export type ConnectionTest = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly error: TargetError };

/**
 * Speaks to one SCIM target. Every call either returns the outcome it names or throws a `TargetError`; retries that
 * are safe happen inside (see `nextAttempt`), everything else goes up.
 */
export interface ScimClient {
  /** One page. A filter without a hit gives an empty page, also from servers that answer it with a SCIM 404. */
  query(endpoint: string, query?: ListQuery): Promise<ListPage>;
  /** All pages, see `eachPage`. */
  eachPage(endpoint: string, query?: ListQuery & PagingOptions): AsyncGenerator<ListPage>;
  /** `undefined` when the target has no such resource. */
  read(
    endpoint: string,
    id: string,
    query?: Pick<ListQuery, 'attributes' | 'excludedAttributes'>,
  ): Promise<TargetResource | undefined>;
  /** The resource as the target answers it; only its `id` when the answer is a `Location` without a body. */
  create(endpoint: string, resource: JsonObject): Promise<TargetResource>;
  /** `undefined` when the target answers without a body. @throws {TargetError} `notFound` when there is no such id */
  replace(endpoint: string, id: string, resource: JsonObject): Promise<JsonObject | undefined>;
  /** As `replace`. A whole body is sent as it is. */
  patch(endpoint: string, id: string, change: readonly PatchOperation[] | JsonObject): Promise<JsonObject | undefined>;
  /** Done, too, when the target has no such resource any more. */
  delete(endpoint: string, id: string): Promise<void>;
  /** `undefined` when the target does not publish one. */
  serviceProviderConfig(): Promise<JsonObject | undefined>;
  /** Empty when the target does not publish any. */
  schemas(): Promise<readonly TargetResource[]>;
  /**
   * Entra's test connection: a look-up of a user that cannot exist (Entra docs, "Tutorial: Develop and plan
   * provisioning for a SCIM endpoint"). A target that answers it with users ignores filters: matching against it would
   * take the wrong accounts, so the test fails.
   */
  testConnection(matchingAttribute: string, randomGuid: string): Promise<ConnectionTest>;
}

/** @throws {ScimError} `invalidValue` when `baseUrl` is no tenant URL */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const send = createSender(options);
  const query: ScimClient['query'] = (endpoint, asked = {}) => sendQuery(send, endpoint, asked);
  return {
    query,
    eachPage: (endpoint, asked = {}) => eachPage((startIndex) => query(endpoint, { ...asked, startIndex }), asked),
    read: (endpoint, id, asked = {}) => sendRead(send, { endpoint, id, parameters: projection(asked) }),
    create: (endpoint, resource) => sendCreate(send, endpoint, resource),
    replace: (endpoint, id, resource) =>
      sendChange(send, { method: 'PUT', target: { endpoint, id }, body: JSON.stringify(resource) }),
    patch: (endpoint, id, change) => {
      const body = isOperations(change) ? patchBody(change, options.patchShape ?? 'rfc') : change;
      return sendChange(send, { method: 'PATCH', target: { endpoint, id }, body: JSON.stringify(body) });
    },
    delete: async (endpoint, id) => {
      await send({ method: 'DELETE', target: { endpoint, id }, mayBeAbsent: true });
    },
    serviceProviderConfig: async () => {
      const answer = await send({ method: 'GET', target: { endpoint: '/ServiceProviderConfig' }, mayBeAbsent: true });
      return isAbsent(answer) ? undefined : readResourceAnswer(answer);
    },
    schemas: async () => {
      const answer = await send({ method: 'GET', target: { endpoint: '/Schemas' }, mayBeAbsent: true });
      return isAbsent(answer) ? [] : readList(answer, 1).resources;
    },
    testConnection: (attribute, guid) => sendTest(query, filterEq(attribute, guid)),
  };
}

async function sendQuery(send: SendCall, endpoint: string, asked: ListQuery): Promise<ListPage> {
  const { filter, startIndex, count } = asked;
  const parameters = { filter, startIndex, count, ...projection(asked) };
  // Without a filter, 404 says that the endpoint itself is missing, and that is an error of the whole job.
  const answer = await send({ method: 'GET', target: { endpoint, parameters }, mayBeAbsent: filter !== undefined });
  if (isAbsent(answer)) return { totalResults: 0, startIndex: startIndex ?? 1, resources: [] };
  return readList(answer, startIndex ?? 1);
}

interface ReadTarget {
  readonly endpoint: string;
  readonly id: string;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

async function sendRead(send: SendCall, target: ReadTarget): Promise<TargetResource | undefined> {
  const answer = await send({ method: 'GET', target, mayBeAbsent: true });
  if (isAbsent(answer)) return undefined;
  const resource = readResourceAnswer(answer);
  if (resource !== undefined) return withTextId(resource) ?? { ...resource, id: target.id };
  throw new TargetError({ category: 'notScim', status: answer.status, detail: 'the answer has no body' });
}

async function sendCreate(send: SendCall, endpoint: string, resource: JsonObject): Promise<TargetResource> {
  const answer = await send({ method: 'POST', target: { endpoint }, body: JSON.stringify(resource) });
  const created = readResourceAnswer(answer, { ambiguous: true }) ?? {};
  const named = withTextId(created);
  if (named !== undefined) return named;
  const id = idFromLocation(answer.headers.get('location'));
  if (id !== undefined) return { ...created, id };
  const detail = 'the answer to the creation does not tell the id of the new resource';
  throw new TargetError({ category: 'notScim', status: answer.status, detail, ambiguous: true });
}

/** RFC 7644 §3.3: `Location` is the address of the new resource, so its last segment is the id. */
function idFromLocation(location: string | null): string | undefined {
  const segment = location?.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  if (segment === '') return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

interface ChangeCall {
  readonly method: 'PUT' | 'PATCH';
  readonly target: { readonly endpoint: string; readonly id: string };
  readonly body: string;
}

async function sendChange(send: SendCall, call: ChangeCall): Promise<JsonObject | undefined> {
  return readResourceAnswer(await send(call), { ambiguous: true });
}

async function sendTest(query: ScimClient['query'], filter: string): Promise<ConnectionTest> {
  try {
    const page = await query('/Users', { filter });
    if (page.totalResults === 0 && page.resources.length === 0) return { kind: 'ok' };
    const detail = `a filter for a value nobody has was answered with ${page.totalResults} users: it ignores filters`;
    return { kind: 'failed', error: new TargetError({ category: 'notScim', status: 200, detail }) };
  } catch (error) {
    if (error instanceof TargetError) return { kind: 'failed', error };
    throw error;
  }
}

function projection(asked: ListQuery): { attributes: string | undefined; excludedAttributes: string | undefined } {
  return { attributes: asked.attributes?.join(','), excludedAttributes: asked.excludedAttributes?.join(',') };
}

function isOperations(change: readonly PatchOperation[] | JsonObject): change is readonly PatchOperation[] {
  return Array.isArray(change);
}
