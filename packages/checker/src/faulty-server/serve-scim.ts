import {
  errorBody,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  listResponse,
  ScimError,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
} from '@lockstep/scim';
import type { Quirk } from './fault.ts';
import type { ResourceShelf } from './resource-shelf.ts';
import { answer, type ServerReply, type ServerRequest } from './server-reply.ts';

type Answer = Extract<ServerReply, { do: 'answer' }>;

/** What a server keeps, and what it does wrong for good. */
export interface Premises {
  readonly shelves: ReadonlyMap<string, ResourceShelf>;
  readonly has: (quirk: Quirk) => boolean;
}

const PAGE_MAX = 200;
const MEMBERS_MAX = 100;

/** Carries out one request, without a fault but with the quirks. */
export function serveScim(premises: Premises, request: ServerRequest): Answer {
  const url = new URL(request.path, 'http://server.example');
  const [, endpoint = '', id] = url.pathname.split('/');
  if (endpoint === 'ServiceProviderConfig') return providerConfig(premises);
  const shelf = premises.shelves.get(`/${endpoint}`);
  if (shelf === undefined) return refusal(404, 'there is no such endpoint');
  try {
    if (id !== undefined) return serveOne(premises, request, { shelf, id: decodeURIComponent(id), url });
    if (request.method === 'POST') return created(premises, shelf.create(readJson(request.body)), endpoint);
    if (request.method === 'GET') return page(premises, shelf, url);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return answer(error.status, JSON.stringify(errorBody(error)));
  }
  return refusal(405, 'there is no such method');
}

export function refusal(status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return answer(status, JSON.stringify({ schemas, status: String(status), detail }), headers);
}

function readJson(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch (cause) {
    throw new ScimError('invalidSyntax', 'the body is not JSON', { cause });
  }
}

/** Says nothing of PATCH where there is none: the client has to find out by itself. */
function providerConfig({ has }: Premises): Answer {
  const off = { supported: false };
  const config = {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    ...(has('no-patch') ? {} : { patch: { supported: true } }),
    filter: { supported: true, maxResults: PAGE_MAX },
    bulk: { ...off, maxOperations: 0, maxPayloadSize: 0 },
    changePassword: off,
    sort: off,
    etag: { supported: has('etag-required') },
    authenticationSchemes: [],
  };
  return answer(200, JSON.stringify(config));
}

function created({ has }: Premises, resource: JsonObject, endpoint: string): Answer {
  if (has('create-200-empty')) return answer(200, '');
  if (has('create-204')) return answer(204, '');
  const { id, ...nameless } = resource;
  if (has('create-without-id')) return answer(201, JSON.stringify(nameless));
  return answer(201, JSON.stringify(resource), { location: `http://server.example/${endpoint}/${String(id)}` });
}

interface Place {
  readonly shelf: ResourceShelf;
  readonly id: string;
  readonly url: URL;
}

function serveOne(premises: Premises, request: ServerRequest, { shelf, id, url }: Place): Answer {
  const found = shelf.find(id);
  if (found === undefined) return refusal(404, `there is no resource ${id}`);
  const refused = request.method === 'GET' ? undefined : refuseWrite(premises, request, found);
  if (refused !== undefined) return refused;
  switch (request.method) {
    case 'GET':
      return shown(shownResource(premises, found, url), found);
    case 'PATCH':
      return shown(shownResource(premises, shelf.patch(id, readJson(request.body)) ?? found, url), found);
    case 'PUT':
      return shown(shownResource(premises, shelf.replace(id, readJson(request.body)) ?? found, url), found);
    case 'DELETE':
      shelf.remove(id);
      return answer(204, '');
    default:
      return refusal(405, 'there is no such method');
  }
}

function shown(resource: JsonObject, stored: JsonObject): Answer {
  return answer(200, JSON.stringify(resource), { etag: versionOf(stored) });
}

function versionOf(resource: JsonObject): string {
  const meta = resource['meta'];
  return isJsonObject(meta) && typeof meta['version'] === 'string' ? meta['version'] : '';
}

function refuseWrite({ has }: Premises, request: ServerRequest, found: JsonObject): Answer | undefined {
  const isMissing = (request.method === 'PUT' && has('no-put')) || (request.method === 'PATCH' && has('no-patch'));
  if (isMissing) return refusal(501, `there is no ${request.method}`);
  if (has('member-batch-capped') && namedMembers(request.body) > MEMBERS_MAX) {
    return refusal(413, `a request names ${MEMBERS_MAX} members at most`);
  }
  if (!has('etag-required')) return undefined;
  const match = request.headers['if-match'];
  if (match === undefined) return refusal(428, 'If-Match is missing');
  return match === versionOf(found) ? undefined : refusal(412, 'the resource has changed');
}

function namedMembers(body: string | undefined): number {
  return body?.match(/"value":"/g)?.length ?? 0;
}

function shownResource({ has }: Premises, resource: JsonObject, url: URL): JsonObject {
  const excluded = url.searchParams.get('excludedAttributes')?.split(',') ?? [];
  const isLeftOut = (name: string): boolean => !has('excluded-attributes-ignored') && excluded.includes(name);
  const shownMembers = Object.entries(resource).filter(([name]) => !isLeftOut(name));
  const members = resource['members'];
  const whole = Object.fromEntries(shownMembers);
  const isCut = has('members-capped') && isJsonArray(members) && whole['members'] !== undefined;
  return isCut ? { ...whole, members: members.slice(0, MEMBERS_MAX) } : whole;
}

function page(premises: Premises, shelf: ResourceShelf, url: URL): Answer {
  const { has } = premises;
  const all = shelf.list(url.searchParams.get('filter') ?? undefined);
  const listed = has('duplicate-ids') ? all.flatMap((one) => [one, one]) : all;
  const startIndex = Math.max(1, Number(url.searchParams.get('startIndex') ?? 1));
  const count = Math.min(PAGE_MAX, Number(url.searchParams.get('count') ?? PAGE_MAX));
  const from = has('repeating-pages') ? 0 : startIndex - 1;
  const part = listed.slice(from, from + count);
  const cut = has('skipping-pages') && part.length === count && count > 1 ? part.slice(0, -1) : part;
  const lie = (has('total-too-high') ? 7 : 0) - (has('total-too-low') ? 7 : 0);
  const totalResults = Math.max(0, listed.length === 0 ? 0 : listed.length + lie);
  const resources = cut.map((one) => shownResource(premises, one, url));
  return answer(200, JSON.stringify(listResponse({ totalResults, startIndex }, resources)));
}
