import type { ComparisonOperator } from './expression.ts';
import { evaluationError, quoteValue } from './expression-error.ts';
import { oneText, readBoolean, type Value } from './value.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * Compares two values of a condition. Two numbers compare as numbers, anything else as text, exactly. An absent value
 * equals the empty text and is neither above nor below anything.
 *
 * @throws {ExpressionError} `eval` when a side is a list of several values
 */
export function compareValues(operator: ComparisonOperator, left: Value, right: Value): boolean {
  const first = oneText(left) ?? '';
  const second = oneText(right) ?? '';
  if (operator === '=') return equalText(first, second);
  if (operator === '<>') return !equalText(first, second);
  if (first === '' || second === '') return false;
  const order = orderOf(first, second);
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
  }
}

function equalText(first: string, second: string): boolean {
  if (first === second) return true;
  return NUMBER.test(first) && NUMBER.test(second) && orderOf(first, second) === 0;
}

function orderOf(first: string, second: string): number {
  if (!NUMBER.test(first) || !NUMBER.test(second)) return first < second ? -1 : Number(first > second);
  if (first.includes('.') || second.includes('.')) return Math.sign(Number(first) - Number(second));
  const difference = BigInt(first) - BigInt(second);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/**
 * Whether a value holds as a condition: `True`, or a number other than 0. Absent and empty values do not.
 * @throws {ExpressionError} `eval` for other text, and for a list of several values
 */
export function isTrue(value: Value): boolean {
  const text = oneText(value)?.trim() ?? '';
  if (text === '') return false;
  const boolean = readBoolean(text);
  if (boolean !== undefined) return boolean;
  if (NUMBER.test(text)) return Number(text) !== 0;
  throw evaluationError(`a condition must be True, False or a number, not ${quoteValue(text)}`);
}
