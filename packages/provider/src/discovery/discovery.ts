import {
  describeResourceType,
  describeSchema,
  type JsonObject,
  listResponse,
  type Schema,
  ScimError,
} from '@lockstep/scim';
import { textAnswer } from '../request/answer.ts';
import { type Call, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TenantShape } from '../tenant/tenant-shape.ts';
import { serviceProviderConfig } from './service-provider-config.ts';

/** The three endpoints that describe the service (RFC 7644 §4), true to the tenant's profile. */
export function describeService(call: Call): ScimResponse {
  requireGet(call);
  return json(serviceProviderConfig(call.base, call.limits));
}

/** `/ResourceTypes` and `/ResourceTypes/{id}`. */
export function describeResourceTypes(call: Call, id: string | undefined): ScimResponse {
  requireGet(call);
  const described = call.shape.types.map(({ type }) =>
    describeResourceType(type, `${call.base}/ResourceTypes/${type.id}`),
  );
  if (id === undefined) return list(described);
  return json(one(described, id, 'resource type'));
}

/** `/Schemas` and `/Schemas/{urn}`. */
export function describeSchemas(call: Call, id: string | undefined): ScimResponse {
  requireGet(call);
  const described = schemasOf(call.shape).map((schema) => describeSchema(schema, `${call.base}/Schemas/${schema.id}`));
  if (id === undefined) return list(described);
  return json(one(described, id, 'schema'));
}

function schemasOf(shape: TenantShape): readonly Schema[] {
  return shape.types.flatMap(({ type }) => [type.schema, ...type.extensions.map((extension) => extension.schema)]);
}

function one(described: readonly JsonObject[], id: string, what: string): JsonObject {
  const found = described.find((candidate) => String(candidate['id']).toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new ScimError('notFound', `there is no ${what} ${id.slice(0, 200)}`);
  return found;
}

/** @throws {ScimError} `methodNotAllowed`; `forbidden` for a filter, which RFC 7644 §4 rules out here */
function requireGet(call: Call): void {
  requireScope(call, 'read');
  if (call.request.method !== 'GET') {
    throw new ScimError('methodNotAllowed', 'this endpoint only describes the service; read it with GET', {
      headers: { allow: 'GET' },
    });
  }
  if (call.query.has('filter')) throw new ScimError('forbidden', 'filters are not supported here (RFC 7644 section 4)');
}

function list(described: readonly JsonObject[]): ScimResponse {
  return json(listResponse({ totalResults: described.length, startIndex: 1 }, described));
}

function json(body: JsonObject): ScimResponse {
  return textAnswer(200, JSON.stringify(body));
}
