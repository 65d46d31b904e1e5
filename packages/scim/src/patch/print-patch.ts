import type { Filter } from '../filter/filter.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { PatchPath } from '../path/path.ts';
import { printPath } from '../path/print-path.ts';
import { idsOfFilter } from './ids-of-filter.ts';
import { PATCH_SCHEMA, type PatchOperation, type PatchVerb } from './patch-operation.ts';

/**
 * How operations look on the wire. `rfc`: lower-case verbs, booleans, plain replaces gathered in one path-less replace,
 * as Entra sends with the flag `aadOptscim062020`. `entra-legacy`: what it sends without (Entra docs, "SCIM 2.0
 * protocol compliance of the provisioning service").
 */
export type PatchShape = 'rfc' | 'entra-legacy';

/** The body of a PATCH request (RFC 7644 §3.5.2). Both shapes mean the same to a server that knows both. */
export function patchBody(operations: readonly PatchOperation[], shape: PatchShape): JsonObject {
  const printed = shape === 'rfc' ? printRfc(operations) : operations.map(printLegacy);
  return { schemas: [PATCH_SCHEMA], Operations: printed };
}

/**
 * The gathered replace goes last. That changes nothing: only replaces of attributes that no other operation touches
 * are gathered.
 */
function printRfc(operations: readonly PatchOperation[]): readonly JsonObject[] {
  const gathered = operations.filter((operation) => isPlainReplace(operation) && standsAlone(operation, operations));
  if (gathered.length < 2) return operations.map((operation) => printOperation(operation.op, operation));
  const rest = operations.filter((operation) => !gathered.includes(operation));
  const value: [string, Json][] = gathered.flatMap(({ path, value: plain }) =>
    path === undefined || plain === undefined ? [] : [[printPath(path), plain]],
  );
  return [
    ...rest.map((operation) => printOperation(operation.op, operation)),
    { op: 'replace', value: Object.fromEntries(value) },
  ];
}

function isPlainReplace({ op, path, value }: PatchOperation): boolean {
  const isPlainPath = path !== undefined && path.filter === undefined && path.sub === undefined;
  return op === 'replace' && isPlainPath && value !== null && typeof value !== 'object' && value !== undefined;
}

function standsAlone(operation: PatchOperation, operations: readonly PatchOperation[]): boolean {
  return operations.every((other) => other === operation || !mayTouchSame(operation, other));
}

/** Two different sub-attributes of one attribute do not touch; an attribute touches its sub-attributes. */
function mayTouchSame(one: PatchOperation, other: PatchOperation): boolean {
  const a = one.path?.attribute;
  const b = other.path?.attribute;
  if (a === undefined || b === undefined) return true;
  const same = (left: string | undefined, right: string | undefined): boolean =>
    left?.toLowerCase() === right?.toLowerCase();
  if (same(a.urn, b.name) || same(b.urn, a.name)) return true;
  if (!same(a.urn, b.urn) || !same(a.name, b.name)) return false;
  return a.sub === undefined || b.sub === undefined || same(a.sub, b.sub);
}

function printOperation(op: string, operation: PatchOperation): JsonObject {
  const path = operation.path === undefined ? {} : { path: printPath(operation.path) };
  return operation.value === undefined ? { op, ...path } : { op, ...path, value: operation.value };
}

const legacyVerbs: Readonly<Record<PatchVerb, string>> = { add: 'Add', replace: 'Replace', remove: 'Remove' };

function printLegacy(operation: PatchOperation): JsonObject {
  const op = legacyVerbs[operation.op];
  const { path } = operation;
  const removed = operation.op === 'remove' && path !== undefined ? removedMembers(path) : undefined;
  if (removed !== undefined) return { op, path: 'members', value: removed.map((value) => ({ value })) };
  return printOperation(op, {
    op: operation.op,
    ...(path === undefined ? {} : { path: withTextBooleans(path) }),
    ...(operation.value === undefined ? {} : { value: booleansAsText(operation.value) }),
  });
}

function removedMembers(path: PatchPath): readonly string[] | undefined {
  if (path.attribute.name !== 'members' || path.filter === undefined || path.sub !== undefined) return undefined;
  return idsOfFilter(path.filter);
}

function withTextBooleans(path: PatchPath): PatchPath {
  return path.filter === undefined ? path : { ...path, filter: filterWithTextBooleans(path.filter) };
}

/** `roles[primary eq true]` is written `roles[primary eq "True"]` (Entra docs, app role mappings). */
function filterWithTextBooleans(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map(filterWithTextBooleans) };
    case 'not':
    case 'valuePath':
      return { ...filter, filter: filterWithTextBooleans(filter.filter) };
    case 'compare':
      return typeof filter.value === 'boolean' ? { ...filter, value: asText(filter.value) } : filter;
    case 'present':
      return filter;
  }
}

function booleansAsText(value: Json): Json {
  if (typeof value === 'boolean') return asText(value);
  if (isJsonArray(value)) return value.map(booleansAsText);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, booleansAsText(member)]));
}

function asText(value: boolean): string {
  return value ? 'True' : 'False';
}
