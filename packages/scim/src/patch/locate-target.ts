import { ScimError } from '../error.ts';
import type { Filter } from '../filter/filter.ts';
import type { AttributePath, PatchPath } from '../path/path.ts';
import { printPath } from '../path/print-path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { type FoundAttribute, findAttribute, findNamed, isWholeExtension } from '../schema/find-attribute.ts';

/** Where an operation acts: an attribute, perhaps some of its elements, perhaps one of their parts. */
export interface PatchTarget {
  readonly found: FoundAttribute;
  readonly attribute: Attribute;
  /** Over the elements of `attribute`, which then is multi-valued. */
  readonly filter?: Filter;
  /** The sub-attribute named by the path, with or without brackets before it. */
  readonly sub?: Attribute;
}

/**
 * Ties a path to the schemas of a resource type.
 *
 * @throws {ScimError} `invalidPath` when the type has no such attribute, or brackets stand behind a single value;
 *   `mutability` when the attribute is readOnly (RFC 7644 §3.5.2)
 */
export function locateTarget(path: PatchPath, type: ResourceType): PatchTarget {
  const known = located.get(path);
  if (known?.type === type) return known.target;
  const target = judgedTarget(path, type);
  located.set(path, { type, target });
  return target;
}

/** Paths that were tied already: what a directory sends names the same few attributes over and over. */
const located: WeakMap<PatchPath, { readonly type: ResourceType; readonly target: PatchTarget }> = new WeakMap();

function judgedTarget(path: PatchPath, type: ResourceType): PatchTarget {
  const target = findTarget(path, type);
  if (target === undefined) throw new ScimError('invalidPath', `${type.name} has no attribute ${printPath(path)}`);
  if (target.filter !== undefined && !target.attribute.multiValued) {
    throw new ScimError('invalidPath', `${target.attribute.name} has one value only and cannot be filtered`);
  }
  if (isReadOnly(target)) throw new ScimError('mutability', `${printPath(path)} is readOnly`);
  return target;
}

/** As `locateTarget`, without judging: `undefined` when the type has no such attribute. */
export function findTarget(path: PatchPath, type: ResourceType): PatchTarget | undefined {
  const subName = path.attribute.sub ?? path.sub;
  const found = findAttribute(type, withoutSub(path.attribute));
  if (found === undefined) return undefined;
  const { attribute } = found;
  const filter = path.filter === undefined ? {} : { filter: path.filter };
  if (subName === undefined) return { found, attribute, ...filter };
  const sub = findNamed(attribute.subAttributes ?? [], subName);
  return sub === undefined || isWholeExtension(found) ? undefined : { found, attribute, ...filter, sub };
}

function withoutSub(path: AttributePath): AttributePath {
  if (path.sub === undefined) return path;
  return path.urn === undefined ? { name: path.name } : { urn: path.urn, name: path.name };
}

/** Whether a client must not write there. */
export function isReadOnly({ attribute, sub }: PatchTarget): boolean {
  return attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
}

/** The path of a target, in the spelling of the schema: no URN for core attributes, the canonical one for the rest. */
export function targetPath(target: PatchTarget): PatchPath {
  const known = paths.get(target);
  if (known !== undefined) return known;
  const path = pathOf(target);
  paths.set(target, path);
  return path;
}

const paths: WeakMap<PatchTarget, PatchPath> = new WeakMap();

function pathOf({ found, attribute, filter, sub }: PatchTarget): PatchPath {
  const urn = found.isExtension && !isWholeExtension(found) ? { urn: found.schemaId } : {};
  const name: AttributePath = { ...urn, name: attribute.name };
  if (filter === undefined) return { attribute: sub === undefined ? name : { ...name, sub: sub.name } };
  return sub === undefined ? { attribute: name, filter } : { attribute: name, filter, sub: sub.name };
}

/**
 * Whether an attribute lists other resources, such as the members of a group: what an element points at can never
 * change, so its `value` alone says which element it is (RFC 7643 §4.2).
 */
export function isRelation(attribute: Attribute): boolean {
  return attribute.multiValued && findNamed(attribute.subAttributes ?? [], 'value')?.mutability === 'immutable';
}
