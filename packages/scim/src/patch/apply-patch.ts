import type { NoteDeviation } from '../dialect/dialect.ts';
import { ScimError } from '../error.ts';
import type { Filter } from '../filter/filter.ts';
import { compileElementMatcher } from '../filter/match-filter.ts';
import { resolveElementFilter } from '../filter/resolve-filter.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { type FoundAttribute, isWholeExtension } from '../schema/find-attribute.ts';
import { changeElements } from './change-elements.ts';
import { changePart, changeValue, elementsOf, type ValueChange } from './change-value.ts';
import { locateTarget, type PatchTarget } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';
import { requireValues } from './require-values.ts';
import { sameJson } from './same-json.ts';
import { settleMembers } from './settle-members.ts';

/** How to apply operations. */
export interface ApplyPatchOptions {
  /**
   * Whether an `add` or `replace` whose filter matches nothing makes the element the filter describes, and a `remove`
   * of what is not there succeeds: the rule `createOnFilterMiss` of the tenant's dialect. Otherwise both are answered
   * with `noTarget`, except that a member may be removed twice.
   */
  readonly makeMissing: boolean;
  /** Told of each element made for a filter without a match. */
  readonly note?: NoteDeviation;
}

/** A resource after a PATCH. */
export interface PatchedResource {
  /** The very object that was given, when nothing changed. */
  readonly resource: JsonObject;
  /** Whether anything differs, the order of members aside. */
  readonly changed: boolean;
}

/**
 * Applies operations in order to a resource in canonical form (RFC 7644 §3.5.2). All or none: the given resource is
 * never touched, and an error leaves nothing half done. Only names of the schema are written; `id`, `meta` and
 * whatever else a provider keeps in the resource stay. `schemas` follows the extensions present.
 *
 * @param operations as `readPatchRequest` gives them: values are taken to have the type of their attribute
 * @throws {ScimError} `invalidPath`, `invalidFilter`, `noTarget`, `invalidValue`, `mutability` (also when a required
 *   attribute ends without a value, RFC 7644 §3.5.2.2)
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  type: ResourceType,
  options: ApplyPatchOptions,
): PatchedResource {
  let patched = resource;
  const touched: PatchTarget[] = [];
  for (const operation of operations) {
    if (operation.path === undefined) throw new ScimError('invalidPath', 'an operation to apply needs a path');
    const target = locateTarget(operation.path, type);
    touched.push(target);
    patched = applyAt(patched, target, { change: operation, options });
  }
  if (sameJson(patched, resource)) return { resource, changed: false };
  requireValues(patched, touched);
  return { resource: settleMembers(patched, type), changed: true };
}

interface Application {
  readonly change: ValueChange;
  readonly options: ApplyPatchOptions;
}

function applyAt(resource: JsonObject, target: PatchTarget, application: Application): JsonObject {
  const { found } = target;
  const { schemaId } = found;
  if (!found.isExtension || isWholeExtension(found)) return applyIn(resource, target, application);
  const before = resource[schemaId];
  const extension = isJsonObject(before) ? before : {};
  const after = applyIn(extension, target, application);
  if (after === extension) return resource;
  return withMember(resource, schemaId, Object.keys(after).length === 0 ? undefined : after);
}

/** Applies a change to an attribute of the object that holds it: the resource, or the object of an extension. */
function applyIn(holder: JsonObject, target: PatchTarget, application: Application): JsonObject {
  const { name } = target.attribute;
  const before = holder[name];
  const after = valueAt(before, target, application);
  return after === before ? holder : withMember(holder, name, after);
}

function valueAt(before: Json | undefined, target: PatchTarget, { change, options }: Application): Json | undefined {
  const { attribute, filter, found, sub } = target;
  if (attribute.multiValued && (filter !== undefined || sub !== undefined)) {
    const elements = elementsOf(before);
    const matches = filter === undefined ? () => true : elementMatcher(filter, found);
    const after = changeElements(elements, { attribute, matches, change, ...options, ...selected(target) });
    if (after === elements) return before;
    return after.length === 0 ? undefined : after;
  }
  if (sub === undefined) return changeValue(before, attribute, change);
  const whole = isJsonObject(before) ? before : {};
  const after = changePart(whole, sub, { attribute, change });
  return after === whole ? before : after;
}

function selected({ filter, sub }: PatchTarget): Pick<PatchTarget, 'filter' | 'sub'> {
  return { ...(filter === undefined ? {} : { filter }), ...(sub === undefined ? {} : { sub }) };
}

const matchers: WeakMap<Filter, { readonly found: FoundAttribute; readonly matches: (element: Json) => boolean }> =
  new WeakMap();

function elementMatcher(filter: Filter, found: FoundAttribute): (element: Json) => boolean {
  const known = matchers.get(filter);
  if (known?.found === found) return known.matches;
  const matches = compileElementMatcher(resolveElementFilter(filter, found));
  matchers.set(filter, { found, matches });
  return matches;
}

/** A copy with one member set, or taken away for `undefined`. */
function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _removed, ...rest } = object;
  return rest;
}
