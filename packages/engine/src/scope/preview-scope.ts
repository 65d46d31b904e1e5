import type { ScopeClause, ScopeFilter } from '@lockstep/gallery';
import type { DirectoryUser } from '../ports/directory.ts';
import { failuresOf, filterSource, type JobScope, judgeScope, type OutOfScope } from './judge-scope.ts';

/** How many people one clause kept out. */
export interface ScopeFailureCount {
  readonly filter: ScopeFilter;
  readonly clause: ScopeClause;
  readonly count: number;
}

/** What a scope would let in. */
export interface ScopePreview {
  readonly total: number;
  readonly inScope: number;
  /** People who pass the filters, whether or not they are assigned and enabled. */
  readonly passFilters: number;
  /** People outside, by what decided. */
  readonly outside: Readonly<Record<OutOfScope, number>>;
  /** First failing clause of each filter, most frequent first. A person fails one clause in each filter. */
  readonly failures: readonly ScopeFailureCount[];
}

/** Counts whom a scope lets in and which clauses keep the others out. Judges as the cycle does, and changes nothing. */
export function previewScope(people: Iterable<DirectoryUser>, scope: JobScope): ScopePreview {
  const outside = { 'not-assigned': 0, filter: 0, 'soft-deleted': 0, 'hard-deleted': 0, disabled: 0 };
  const counts = new Map<ScopeClause, { filter: ScopeFilter; count: number }>();
  const sum = { total: 0, inScope: 0, passFilters: 0 };
  for (const user of people) {
    sum.total += 1;
    const verdict = judgeScope(user, scope);
    if (verdict.inScope) sum.inScope += 1;
    else outside[verdict.because] += 1;
    const failures = failuresOf(filterSource(user), scope.filters);
    if (failures === undefined) sum.passFilters += 1;
    for (const { clause, filter } of failures ?? []) {
      const known = counts.get(clause);
      if (known === undefined) counts.set(clause, { filter, count: 1 });
      else known.count += 1;
    }
  }
  const failures = [...counts].map(([clause, { filter, count }]) => ({ filter, clause, count }));
  return { ...sum, outside, failures: failures.toSorted((first, second) => second.count - first.count) };
}
