import { type JsonObject, passesIfMatch, passesIfNoneMatch, readResource, ScimError } from '@lockstep/scim';
import type { StoredResource } from '../ports/realm-store.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { inAppWords, withRows } from './create-resource.ts';
import { keepImmutable } from './keep-immutable.ts';
import { prepareResource } from './prepare-resource.ts';
import { readObject } from './read-object.ts';
import { notFound } from './read-resource.ts';
import { refuse } from './refuse.ts';
import { tagOf } from './render-resource.ts';
import { resourceAnswer } from './resource-answer.ts';
import { readSelection } from './selection.ts';
import { whoIsLeft } from './who-is-left.ts';

/** `PUT /Users/{id}` (RFC 7644 §3.5.1). */
export async function replaceResource(call: Call, shape: TypeShape, id: string): Promise<ScimResponse> {
  requireScope(call, 'update');
  requireUpdates(call, shape);
  const body = await readJson(call);
  const resource = readResource(body, shape.type, { accepts: call.accepts, note: call.note, purpose: 'replace' });
  const selection = readSelection(shape, call.query);
  const stored = await update(call, shape, { id, resource });
  const shown = await withRows(call, shape, stored, selection.include);
  const { projection } = selection;
  return resourceAnswer(call, shape, { stored: shown, projection, status: 200, headers: { etag: tagOf(stored) } });
}

async function update(
  call: Call,
  shape: TypeShape,
  put: { readonly id: string; readonly resource: JsonObject },
): Promise<StoredResource> {
  try {
    const outcome = await call.realms.update(call.tenant.realm, { type: shape.type.name, id: put.id }, (current) => {
      requireMatch(call, current);
      const before = readObject(current.text);
      const resource = keepImmutable(keepActive(put.resource, before), before, shape);
      const { text, keys, memberIds } = prepareResource(call, shape, { id: current.id, resource, before });
      const members = memberIds === undefined ? {} : { members: [{ do: 'replace' as const, ids: memberIds }] };
      const keeps = whoIsLeft(call, shape, { current, after: resource });
      return { text, keys, ...members, ...keeps, isManaged: true, nowMs: call.nowMs };
    });
    if (outcome === undefined) throw notFound(shape, put.id);
    return outcome.resource;
  } catch (error) {
    throw inAppWords(call, shape, error);
  }
}

/** A replace that does not mention `active` never switches a disabled account on again. */
function keepActive(resource: JsonObject, before: JsonObject): JsonObject {
  const was = before['active'];
  return resource['active'] === undefined && was !== undefined ? { ...resource, active: was } : resource;
}

/**
 * @throws {ScimError} `preconditionFailed` when `If-Match` names another version (RFC 7644 §3.14), or `If-None-Match` this
 * one (RFC 9110 §13.1.2)
 */
export function requireMatch(call: Call, current: StoredResource): void {
  const tag = tagOf(current);
  if (!passesIfNoneMatch(call.request.header('if-none-match'), tag)) {
    throw new ScimError('preconditionFailed', 'If-None-Match rules out the version that is there');
  }
  if (passesIfMatch(call.request.header('if-match'), tag)) return;
  throw new ScimError('preconditionFailed', 'the resource has changed since the version in If-Match; read it again');
}

/** @throws {ScimError} in the app's words, when it takes no updates */
export function requireUpdates(call: Call, shape: TypeShape): void {
  if (shape.rules.actions.update) return;
  const { profile } = call.shape;
  const own = new ScimError('methodNotAllowed', `${profile.title} takes no updates of a ${shape.type.name} over SCIM`);
  throw refuse(profile, 'updateUser', own);
}
