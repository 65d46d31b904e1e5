import type { ObjectMapping, ScopeClause, ScopeCondition, ScopeFilter, ScopeOperator } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import type { SourceObject } from '../expression/step.ts';
import { itemText, listOf, readBoolean, sourceValue } from '../expression/value.ts';
import { readTest } from './clause-test.ts';
import { unusableReason } from './unusable-attribute.ts';

/** A condition that can be asked about an object. */
export interface CompiledCondition {
  readonly holds: (source: SourceObject) => boolean;
  /** The clauses to name when it does not hold: the one that failed, or all of a group of which one was enough. */
  readonly failed: (source: SourceObject) => readonly ScopeClause[];
}

/** A clause that can be asked about an object. */
export interface CompiledClause {
  readonly clause: ScopeClause;
  readonly holds: (source: SourceObject) => boolean;
}

/** A scoping filter that can be asked about an object: all of its conditions must hold. */
export interface CompiledFilter {
  readonly filter: ScopeFilter;
  readonly conditions: readonly CompiledCondition[];
  /** Every clause, those inside of groups too, in the order they are written. */
  readonly clauses: readonly CompiledClause[];
}

/** Deepest nesting of groups of conditions. */
export const CONDITION_DEPTH_MAX = 8;

/** Most clauses in one filter, nested ones counted. */
export const CLAUSES_MAX = 500;

/** The computed attribute of the two group operators: objectIds of the direct groups that filters name. */
export const MEMBER_OF = 'memberOf';

const UNARY: ReadonlySet<ScopeOperator> = new Set(['IS NULL', 'IS NOT NULL', 'IS TRUE', 'IS FALSE']);
const GROUP_OPERATORS: ReadonlySet<ScopeOperator> = new Set(['IS MEMBER OF', 'IS NOT MEMBER OF']);

/**
 * Reads scoping filters (Entra docs "Scoping users or groups to be provisioned with scoping filters"). Text compares
 * exactly, with regard to case. A clause on an absent or empty value is false, except IS NULL and where `orEmpty` is set;
 * of several values of one attribute all must pass, unless `comparison` is `any`. REGEX MATCH is satisfied by a match
 * anywhere in the value, and runs in linear time.
 *
 * @throws {ConfigurationError} `invalidFilter` with the filter's title
 */
export function compileFilters(
  filters: readonly ScopeFilter[],
  objectType: ObjectMapping['objectType'] = 'user',
): readonly CompiledFilter[] {
  return filters.map((filter) => {
    if (filter.clauses.length === 0) throw invalid(filter, 'a filter needs at least one clause');
    checkCount(filter);
    const clauses: CompiledClause[] = [];
    const place: Place = { filter, objectType, depth: 0, clauses };
    return { filter, conditions: filter.clauses.map((condition) => compileCondition(condition, place)), clauses };
  });
}

interface Place {
  readonly filter: ScopeFilter;
  readonly objectType: ObjectMapping['objectType'];
  readonly depth: number;
  /** Where clauses are gathered. */
  readonly clauses: CompiledClause[];
}

function checkCount(filter: ScopeFilter): void {
  let count = 0;
  const waiting: ScopeCondition[] = [...filter.clauses];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    count += 1;
    if (count > CLAUSES_MAX) throw invalid(filter, `a filter may hold at most ${CLAUSES_MAX} clauses`);
    if ('any' in one) waiting.push(...one.any);
    else if ('all' in one) waiting.push(...one.all);
  }
}

function compileCondition(condition: ScopeCondition, place: Place): CompiledCondition {
  if (!('any' in condition || 'all' in condition)) return compileClause(condition, place);
  const isAny = 'any' in condition;
  const listed = isAny ? condition.any : condition.all;
  if (listed.length === 0) throw invalid(place.filter, `"${isAny ? 'any' : 'all'}" needs at least one condition`);
  if (place.depth >= CONDITION_DEPTH_MAX) {
    throw invalid(place.filter, `conditions are nested more than ${CONDITION_DEPTH_MAX} deep`);
  }
  const parts = listed.map((part) => compileCondition(part, { ...place, depth: place.depth + 1 }));
  if (!isAny) {
    return {
      holds: (source) => parts.every(({ holds }) => holds(source)),
      failed: (source) => parts.find(({ holds }) => !holds(source))?.failed(source) ?? [],
    };
  }
  return {
    holds: (source) => parts.some(({ holds }) => holds(source)),
    failed: (source) => parts.flatMap(({ failed }) => failed(source)),
  };
}

