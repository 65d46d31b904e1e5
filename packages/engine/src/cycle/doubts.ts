import type { Intent, ObjectType } from '../ports/engine-store.ts';
import { type CycleRun, escrowKey } from './cycle-run.ts';

/** Writes nobody knows the end of, by object: what an earlier run left open, and what this one adds. */
export interface Doubts {
  /** Intents of one object, none when nothing is in doubt about it. */
  of(objectType: ObjectType, sourceId: string): readonly Intent[];
  ofType(objectType: ObjectType): readonly Intent[];
  add(intent: Intent): void;
  /** The object is looked at now: whatever is in doubt about it so far may be closed afterwards. */
  lookAt(objectType: ObjectType, sourceId: string): void;
  looked(): readonly Intent[];
  /** Looked at in vain: what was in doubt stays so. */
  keep(intents: readonly Intent[]): void;
  close(intents: readonly Intent[]): void;
}

export function createDoubts(open: readonly Intent[]): Doubts {
  const byObject = new Map<string, Intent[]>();
  const looked = new Set<Intent>();
  const add = (intent: Intent): void => {
    const key = escrowKey(intent.objectType, intent.sourceId);
    byObject.set(key, [...(byObject.get(key) ?? []), intent]);
  };
  const of = (objectType: ObjectType, sourceId: string): readonly Intent[] =>
    byObject.get(escrowKey(objectType, sourceId)) ?? [];
  for (const intent of open) add(intent);
  return {
    of,
    ofType: (objectType) => [...byObject.values()].flat().filter((one) => one.objectType === objectType),
    add,
    lookAt: (objectType, sourceId) => {
      for (const intent of of(objectType, sourceId)) looked.add(intent);
    },
    looked: () => [...looked],
    keep: (intents) => {
      for (const intent of intents) looked.delete(intent);
    },
    close: (intents) => {
      for (const intent of intents) {
        looked.delete(intent);
        const key = escrowKey(intent.objectType, intent.sourceId);
        const rest = (byObject.get(key) ?? []).filter((one) => one !== intent);
        if (rest.length === 0) byObject.delete(key);
        else byObject.set(key, rest);
      }
    },
  };
}

/**
 * Closes the intents of objects that were looked at. Where the look failed in a way that says nothing about the account, the
 * intent stays, unless a later one of the same object stands for it.
 */
export async function settleDoubts(run: CycleRun): Promise<void> {
  const looked = run.doubts.looked();
  if (looked.length === 0 || run.ports.isStopping()) return;
  const stays = await failedLooks(run, looked);
  const seen = new Set(looked);
  const isFollowed = (one: Intent): boolean =>
    run.doubts.of(one.objectType, one.sourceId).some((other) => !seen.has(other));
  const kept = looked.filter((one) => stays.has(escrowKey(one.objectType, one.sourceId)) && !isFollowed(one));
  const keptSet = new Set(kept);
  const closed = looked.filter((one) => !keptSet.has(one));
  await run.record(closed.map(({ objectType, sourceId, id }) => ({ objectType, sourceId, intentId: id })));
  run.doubts.close(closed);
  run.doubts.keep(kept);
}

/** Keys of the objects whose stored failure leaves open whether the account is as it should be. */
export async function failedLooks(run: CycleRun, intents: readonly Intent[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const objectType of ['user', 'group'] as const) {
    const ids = [...new Set(intents.filter((one) => one.objectType === objectType).map((one) => one.sourceId))];
    if (ids.length === 0) continue;
    for (const escrow of await run.ports.store.escrows(run.job.definition.id, objectType, ids)) {
      if (MAY_PASS.has(escrow.errorCode)) keys.add(escrowKey(objectType, escrow.sourceId));
    }
  }
  return keys;
}

/** Failures that say nothing about whether the account is there. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'InternalServerError',
  'Timeout',
  'WebExceptionProtocolError',
  'ServiceIncompatible',
  'TooManyRequests',
  'InsufficientRights',
]);
