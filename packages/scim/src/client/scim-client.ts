import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { PatchOperation } from '../patch/patch-operation.ts';
import { type PatchShape, patchBody } from '../patch/print-patch.ts';
import type { LearntTarget, ScimClientOptions, WireShape } from './client-options.ts';
import { eachPage, type PagingOptions } from './each-page.ts';
import type { FetchAnswer } from './fetch.ts';
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
import { sendWithVersion } from './send-with-version.ts';
import { TargetError } from './target-error.ts';
import { learnFeatures, type TargetFeatures } from './target-features.ts';
import { createUpdater, type ResourceChange } from './update-resource.ts';

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
  /** Changes a resource by PATCH or PUT, whichever the target takes (`updateMethod`). */
  update(endpoint: string, id: string, change: ResourceChange): Promise<JsonObject | undefined>;
  /** Done, too, when the target has no such resource any more. */
  delete(endpoint: string, id: string): Promise<void>;
  /** `undefined` when the target does not publish one. */
  serviceProviderConfig(): Promise<JsonObject | undefined>;
  /**
   * What the target can do: one short look at its ServiceProviderConfig, remembered; one that fails counts as none. Never
   * throws.
   */
  features(): Promise<TargetFeatures>;
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
  const wire = options.wire ?? plainWire(options.patchShape ?? 'rfc');
  const query: ScimClient['query'] = (endpoint, asked = {}) => sendQuery(send, endpoint, asked);
  const read: ScimClient['read'] = (endpoint, id, asked = {}) =>
    sendRead(send, { endpoint, id, parameters: projection(asked) });
  const replace: ScimClient['replace'] = (endpoint, id, resource) => {
    const body = JSON.stringify(wire.replaceBody(endpoint, resource));
    return sendChange(send, { method: 'PUT', target: { endpoint, id }, body });
  };
  const patch: ScimClient['patch'] = (endpoint, id, change) => {
    const body = JSON.stringify(isOperations(change) ? wire.patchBody(endpoint, change) : change);
    return sendChange(send, { method: 'PATCH', target: { endpoint, id }, body });
  };
  const { learnt = {} } = options;
  const features = rememberFeatures(options, learnt);
  return {
    query,
    eachPage: (endpoint, asked = {}) => eachPage((startIndex) => query(endpoint, { ...asked, startIndex }), asked),
    read,
    create: (endpoint, resource) => sendCreate(send, endpoint, wire.createBody(endpoint, resource)),
    replace,
    patch,
    update: createUpdater(options.updateMethod ?? 'patch', { patch, replace, read, features }, learnt),
    delete: async (endpoint, id) => {
      const answer = await sendWithVersion(send, { method: 'DELETE', target: { endpoint, id }, mayBeAbsent: true });
      // A web page under a success status comes from something in between, and says nothing about the account.
      if (!isAbsent(answer)) readResourceAnswer(answer, { ambiguous: true });
    },
    serviceProviderConfig: () => readConfig(send),
    features,
    schemas: async () => {
      const answer = await send({ method: 'GET', target: { endpoint: '/Schemas' }, mayBeAbsent: true });
      return isAbsent(answer) ? [] : readList(answer, 1).resources;
    },
    testConnection: (attribute, guid) => sendTest(query, filterEq(attribute, guid)),
  };
}

/** Resources as they are, operations in one of the two shapes. */
function plainWire(shape: PatchShape): WireShape {
  return {
    createBody: (_endpoint, resource) => resource,
    replaceBody: (_endpoint, resource) => resource,
    patchBody: (_endpoint, operations) => patchBody(operations, shape),
  };
}

async function readConfig(send: SendCall): Promise<JsonObject | undefined> {
  const answer = await send({ method: 'GET', target: { endpoint: '/ServiceProviderConfig' }, mayBeAbsent: true });
  return isAbsent(answer) ? undefined : readResourceAnswer(answer);
}

/** Nobody waits long for what is only good to know. */
const FEATURES_TIMEOUT_MS = 5_000;

function rememberFeatures(options: ScimClientOptions, learnt: LearntTarget): () => Promise<TargetFeatures> {
  const timeoutMs = Math.min(options.requestTimeoutMs ?? FEATURES_TIMEOUT_MS, FEATURES_TIMEOUT_MS);
  const send = createSender({ ...options, retry: { attemptsMax: 1 }, requestTimeoutMs: timeoutMs });
  return () => {
    learnt.features ??= readConfig(send)
      .catch((error: unknown) => {
        if (error instanceof TargetError) return undefined;
        throw error;
      })
      .then((config) => learnFeatures(config, options.features));
    return learnt.features;
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
  if (resource !== undefined && isJsonArray(resource['Resources']))
    return onlyOne(resource['Resources'], target, answer);
  if (resource !== undefined) return withTextId(resource) ?? { ...resource, id: target.id };
  throw new TargetError({ category: 'notScim', status: answer.status, detail: 'the answer has no body' });
}

/** Some apps wrap the one object in a list. A list of anything else must not be taken for the object (rule MATCH-6). */
function onlyOne(entries: readonly Json[], target: ReadTarget, { status }: FetchAnswer): TargetResource {
  const [first] = entries;
  const only = entries.length === 1 && isJsonObject(first) ? withTextId(first) : undefined;
  if (only?.id === target.id) return only;
  const detail = `${entries.length} entries came for the id ${target.id}`;
  throw new TargetError({ category: 'severalEntries', status, detail });
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
  return readResourceAnswer(await sendWithVersion(send, call), { ambiguous: true });
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
