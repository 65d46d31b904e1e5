import type { ScopeClause, ScopeFilter, ScopeOperator } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import { compileRegex, isRegexProblem } from '../expression/regex.ts';
import type { SourceObject } from '../expression/step.ts';
import { itemText, listOf, readBoolean, sourceValue } from '../expression/value.ts';

/** A clause that can be asked about an object. */
export interface CompiledClause {
  readonly clause: ScopeClause;
  readonly holds: (source: SourceObject) => boolean;
}

/** A scoping filter that can be asked about an object: all of its clauses must hold. */
export interface CompiledFilter {
  readonly filter: ScopeFilter;
  readonly clauses: readonly CompiledClause[];
}

/** Operators that take no value. */
const UNARY: readonly ScopeOperator[] = ['IS NULL', 'IS NOT NULL', 'IS TRUE', 'IS FALSE'];

/** Attributes Entra does not let filters use (Entra docs "Known issues" and "Scoping users or groups"). */
const UNUSABLE: readonly string[] = ['appRoleAssignments', 'userType', 'manager', 'members'];

/** Tests of one value by operator. A value that is absent or empty never gets here. */
type ValueTest = (actual: string) => boolean;

/**
 * Reads scoping filters (Entra docs "Scoping users or groups to be provisioned with scoping filters"). Text compares
 * exactly, with regard to case. A clause on an absent or empty value is false, except IS NULL; of several values of one
 * attribute all must pass. REGEX MATCH is satisfied by a match anywhere in the value, and runs in linear time.
 *
 * @throws {ConfigurationError} `invalidFilter` with the filter's title
 */
export function compileFilters(filters: readonly ScopeFilter[]): readonly CompiledFilter[] {
  return filters.map((filter) => {
    if (filter.clauses.length === 0) throw invalid(filter, 'a filter needs at least one clause');
    return { filter, clauses: filter.clauses.map((clause) => compileClause(filter, clause)) };
  });
}

function compileClause(filter: ScopeFilter, clause: ScopeClause): CompiledClause {
  const { attribute, operator, value } = clause;
  if (attribute.trim() === '') throw invalid(filter, 'a clause needs an attribute');
  if (UNUSABLE.includes(attribute)) throw invalid(filter, `${attribute} cannot be used in a filter`);
  const isUnary = UNARY.includes(operator);
  if (isUnary && value !== undefined && value !== '') throw invalid(filter, `${operator} takes no value`);
  if (!isUnary && (value === undefined || value === '')) throw invalid(filter, `${operator} needs a value`);
  return { clause, holds: isUnary ? unaryTest(clause) : binaryTest(clause, readTest(filter, operator, value ?? '')) };
}

function unaryTest({ attribute, operator }: ScopeClause): (source: SourceObject) => boolean {
  switch (operator) {
    case 'IS NULL':
      return (source) => textsOf(source, attribute).length === 0;
    case 'IS NOT NULL':
      return (source) => textsOf(source, attribute).length > 0;
    default: {
      const wanted = operator === 'IS TRUE';
      return (source) => {
        const texts = textsOf(source, attribute);
        return texts.length > 0 && texts.every((text) => readBoolean(text) === wanted);
      };
    }
  }
}

function binaryTest({ attribute }: ScopeClause, test: ValueTest): (source: SourceObject) => boolean {
  return (source) => {
    const texts = textsOf(source, attribute);
    return texts.length > 0 && texts.every(test);
  };
}

/** The values of a source attribute that are there: absent and empty ones do not count. */
export function textsOf(source: SourceObject, attribute: string): readonly string[] {
  const raw = Object.hasOwn(source, attribute) ? source[attribute] : null;
  return listOf(sourceValue(raw))
    .map(itemText)
    .filter((text) => text !== '');
}

function readTest(filter: ScopeFilter, operator: ScopeOperator, value: string): ValueTest {
  switch (operator) {
    case 'EQUALS':
      return (actual) => actual === value || isSameBoolean(actual, value);
    case 'NOT EQUALS':
      return (actual) => actual !== value && !isSameBoolean(actual, value);
    case 'INCLUDES':
      return (actual) => actual.includes(value);
    case 'ENDS_WITH':
      return (actual) => actual.endsWith(value);
    case 'REGEX MATCH':
      return readPattern(filter, value);
    case 'NOT REGEX MATCH': {
      const matches = readPattern(filter, value);
      return (actual) => !matches(actual);
    }
    case 'GREATER_THAN':
      return readLimit(filter, value, (actual, limit) => actual > limit);
    case 'GREATER_THAN_OR_EQUALS':
      return readLimit(filter, value, (actual, limit) => actual >= limit);
    default:
      throw invalid(filter, `there is no operator ${operator}`);
  }
}

/** Booleans of the source are `True` and `False`; whoever writes `true` means the same. */
function isSameBoolean(actual: string, value: string): boolean {
  if (actual !== 'True' && actual !== 'False') return false;
  return readBoolean(value) === (actual === 'True');
}

function readPattern(filter: ScopeFilter, pattern: string): ValueTest {
  const regex = compileRegex(pattern);
  if (isRegexProblem(regex)) throw invalid(filter, regex.problem);
  return (actual) => regex.test(actual);
}

const WHOLE_NUMBER = /^\d+$/;

/** Both sides are whole numbers from 0 on; another value in the source fails the clause. */
function readLimit(filter: ScopeFilter, value: string, compare: (actual: bigint, limit: bigint) => boolean): ValueTest {
  if (!WHOLE_NUMBER.test(value)) throw invalid(filter, 'GREATER_THAN compares whole numbers from 0 on');
  const limit = BigInt(value);
  return (actual) => actual.length <= 30 && WHOLE_NUMBER.test(actual) && compare(BigInt(actual), limit);
}

function invalid(filter: ScopeFilter, message: string): ConfigurationError {
  return new ConfigurationError('invalidFilter', filter.title, message);
}
