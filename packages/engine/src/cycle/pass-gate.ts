import { type FingerprintOf, fingerprintOf } from '../guard/fingerprint.ts';
import { removalKindOf } from '../guard/removal-kind.ts';
import type { RemovalKind, StagedRemoval } from '../ports/staged-removal.ts';
import type { CycleRun } from './cycle-run.ts';
import type { Examined } from './examined.ts';

/** Whether the plan for an object may be carried out. */
export type Gate =
  /** Yes, or there is nothing to carry out; with it these staged removals are settled. */
  | { readonly do: 'pass'; readonly unstaged: readonly string[] }
  /** It waits until the removals of the whole cycle are counted. */
  | { readonly do: 'hold'; readonly kind: Exclude<RemovalKind, 'membership'> }
  /** A person has to decide, or has decided against it. */
  | {
      readonly do: 'keep';
      readonly code: 'TooManyDeletes' | 'RemovalRejected' | 'PlanOutdated';
      readonly text: string;
    };

/** Removals of some objects that the guard held before, memberships apart. */
export async function stagedBySource(
  run: CycleRun,
  items: readonly Examined[],
): Promise<ReadonlyMap<string, readonly StagedRemoval[]>> {
  const [first] = items;
  if (!run.hasStaged || first === undefined) return new Map();
  const ids = items.map((item) => item.id);
  const found = await run.ports.store.stagedOf(run.job.definition.id, first.objectType, ids);
  return Map.groupBy(
    found.filter((one) => one.kind !== 'membership'),
    (one) => one.sourceId,
  );
}

/** Looks whether a plan takes something away, and what was said about it (rules DEL-1 to DEL-4). */
export function passGate(run: CycleRun, item: Examined, staged: readonly StagedRemoval[]): Gate {
  const plan = item.finding.kind === 'plan' ? item.finding.plan : undefined;
  const ids = staged.map((one) => one.id);
  const veto = run.veto?.(item);
  if (veto !== undefined) return { do: 'keep', code: 'PlanOutdated', text: veto };
  // What could not be planned says nothing about what waits.
  if (plan === undefined) return { do: 'pass', unstaged: [] };
  const kind = removalKindOf(plan, run.job.definition.guard ?? {});
  if (kind === undefined) return { do: 'pass', unstaged: ids };
  const known = staged.find((one) => one.kind === kind);
  if (known?.state === 'approved') return { do: 'pass', unstaged: ids };
  if (known?.state === 'pending') {
    return { do: 'keep', code: 'TooManyDeletes', text: `${known.reason} It waits to be approved or rejected.` };
  }
  if (known?.state === 'rejected' && known.fingerprint === fingerprintOf(fingerprintSource(item))) {
    const text = `${known.reason} It was rejected, and is kept back until the object changes.`;
    return { do: 'keep', code: 'RemovalRejected', text };
  }
  return run.heldBack === undefined ? { do: 'pass', unstaged: ids } : { do: 'hold', kind };
}

/** What of the directory's object decides whether a rejection still holds. */
export function fingerprintSource({ source }: Pick<Examined, 'source'>): FingerprintOf {
  return source.objectType === 'user' ? source.user : source.group;
}
