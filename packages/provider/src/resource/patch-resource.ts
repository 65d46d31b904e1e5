import {
  applyPatch,
  compileElementMatcher,
  type Filter,
  findAttribute,
  type Json,
  type JsonObject,
  type PatchOperation,
  type RelationOperation,
  readPatchRequest,
  resolveElementFilter,
  splitRelations,
} from '@lockstep/scim';
import type { MemberChange, StoredResource } from '../ports/realm-store.ts';
import { emptyAnswer } from '../request/answer.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { inAppWords, withRows } from './create-resource.ts';
import { prepareResource } from './prepare-resource.ts';
import { readObject } from './read-object.ts';
import { notFound } from './read-resource.ts';
import { tagOf } from './render-resource.ts';
import { requireMatch, requireUpdates } from './replace-resource.ts';
import { resourceAnswer } from './resource-answer.ts';
import { readSelection } from './selection.ts';
import { whoIsLeft } from './who-is-left.ts';

/**
 * `PATCH /Users/{id}`, `PATCH /Groups/{id}` (RFC 7644 §3.5.2). Changes of members are handed to the store as set
 * operations, so a group costs what changes and not what it holds. The answer is 204; a request that names attributes, and
 * a user in the strict dialect, get 200 with the representation.
 */
export async function patchResource(call: Call, shape: TypeShape, id: string): Promise<ScimResponse> {
  requireScope(call, 'update');
  requireUpdates(call, shape);
  const body = await readJson(call);
  const operations = readPatchRequest(body, shape.fullType, {
    accepts: call.accepts,
    note: call.note,
    operationsMax: call.limits.patchOperationsMax,
  }).filter((operation) => isKept(call, operation, shape));
  const selection = readSelection(shape, call.query);
  const stored = await update(call, shape, { id, operations });
  const isShown = selection.projection !== undefined || (call.tenant.dialect === 'strict' && !shape.hasMembers);
  if (!isShown) return emptyAnswer(204, { etag: tagOf(stored) });
  const shown = await withRows(call, shape, stored, selection.include);
  const { projection } = selection;
  return resourceAnswer(call, shape, { stored: shown, projection, status: 200, headers: { etag: tagOf(stored) } });
}

/** An attribute the protocol knows and this app does not keep is read and left out, as on create, and noted. */
function isKept(call: Call, operation: PatchOperation, shape: TypeShape): boolean {
  if (operation.path === undefined || findAttribute(shape.type, operation.path.attribute) !== undefined) return true;
  call.note('unknownAttribute');
  return false;
}

async function update(
  call: Call,
  shape: TypeShape,
  patch: { readonly id: string; readonly operations: readonly PatchOperation[] },
): Promise<StoredResource> {
  const { attributes, relation } = shape.hasMembers
    ? splitRelations(patch.operations, shape.type, 'members')
    : { attributes: patch.operations, relation: [] };
  const members = relation.map((operation) => memberChange(operation, shape));
  try {
    const outcome = await call.realms.update(call.tenant.realm, { type: shape.type.name, id: patch.id }, (current) => {
      requireMatch(call, current);
      const before = readObject(current.text);
      const makeMissing = call.accepts.has('createOnFilterMiss');
      const applied = applyPatch(before, attributes, shape.type, { makeMissing, note: call.note });
      // Who updates an account leads it from then on: no later create may link it to somebody else.
      const change = { isManaged: true, ...(members.length === 0 ? {} : { members }) };
      if (!applied.changed) return { ...change, nowMs: call.nowMs };
      const resource = withoutId(staysDisabled(applied.resource, before));
      const { text, keys } = prepareResource(call, shape, { id: current.id, resource, before });
      const keeps = whoIsLeft(call, shape, { current, after: resource });
      return { text, keys, ...change, ...keeps, nowMs: call.nowMs };
    });
    if (outcome === undefined) throw notFound(shape, patch.id);
    return outcome.resource;
  } catch (error) {
    throw inAppWords(call, shape, error);
  }
}

/** Taking `active` away means no decision: an account that is switched off stays off until somebody says true. */
function staysDisabled(after: JsonObject, before: JsonObject): JsonObject {
  if (before['active'] !== false || after['active'] !== undefined) return after;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const kept: Record<string, Json> = {};
  for (const name of names) {
    const value = name === 'active' ? false : after[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

function memberChange(operation: RelationOperation, shape: TypeShape): MemberChange {
  if (operation.do !== 'removeWhere') return operation;
  const matches = memberMatcher(operation.filter, shape);
  return {
    do: 'removeWhere',
    matches: (member) => matches({ value: member.id, type: member.type, display: member.display }),
  };
}

function memberMatcher(filter: Filter, shape: TypeShape): ReturnType<typeof compileElementMatcher> {
  const found = findAttribute(shape.fullType, { name: 'members' });
  return found === undefined ? () => false : compileElementMatcher(resolveElementFilter(filter, found));
}

function withoutId<T extends { readonly id?: unknown }>(resource: T): Omit<T, 'id'> {
  const { id: _id, ...rest } = resource;
  return rest;
}
