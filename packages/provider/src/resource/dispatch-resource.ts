import { ScimError } from '@lockstep/scim';
import type { TokenScope } from '../ports/tenant-store.ts';
import { type Call, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { createResource } from './create-resource.ts';
import { deleteResource } from './delete-resource.ts';
import { learnFromBody } from './learn-from-body.ts';
import { patchResource } from './patch-resource.ts';
import { queryByBody, queryByUrl } from './query-resources.ts';
import { readResourceById } from './read-resource.ts';
import { refuse } from './refuse.ts';
import { replaceResource } from './replace-resource.ts';

/**
 * The resource type behind the first segment of a path, in any case.
 *
 * @throws {ScimError} `notFound`; in the app's words for groups it does not have
 */
export function resourceShape(call: Call, name: string): TypeShape {
  const endpoint = `/${name.toLowerCase()}`;
  const shape = call.shape.types.find((one) => one.type.endpoint.toLowerCase() === endpoint);
  if (shape !== undefined) return shape;
  if (endpoint === '/groups') {
    const own = new ScimError('notImplemented', `${call.shape.profile.title} has no groups over SCIM`);
    throw refuse(call.shape.profile, 'noGroups', own);
  }
  throw unknownEndpoint();
}

/** The refusal of a path that leads nowhere. */
export function unknownEndpoint(): ScimError {
  return new ScimError('notFound', 'there is no such endpoint; see /ResourceTypes for those there are');
}

/** Answers a request to a resource type or to one of its resources. */
export async function dispatchResource(call: Call, shape: TypeShape, id: string | undefined): Promise<ScimResponse> {
  const { method } = call.request;
  if (id === undefined) {
    if (method === 'GET') return queryByUrl(call, shape);
    if (method === 'POST') return informed(call, shape, { scope: 'create', answer: createResource });
    throw notAllowed(method, 'GET, POST');
  }
  if (id === '.search') {
    if (method === 'POST') return queryByBody(call, shape);
    throw notAllowed(method, 'POST');
  }
  switch (method) {
    case 'GET':
      return readResourceById(call, shape, id);
    case 'PUT':
      return informed(call, shape, {
        scope: 'update',
        answer: (ready, known) => replaceResource(ready, known, id),
      });
    case 'PATCH':
      return informed(call, shape, {
        scope: 'update',
        answer: (ready, known) => patchResource(ready, known, id),
      });
    case 'DELETE':
      return deleteResource(call, shape, id);
    default:
      throw notAllowed(method, 'GET, PUT, PATCH, DELETE');
  }
}

interface Writing {
  readonly scope: TokenScope;
  answer(call: Call, shape: TypeShape): Promise<ScimResponse>;
}

/** Answers a request that writes, after what it teaches a tenant that learns; who may not write teaches nothing. */
async function informed(call: Call, shape: TypeShape, writing: Writing): Promise<ScimResponse> {
  requireScope(call, writing.scope);
  const ready = await learnFromBody(call, shape);
  return writing.answer(ready.call, ready.shape);
}

/** The refusal of a method, with those that are possible. */
export function notAllowed(method: string, allow: string): ScimError {
  return new ScimError('methodNotAllowed', `${method} is not possible here; ${allow} is`, { headers: { allow } });
}
