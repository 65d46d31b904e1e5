import { ScimError } from '../error.ts';
import type { Filter } from '../filter/filter.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { ResourceType } from '../schema/attribute.ts';
import { idsOfFilter } from './ids-of-filter.ts';
import { locateTarget, type PatchTarget } from './locate-target.ts';
import type { PatchOperation } from './patch-operation.ts';

/**
 * A change to a relation, such as the members of a group, in terms of ids: a store carries it out on rows without
 * loading the group. Ids are unique within one operation and in the order given.
 */
export type RelationOperation =
  | { readonly do: 'add'; readonly ids: readonly string[] }
  | { readonly do: 'remove'; readonly ids: readonly string[] }
  /** A filter over the elements that names more than ids, such as `type eq "Group"`. */
  | { readonly do: 'removeWhere'; readonly filter: Filter }
  | { readonly do: 'clear' }
  | { readonly do: 'replace'; readonly ids: readonly string[] };

/** A PATCH taken apart into what changes attributes and what changes a relation. */
export interface SplitPatch {
  readonly attributes: readonly PatchOperation[];
  /** In order; adjacent additions are one, and so are adjacent removals. */
  readonly relation: readonly RelationOperation[];
}

/**
 * Takes the operations on a relation out of a PATCH. The two halves do not depend on each other, so only the order
 * within each of them matters.
 *
 * @param relation name of a multi-valued core attribute whose elements have an immutable `value`
 * @throws {ScimError} `mutability` for a change to a part of an element or to the element behind a filter (RFC 7643
 *   §4.2: members are immutable); `invalidValue` for an element without `value`
 */
export function splitRelations(
  operations: readonly PatchOperation[],
  type: ResourceType,
  relation: 'members',
): SplitPatch {
  const attributes: PatchOperation[] = [];
  const relations: RelationOperation[] = [];
  for (const operation of operations) {
    const target = operation.path === undefined ? undefined : locateTarget(operation.path, type);
    if (target === undefined || target.found.isExtension || target.attribute.name !== relation) {
      attributes.push(operation);
    } else {
      relations.push(readRelation(operation, target));
    }
  }
  return { attributes, relation: mergeAdjacent(relations) };
}

function readRelation({ op, value }: PatchOperation, { attribute, filter, sub }: PatchTarget): RelationOperation {
  if (sub !== undefined || (filter !== undefined && op !== 'remove')) {
    throw new ScimError('mutability', `${attribute.name} are added and removed, never changed`);
  }
  if (op !== 'remove') return { do: op, ids: idsOf(value, attribute.name) };
  if (filter === undefined) return { do: 'clear' };
  const ids = idsOfFilter(filter);
  return ids === undefined ? { do: 'removeWhere', filter } : { do: 'remove', ids: [...new Set(ids)] };
}

function idsOf(value: Json | undefined, name: string): readonly string[] {
  const elements = isJsonArray(value) ? value : [value];
  const ids = elements.map((element) => {
    const id = isJsonObject(element) ? element['value'] : undefined;
    if (typeof id === 'string' && id !== '') return id;
    throw new ScimError('invalidValue', `each of ${name} needs a value with the id it stands for`);
  });
  return [...new Set(ids)];
}

/** Long lists are gathered in one set per run, so that a thousand single removals stay linear. */
function mergeAdjacent(operations: readonly RelationOperation[]): readonly RelationOperation[] {
  const merged: RelationOperation[] = [];
  let run: { readonly do: 'add' | 'remove'; readonly ids: Set<string> } | undefined;
  const endRun = (): void => {
    if (run !== undefined) merged.push({ do: run.do, ids: [...run.ids] });
    run = undefined;
  };
  for (const operation of operations) {
    const isRun = operation.do === 'add' || operation.do === 'remove';
    if (!isRun || run?.do !== operation.do) endRun();
    if (!isRun) merged.push(operation);
    else if (run === undefined) run = { do: operation.do, ids: new Set(operation.ids) };
    else for (const id of operation.ids) run.ids.add(id);
  }
  endRun();
  return merged;
}
