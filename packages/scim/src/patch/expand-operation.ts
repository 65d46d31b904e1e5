import { acceptDeviation, noteUnknown } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parsePatchPath } from '../path/parse-patch-path.ts';
import type { PatchPath } from '../path/path.ts';
import type { ReadOptions } from '../resource/read-simple-value.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { findAttribute, isWholeExtension } from '../schema/find-attribute.ts';
import { canonicalFilter } from './canonical-filter.ts';
import { findTarget, isReadOnly, locateTarget, type PatchTarget, targetPath } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';
import { readAssignment } from './read-assignment.ts';
import type { GivenOperation } from './read-given-operation.ts';
import { readRemoval } from './read-removal.ts';

/** What every step of reading a PATCH request knows. */
export interface ReadPatchContext {
  readonly type: ResourceType;
  readonly options: ReadOptions;
}

/** Rewrites one operation into operations in RFC shape, see `readPatchRequest`. */
export function expandOperation(given: GivenOperation, context: ReadPatchContext): readonly PatchOperation[] {
  if (given.path !== undefined) return operationsOn(readTarget(given.path, context), given, context);
  if (given.op === 'remove') return expandRemoval(given, context);
  if (given.value === undefined) throw new ScimError('invalidValue', `${given.op} needs a value`);
  if (isJsonObject(given.value)) return expandMembers(given.value, given, context);
  throw new ScimError('invalidValue', `without a path, the value of ${given.op} has to be an object`);
}

/** Paths by type that were read without a deviation, so that they mean the same to every client. */
const targets: WeakMap<ResourceType, Map<string, PatchTarget>> = new WeakMap();
const TARGETS_MAX = 500;
/** Longer paths hold ids, which hardly come twice. */
const REMEMBERED_LENGTH_MAX = 80;

function readTarget(text: string, context: ReadPatchContext): PatchTarget {
  const known = targets.get(context.type)?.get(text);
  if (known !== undefined) return known;
  let isPlain = true;
  const note: ReadOptions['note'] = (rule) => {
    isPlain = false;
    context.options.note?.(rule);
  };
  const target = parseTarget(text, { ...context, options: { ...context.options, note } });
  if (isPlain && text.length <= REMEMBERED_LENGTH_MAX) remember(text, context.type, target);
  return target;
}

function remember(text: string, type: ResourceType, target: PatchTarget): void {
  const known = targets.get(type) ?? new Map<string, PatchTarget>();
  if (known.size >= TARGETS_MAX) known.clear();
  targets.set(type, known.set(text, target));
}

function parseTarget(text: string, { type, options }: ReadPatchContext): PatchTarget {
  const path = parsePatchPath(text, { ...options, type });
  const target = locateTarget(withExtension(path, { type, options }), type);
  if (target.filter === undefined) return target;
  return { ...target, filter: canonicalFilter(target.filter, target.found, options) };
}

/**
 * Old samples name attributes of the enterprise extension without its URN, `manager` above all (Entra docs, "Tutorial:
 * Develop and plan provisioning for a SCIM endpoint"). Core attributes go first, so nothing is shadowed.
 */
function withExtension(path: PatchPath, { type, options }: ReadPatchContext): PatchPath {
  const { urn, name } = path.attribute;
  if (urn !== undefined || findAttribute(type, { name }) !== undefined) return path;
  const extension = type.extensions.find(({ schema }) => findAttribute(type, { urn: schema.id, name }) !== undefined);
  if (extension === undefined || !acceptDeviation(options, 'unknownSchemas')) return path;
  return { ...path, attribute: { ...path.attribute, urn: extension.schema.id } };
}

function operationsOn(
  target: PatchTarget,
  given: GivenOperation,
  context: ReadPatchContext,
): readonly PatchOperation[] {
  if (isWholeExtension(target.found)) return operationsOnExtension(target, given, context);
  return given.op === 'remove'
    ? readRemoval(target, given, context.options)
    : readAssignment(target, given, context.options);
}

/** The object of an extension is expanded, so that what its other attributes hold stays (RFC 7644 §3.5.2.1). */
function operationsOnExtension(
  target: PatchTarget,
  given: GivenOperation,
  context: ReadPatchContext,
): readonly PatchOperation[] {
  const { value } = given;
  if (isJsonObject(value)) return expandMembers(value, { ...given, path: target.found.schemaId }, context);
  if (given.op === 'remove' && isCleared(value)) return [{ op: 'remove', path: targetPath(target) }];
  if (value === null) return given.op === 'replace' ? [{ op: 'remove', path: targetPath(target) }] : [];
  throw new ScimError('invalidValue', `${target.found.schemaId} has to be an object`);
}

/**
 * A remove without a path fails (RFC 7644 §3.5.2.2), unless its value names what to remove as some clients have it:
 * `{"members": [...]}`. A null in there names nothing, and must not take away everything.
 */
function expandRemoval(given: GivenOperation, context: ReadPatchContext): readonly PatchOperation[] {
  const { value } = given;
  if (!isJsonObject(value) || !acceptDeviation(context.options, 'removeWithValue')) {
    throw new ScimError('noTarget', 'remove needs a path');
  }
  const named = Object.fromEntries(Object.entries(value).filter(([, member]) => !isCleared(member)));
  return expandMembers(named, given, context);
}

/** One operation for each member; with a `path` in `given`, the members are attributes of that schema. */
function expandMembers(
  members: JsonObject,
  given: GivenOperation,
  context: ReadPatchContext,
): readonly PatchOperation[] {
  const { path: urn, ...operation } = given;
  return Object.entries(members).flatMap(([name, value]) => {
    if (isCoreObject(name, value, context)) return expandMembers(value, operation, context);
    const target = memberTarget(name, urn, context);
    if (target === undefined) noteUnknown(value, context.options);
    if (target === undefined || isReadOnly(target)) return [];
    return operationsOn(target, { ...operation, value }, context);
  });
}

function isCoreObject(name: string, value: Json, { type }: ReadPatchContext): value is JsonObject {
  return isJsonObject(value) && name.toLowerCase() === type.schema.id.toLowerCase();
}

/** Where a member of a path-less value goes: by its name, or by the path its name is (`name.givenName`). */
function memberTarget(name: string, urn: string | undefined, context: ReadPatchContext): PatchTarget | undefined {
  const own = urn === undefined ? name : withoutUrn(name, urn, context);
  if (own !== name) return memberTarget(own, urn, context);
  const isPath = /[.:[]/.test(name);
  const plain: PatchPath = { attribute: urn === undefined ? { name } : { urn, name } };
  const direct = findTarget(isPath ? plain : withExtension(plain, context), context.type);
  if (direct !== undefined || !isPath) return direct;
  try {
    const target = readTarget(urn === undefined ? name : `${urn}:${name}`, context);
    context.options.note?.('dottedKey');
    return target;
  } catch (error) {
    // A name that leads nowhere is an unknown or readOnly member like any other.
    if (error instanceof ScimError) return undefined;
    throw error;
  }
}

function isCleared(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

/** The name of a member of an extension's object that repeats the URN of its schema. */
function withoutUrn(name: string, urn: string, { options }: ReadPatchContext): string {
  if (!name.toLowerCase().startsWith(`${urn.toLowerCase()}:`)) return name;
  return acceptDeviation(options, 'dottedKey') ? name.slice(urn.length + 1) : name;
}
