import type { ScopeClause, ScopeFilter } from '@lockstep/gallery';
import type { SourceObject } from '../expression/step.ts';
import { groupAttributes, userAttributes } from '../mapping/source-object.ts';
import type { DirectoryGroup, DirectoryUser } from '../ports/directory.ts';
import { type CompiledFilter, MEMBER_OF, textsOf } from './scoping-filter.ts';

/** Why an object is outside. */
export type OutOfScope = 'not-assigned' | 'filter' | 'soft-deleted' | 'hard-deleted' | 'disabled';

/** A filter that failed: its first clause that did not hold, and what the object has there. */
export interface FailedFilter {
  readonly filter: ScopeFilter;
  readonly clause: ScopeClause;
  readonly actual: readonly string[];
  /** Further clauses of the same group, when one of them would have been enough. Absent = the clause stands alone. */
  readonly alternatives?: readonly ScopeClause[];
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
  const outside = judgeLayers({ isAssigned: user.isAssigned, source: () => filterSource(user) }, job, 'The person');
  if (outside !== undefined) return outside;
  if (user.isAccountEnabled) return IN_SCOPE;
  return outsideVerdict('disabled', 'The person is disabled in the directory.');
}

/** Judges a group. Only groups that are assigned themselves count as assigned. */
export function judgeGroupScope(group: DirectoryGroup, job: JobScope): ScopeVerdict {
  if (group.deleted !== 'no') return deletedVerdict(group.deleted, 'The group');
  const object = { isAssigned: group.isAssigned, source: () => groupAttributes(group) };
  return judgeLayers(object, job, 'The group') ?? IN_SCOPE;
}

/** A person as filters see them: the attributes plus the groups that filters name. */
export function filterSource(user: DirectoryUser): SourceObject {
  const { memberOf } = user;
  return memberOf === undefined ? userAttributes(user) : { ...userAttributes(user), [MEMBER_OF]: [...memberOf] };
}

/**
 * Why an object is not seen at all, one sentence for a person; undefined when it is seen. Nothing is done about what is not
 * seen: its account is left as it is (rule SCOPE-6). A purged object has no attributes left to ask about, so it is seen.
 */
export function judgeInput(
  object:
    | { readonly objectType: 'user'; readonly user: DirectoryUser }
    | { readonly objectType: 'group'; readonly group: DirectoryGroup },
  filters: readonly CompiledFilter[],
): string | undefined {
  if (filters.length === 0) return undefined;
  const isUser = object.objectType === 'user';
  if ((isUser ? object.user : object.group).deleted === 'hard') return undefined;
  const failures = failuresOf(isUser ? filterSource(object.user) : groupAttributes(object.group), filters);
  if (failures === undefined) return undefined;
  return `${failures.map(explainFailure).join(' ')} It is an input filter: the object is not seen, and nothing is done about it.`;
}

function deletedVerdict(deleted: 'soft' | 'hard', subject: string): ScopeVerdict {
  return deleted === 'soft'
    ? outsideVerdict('soft-deleted', `${subject} is in the recycle bin of the directory.`)
    : outsideVerdict('hard-deleted', `${subject} is gone from the directory.`);
}

function judgeLayers(
  object: { readonly isAssigned: boolean; readonly source: () => SourceObject },
  job: JobScope,
  subject: string,
): ScopeVerdict | undefined {
  if (job.scope === 'assigned' && !object.isAssigned) {
    return outsideVerdict(
      'not-assigned',
      `${subject} is not assigned to the app, and the scope is "only assigned users and groups".`,
    );
  }
  if (job.filters.length === 0) return undefined;
  const failedFilters = failuresOf(object.source(), job.filters);
  if (failedFilters === undefined) return undefined;
  return { ...outsideVerdict('filter', failedFilters.map(explainFailure).join(' ')), failedFilters };
}

function outsideVerdict(because: OutOfScope, text: string): Extract<ScopeVerdict, { inScope: false }> {
  return { inScope: false, because, code: 'NotEffectivelyEntitled', text, failedFilters: [] };
}

/** What failed in each filter; undefined when one filter passes, or there is none. */
export function failuresOf(
  source: SourceObject,
  filters: readonly CompiledFilter[],
): readonly FailedFilter[] | undefined {
  if (filters.length === 0) return undefined;
  const failures: FailedFilter[] = [];
  for (const { filter, conditions } of filters) {
    const [clause, ...alternatives] = conditions.find(({ holds }) => !holds(source))?.failed(source) ?? [];
    if (clause === undefined) return undefined;
    const failure = { filter, clause, actual: textsOf(source, clause.attribute) };
    failures.push(alternatives.length === 0 ? failure : { ...failure, alternatives });
  }
  return failures;
}

/** The first filter that lets an object in; undefined when none does, or there is none. */
export function passedFilter(source: SourceObject, filters: readonly CompiledFilter[]): ScopeFilter | undefined {
  return filters.find(({ conditions }) => conditions.every(({ holds }) => holds(source)))?.filter;
}

function explainFailure({ filter, clause, actual, alternatives = [] }: FailedFilter): string {
  const wanted = [clause, ...alternatives].map(clauseText).join(', or ');
  if (alternatives.length > 0) return `Filter "${filter.title}" asks for ${wanted}, and none of them holds.`;
  return `Filter "${filter.title}" asks for ${wanted}, but ${actualText(clause, actual)}.`;
}

function clauseText({ attribute, operator, value, orEmpty }: ScopeClause): string {
  const compared = value === undefined ? operator : `${operator} "${value}"`;
  return `${attribute} ${compared}${orEmpty === true ? ' or no value' : ''}`;
}

function actualText({ attribute, operator }: ScopeClause, actual: readonly string[]): string {
  if (operator === 'IS MEMBER OF') return 'the person is not a direct member of that group';
  if (operator === 'IS NOT MEMBER OF') return 'the person is a direct member of that group';
  if (actual.length === 0) return `${attribute} has no value, and a clause on a missing value is false`;
  return `${attribute} is ${actual.map((text) => `"${text}"`).join(', ')}`;
}
