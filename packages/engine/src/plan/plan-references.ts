import { isJsonObject, type Json, type JsonObject, type PatchOperation } from '@lockstep/scim';
import { readTarget } from '../mapping/read-target.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import type { Change } from './plan.ts';

/** What a reference to one object should be. */
export type WantedReference =
  | { readonly kind: 'none' }
  /** The referenced object has this account. */
  | { readonly kind: 'account'; readonly targetId: string }
  /** It has none yet: the reference waits, and what the app has stays. */
  | { readonly kind: 'unresolved' };

/** A reference that has to be written; undefined when the account is right already, or has to wait. */
export interface ReferencePlan {
  readonly operations: readonly PatchOperation[];
  readonly changes: readonly Change[];
}

/** Plans a reference to one object, such as a manager. A reference that is gone in the directory is removed in the app. */
export function planReference(path: TargetPath, wanted: WantedReference, view: JsonObject): ReferencePlan | undefined {
  if (wanted.kind === 'unresolved') return undefined;
  const current = referenceOf(path, view);
  const next = wanted.kind === 'account' ? wanted.targetId : undefined;
  if (current === next) return undefined;
  const value: Json | undefined = path.sub === undefined && next !== undefined ? { value: next } : next;
  const operation: PatchOperation =
    value === undefined ? { op: 'remove', path: path.patch } : { op: 'replace', path: path.patch, value };
  const changes = [{ attribute: path.text, oldValue: current ?? null, newValue: next ?? null }];
  return { operations: [operation], changes };
}

/** The id of the account that a reference of an account names. */
export function referenceOf(path: TargetPath, view: JsonObject): string | undefined {
  return referencedId(readTarget(view, path));
}

/** Apps answer a reference as an object, as text, or as a list with one of them. */
function referencedId(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (Array.isArray(value)) return referencedId(value[0]);
  return isJsonObject(value) ? referencedId(value['value']) : undefined;
}

/** One PATCH request's share of a membership change. */
export interface MemberBatch {
  readonly addedIds: readonly string[];
  readonly removedIds: readonly string[];
  readonly operations: readonly PatchOperation[];
}

/** Most members one PATCH request names, unless the job says otherwise; some apps take no more. */
export const MEMBER_BATCH_DEFAULT = 100;

/**
 * Plans a membership change as the difference of two sets of account ids: only ids that come or go are sent. Removals come
 * first, so that a group never holds more than it should.
 *
 * @param current members the app is known to have
 * @param wanted members it should have
 */
export function planMembers(
  path: TargetPath,
  change: { readonly current: Iterable<string>; readonly wanted: Iterable<string> },
  batchMax: number = MEMBER_BATCH_DEFAULT,
): readonly MemberBatch[] {
  const current = new Set(change.current);
  const wanted = new Set(change.wanted);
  const removed = [...current].filter((id) => !wanted.has(id));
  const added = [...wanted].filter((id) => !current.has(id));
  const batches: MemberBatch[] = [];
  for (let at = 0; at < removed.length + added.length; at += batchMax) {
    const removedIds = removed.slice(at, at + batchMax);
    const addedFrom = Math.max(0, at - removed.length);
    const addedIds = added.slice(addedFrom, Math.max(0, at + batchMax - removed.length));
    batches.push({ addedIds, removedIds, operations: memberOperations(path, addedIds, removedIds) });
  }
  return batches;
}

function memberOperations(
  path: TargetPath,
  addedIds: readonly string[],
  removedIds: readonly string[],
): readonly PatchOperation[] {
  const removals = removedIds.map((id): PatchOperation => {
    const filter = { kind: 'compare', path: { name: 'value' }, operator: 'eq', value: id } as const;
    return { op: 'remove', path: { attribute: path.patch.attribute, filter } };
  });
  if (addedIds.length === 0) return removals;
  return [...removals, { op: 'add', path: path.patch, value: addedIds.map((value) => ({ value })) }];
}