function compileClause(clause: ScopeClause, { filter, objectType, clauses }: Place): CompiledCondition {
  const problem = clauseProblem(clause, objectType);
  if (problem !== undefined) throw invalid(filter, problem);
  const holds = clauseTest(filter, clause);
  clauses.push({ clause, holds });
  return { holds, failed: (source) => (holds(source) ? [] : [clause]) };
}

function clauseProblem(clause: ScopeClause, objectType: ObjectMapping['objectType']): string | undefined {
  const { attribute, operator, value } = clause;
  if (attribute.trim() === '') return 'a clause needs an attribute';
  const isGroupOperator = GROUP_OPERATORS.has(operator);
  if (isGroupOperator && objectType === 'group') return `${operator} is about people, not about groups`;
  if (isGroupOperator !== (attribute === MEMBER_OF))
    return `${MEMBER_OF} goes with IS MEMBER OF and IS NOT MEMBER OF only`;
  const reason = unusableReason(attribute);
  if (reason !== undefined) return `${attribute} cannot be used in a filter: ${reason}`;
  const isUnary = UNARY.has(operator);
  if (isUnary && value !== undefined && value !== '') return `${operator} takes no value`;
  if (!isUnary && (value === undefined || value === '')) return `${operator} needs a value`;
  if (clause.orEmpty !== true) return undefined;
  if (isGroupOperator) return `orEmpty does not go with ${operator}`;
  return operator === 'IS NULL' || operator === 'IS NOT NULL' ? `orEmpty does not go with ${operator}` : undefined;
}

function clauseTest(filter: ScopeFilter, clause: ScopeClause): (source: SourceObject) => boolean {
  const { attribute, operator, comparison, orEmpty = false } = clause;
  switch (operator) {
    case 'IS NULL':
      return (source) => textsOf(source, attribute).length === 0;
    case 'IS NOT NULL':
      return (source) => textsOf(source, attribute).length > 0;
    case 'IS MEMBER OF':
      return memberTest(clause.value ?? '');
    case 'IS NOT MEMBER OF': {
      const isMember = memberTest(clause.value ?? '');
      return (source) => !isMember(source);
    }
    default: {
      const test = valueTest(filter, clause);
      return (source) => {
        const texts = textsOf(source, attribute);
        if (texts.length === 0) return orEmpty;
        return comparison === 'any' ? texts.some(test) : texts.every(test);
      };
    }
  }
}

function valueTest(filter: ScopeFilter, { operator, value = '' }: ScopeClause): (actual: string) => boolean {
  if (operator === 'IS TRUE') return (actual) => readBoolean(actual) === true;
  if (operator === 'IS FALSE') return (actual) => readBoolean(actual) === false;
  const test = readTest(operator, value);
  if (typeof test === 'string') throw invalid(filter, test);
  return test;
}

/** Object ids are GUIDs, whose letters have no case. */
function memberTest(groupId: string): (source: SourceObject) => boolean {
  const wanted = groupId.toLowerCase();
  return (source) => textsOf(source, MEMBER_OF).some((id) => id.toLowerCase() === wanted);
}

/** The values of a source attribute that are there: absent and empty ones do not count. */
export function textsOf(source: SourceObject, attribute: string): readonly string[] {
  const raw = Object.hasOwn(source, attribute) ? source[attribute] : null;
  return listOf(sourceValue(raw))
    .map(itemText)
    .filter((text) => text !== '');
}

/** Groups that filters ask about, each once: the directory tells of nobody else whether a person is a member. */
export function groupsNamedBy(filters: readonly ScopeFilter[]): readonly string[] {
  const ids = new Set<string>();
  const visit = (condition: ScopeCondition): void => {
    if ('any' in condition) for (const part of condition.any) visit(part);
    else if ('all' in condition) for (const part of condition.all) visit(part);
    else if (GROUP_OPERATORS.has(condition.operator) && condition.value !== undefined) ids.add(condition.value);
  };
  for (const { clauses } of filters) for (const condition of clauses) visit(condition);
  return [...ids];
}

function invalid(filter: ScopeFilter, message: string): ConfigurationError {
  return new ConfigurationError('invalidFilter', filter.title, message);
}
