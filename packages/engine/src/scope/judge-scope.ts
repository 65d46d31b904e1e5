import type { ScopeClause, ScopeFilter } from '@lockstep/gallery';
import type { SourceObject } from '../expression/step.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';
import { type CompiledFilter, textsOf } from './scoping-filter.ts';

/** Why an object is outside. */
export type OutOfScope = 'not-assigned' | 'filter' | 'soft-deleted' | 'hard-deleted' | 'disabled';

/** A filter that failed: its first clause that did not hold, and what the object has there. */
export interface FailedFilter {
  readonly filter: ScopeFilter;
  readonly clause: ScopeClause;
  readonly actual: readonly string[];
}

/** Whether an object is in scope, and what decided. Everybody outside counts as soft-deleted (`IsSoftDeleted`). */
export type ScopeVerdict =
  | { readonly inScope: true }
  | {
      readonly inScope: false;
      readonly because: OutOfScope;
      /** Entra's skip reason. */
      readonly code: 'NotEffectivelyEntitled';
      /** One sentence for a person. */
      readonly text: string;
      /** Every filter, when the filters decided. */
      readonly failedFilters: readonly FailedFilter[];
    };

/** What of a job decides about scope. */
export interface JobScope {
  readonly scope: 'assigned' | 'all';
  readonly filters: readonly CompiledFilter[];
}

const IN_SCOPE: ScopeVerdict = { inScope: true };

/**
 * Judges a person. Leaving the job's scope weighs more than being disabled, since it also ends the management of the account
 * (rules D1, D4, D5); a soft-deleted person stays managed until the purge (rule D2).
 */
export function judgeScope(user: DirectoryUser, job: JobScope): ScopeVerdict {
  if (user.deleted !== 'no') return deletedVerdict(user.deleted, 'The person');
  const outside = judgeLayers(user, job, 'The person');
  if (outside !== undefined) return outside;
  if (user.isAccountEnabled) return IN_SCOPE;
  return outsideVerdict('disabled', 'The person is disabled in the directory.');
}

/** Judges a group. Only groups that are assigned themselves count as assigned. */
export function judgeGroupScope(group: DirectoryGroup, job: JobScope): ScopeVerdict {
  if (group.deleted !== 'no') return deletedVerdict(group.deleted, 'The group');
  return judgeLayers(group, job, 'The group') ?? IN_SCOPE;
}

function deletedVerdict(deleted: 'soft' | 'hard', subject: string): ScopeVerdict {
  return deleted === 'soft'
    ? outsideVerdict('soft-deleted', `${subject} is in the recycle bin of the directory.`)
    : outsideVerdict('hard-deleted', `${subject} is gone from the directory.`);
}

function judgeLayers(
  object: { readonly isAssigned: boolean; readonly attributes: SourceObject },
  job: JobScope,
  subject: string,
): ScopeVerdict | undefined {
  if (job.scope === 'assigned' && !object.isAssigned) {
    return outsideVerdict(
      'not-assigned',
      `${subject} is not assigned to the app, and the scope is "only assigned users and groups".`,
    );
  }
  const failedFilters = failuresOf(object.attributes, job.filters);
  if (failedFilters === undefined) return undefined;
  return { ...outsideVerdict('filter', failedFilters.map(explainFailure).join(' ')), failedFilters };
}

function outsideVerdict(because: OutOfScope, text: string): Extract<ScopeVerdict, { inScope: false }> {
  return { inScope: false, because, code: 'NotEffectivelyEntitled', text, failedFilters: [] };
}

/** What failed in each filter; undefined when one filter passes, or there is none. */
function failuresOf(source: SourceObject, filters: readonly CompiledFilter[]): readonly FailedFilter[] | undefined {
  if (filters.length === 0) return undefined;
  const failures: FailedFilter[] = [];
  for (const { filter, clauses } of filters) {
    const failed = clauses.find(({ holds }) => !holds(source));
    if (failed === undefined) return undefined;
    failures.push({ filter, clause: failed.clause, actual: textsOf(source, failed.clause.attribute) });
  }
  return failures;
}

function explainFailure({ filter, clause, actual }: FailedFilter): string {
  const wanted = clause.value === undefined ? clause.operator : `${clause.operator} "${clause.value}"`;
  const has =
    actual.length === 0
      ? `${clause.attribute} has no value, and a clause on a missing value is false`
      : `${clause.attribute} is ${actual.map((text) => `"${text}"`).join(', ')}`;
  return `Filter "${filter.title}" asks for ${clause.attribute} ${wanted}, but ${has}.`;
}
