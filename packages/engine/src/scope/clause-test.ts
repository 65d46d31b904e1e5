import type { ScopeOperator } from '@lockstep/gallery';
import { compileRegex, isRegexProblem } from '../expression/regex.ts';
import { readBoolean } from '../expression/value.ts';

/** Asks about one value. A value that is absent or empty never gets here. */
export type ValueTest = (actual: string) => boolean;

/** The test of a binary operator, or what is wrong with its value, in words. */
export function readTest(operator: ScopeOperator, value: string): ValueTest | string {
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
      return readPattern(value, true);
    case 'NOT REGEX MATCH':
      return readPattern(value, false);
    case 'GREATER_THAN':
      return readLimit(value, (actual, limit) => actual > limit);
    case 'GREATER_THAN_OR_EQUALS':
      return readLimit(value, (actual, limit) => actual >= limit);
    default:
      return `there is no operator ${operator}`;
  }
}

/** Booleans of the source are `True` and `False`; whoever writes `true` means the same. */
function isSameBoolean(actual: string, value: string): boolean {
  if (actual !== 'True' && actual !== 'False') return false;
  return readBoolean(value) === (actual === 'True');
}

function readPattern(pattern: string, isWanted: boolean): ValueTest | string {
  const regex = compileRegex(pattern);
  if (isRegexProblem(regex)) return regex.problem;
  return (actual) => regex.test(actual) === isWanted;
}

const WHOLE_NUMBER = /^\d+$/;
const DIGITS_MAX = 30;

/** Both sides are whole numbers from 0 on; another value in the source fails the clause. */
function readLimit(value: string, compare: (actual: bigint, limit: bigint) => boolean): ValueTest | string {
  if (!WHOLE_NUMBER.test(value) || value.length > DIGITS_MAX) return 'GREATER_THAN compares whole numbers from 0 on';
  const limit = BigInt(value);
  return (actual) => actual.length <= DIGITS_MAX && WHOLE_NUMBER.test(actual) && compare(BigInt(actual), limit);
}
