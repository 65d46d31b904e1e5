import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ReadOptions } from '../resource/read-simple-value.ts';
import { readElement, readValue } from '../resource/read-value.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { type PatchTarget, targetPath } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';
import type { GivenOperation } from './read-given-operation.ts';

/**
 * Reads an `add` or `replace` at a path. A value that counts as absent unassigns the attribute (RFC 7643 §2.5), except
 * that adding nothing to a list changes nothing.
 *
 * @throws {ScimError} `invalidValue` when the value is missing or does not fit the attribute
 */
export function readAssignment(
  target: PatchTarget,
  given: GivenOperation,
  options: ReadOptions,
): readonly PatchOperation[] {
  if (given.value === undefined) throw new ScimError('invalidValue', `${given.op} needs a value`);
  const value = readTargetValue(target, given.value, { op: given.op, options });
  const path = targetPath(target);
  const parts = clearedParts(target, given.value, options);
  if (value === undefined) return clearing(target, given, parts);
  const assignment: PatchOperation = { op: given.op, path, value };
  // A replaced element keeps nothing anyway; a single complex value keeps the parts that are not named.
  if (given.op === 'add' || target.attribute.multiValued) return [assignment];
  return [assignment, ...parts.map((part) => removalOf(target, part))];
}

interface ReadingAs {
  readonly op: GivenOperation['op'];
  readonly options: ReadOptions;
}

function readTargetValue(target: PatchTarget, value: Json, { op, options }: ReadingAs): Json | undefined {
  const { attribute, filter, sub } = target;
  if (sub !== undefined) {
    return readValue(listed(value, sub, { op, options }), sub, { ...options, parent: attribute.name });
  }
  if (filter !== undefined) return readElement(onlyElement(value, options), attribute, options);
  return readValue(listed(value, attribute, { op, options }), attribute, options);
}

/** A list of one behind a path that names one element is that element. */
function onlyElement(value: Json, options: ReadOptions): Json {
  if (!isJsonArray(value) || value.length !== 1) return value;
  return acceptDeviation(options, 'singleForMultiValued') ? (value[0] ?? null) : value;
}

/** `add` names one value or several (RFC 7644 §3.5.2.1); a text is one element where the dialect takes it for one. */
function listed(value: Json, attribute: Attribute, { op, options }: ReadingAs): Json {
  if (!attribute.multiValued || Array.isArray(value) || value === null || value === '') return value;
  const isComplex = attribute.subAttributes !== undefined;
  if (isComplex && typeof value === 'string') return options.accepts?.has('memberAsText') === true ? [value] : value;
  return op === 'add' && isComplex === isJsonObject(value) ? [value] : value;
}

/** Sub-attributes a complex value names only to clear them. */
function clearedParts({ attribute, sub }: PatchTarget, value: Json, options: ReadOptions): readonly Attribute[] {
  if (sub !== undefined || attribute.subAttributes === undefined || !isJsonObject(value)) return [];
  return attribute.subAttributes.filter((part) => {
    const given = part.mutability === 'readOnly' ? undefined : memberNamed(value, attribute, part);
    return given !== undefined && readValue(given, part, options) === undefined;
  });
}

function memberNamed(value: JsonObject, attribute: Attribute, part: Attribute): Json | undefined {
  return Object.entries(value).find(([name]) => findNamed(attribute.subAttributes ?? [], name) === part)?.[1];
}

function clearing(target: PatchTarget, given: GivenOperation, parts: readonly Attribute[]): readonly PatchOperation[] {
  const { attribute, filter, sub } = target;
  const isList = (sub ?? attribute).multiValued && filter === undefined;
  if (given.op === 'add' && (isList || (filter !== undefined && sub === undefined))) return [];
  const clearsAll: readonly PatchOperation[] = [{ op: 'remove', path: targetPath(target) }];
  if (!isJsonObject(given.value) || Object.keys(given.value).length === 0) return clearsAll;
  // What is left are objects of which nothing could be read: parts to clear, or only names nobody knows.
  if (parts.some((part) => part.name === 'value')) return clearsAll;
  if (given.op === 'add') return [];
  return filter === undefined ? parts.map((part) => removalOf(target, part)) : [];
}

function removalOf(target: PatchTarget, part: Attribute): PatchOperation {
  return { op: 'remove', path: targetPath({ ...target, sub: part }) };
}
