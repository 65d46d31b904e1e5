import type { ScopeClause, ScopeFilter } from '@lockstep/gallery';
import { groupAttributes } from '../mapping/source-object.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';
import {
  type FailedFilter,
  failuresOf,
  filterSource,
  type JobScope,
  judgeGroupScope,
  judgeScope,
  type OutOfScope,
  type ScopeVerdict,
} from './judge-scope.ts';

/** How many objects one clause kept out. */
export interface ScopeFailureCount {
  readonly filter: ScopeFilter;
  readonly clause: ScopeClause;
  readonly count: number;
}

/** What a scope would let in. */
export interface ScopePreview {
  readonly total: number;
  readonly inScope: number;
  /** Objects that pass the filters, whether or not they are assigned and enabled. */
  readonly passFilters: number;
  /** Objects outside, by what decided. */
  readonly outside: Readonly<Record<OutOfScope, number>>;
  /** First failing clause of each filter, most frequent first. An object fails one clause in each filter. */
  readonly failures: readonly ScopeFailureCount[];
}

/**
 * Counts which people a scope lets in and which clauses keep the others out. Judges as the cycle does, and changes nothing.
 *
 * @param onVerdict told about each, for samples
 */
export function previewScope(
  people: Iterable<DirectoryUser>,
  scope: JobScope,
  onVerdict: (user: DirectoryUser, verdict: ScopeVerdict) => void = () => undefined,
): ScopePreview {
  const failed = (user: DirectoryUser) => failuresOf(filterSource(user), scope.filters);
  return count(people, { judge: (user) => judgeScope(user, scope), failed, onVerdict });
}

/** As `previewScope`, of groups. */
export function previewGroupScope(
  groups: Iterable<DirectoryGroup>,
  scope: JobScope,
  onVerdict: (group: DirectoryGroup, verdict: ScopeVerdict) => void = () => undefined,
): ScopePreview {
  const failed = (group: DirectoryGroup) => failuresOf(groupAttributes(group), scope.filters);
  return count(groups, { judge: (group) => judgeGroupScope(group, scope), failed, onVerdict });
}

interface Judging<T> {
  readonly judge: (object: T) => ScopeVerdict;
  readonly failed: (object: T) => readonly FailedFilter[] | undefined;
  readonly onVerdict: (object: T, verdict: ScopeVerdict) => void;
}

function count<T>(objects: Iterable<T>, { judge, failed, onVerdict }: Judging<T>): ScopePreview {
  const outside = { 'not-assigned': 0, filter: 0, 'soft-deleted': 0, 'hard-deleted': 0, disabled: 0 };
  const counts = new Map<ScopeClause, { filter: ScopeFilter; count: number }>();
  const sum = { total: 0, inScope: 0, passFilters: 0 };
  for (const object of objects) {
    sum.total += 1;
    const verdict = judge(object);
    onVerdict(object, verdict);
    if (verdict.inScope) sum.inScope += 1;
    else outside[verdict.because] += 1;
    const failures = failed(object);
    if (failures === undefined) sum.passFilters += 1;
    for (const { clause, filter } of failures ?? []) {
      const known = counts.get(clause);
      if (known === undefined) counts.set(clause, { filter, count: 1 });
      else known.count += 1;
    }
  }
  const failures = [...counts].map(([clause, { filter, count: one }]) => ({ filter, clause, count: one }));
  return { ...sum, outside, failures: failures.toSorted((first, second) => second.count - first.count) };
}
