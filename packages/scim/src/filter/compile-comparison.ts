import { parseDateTime } from '../date-time.ts';
import { equalsFolded, foldText } from '../fold-text.ts';
import type { Json } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { CompareOperator, FilterLiteral } from './filter.ts';

/** Whether one single value, never a list or an object, satisfies a comparison. Undefined is "no value". */
export type TestValue = (value: Json | undefined) => boolean;

/**
 * Compiles a comparison with values of one attribute: text by `caseExact`, dates as instants, numbers as numbers. An
 * absent value satisfies `ne` and `eq null` only, and a value of another type than the attribute's satisfies nothing
 * but `ne`.
 */
export function compileComparison(attribute: Attribute, operator: CompareOperator, literal: FilterLiteral): TestValue {
  if (literal === null) return operator === 'eq' ? isAbsent : (value) => !isAbsent(value);
  if (operator === 'ne') {
    const equals = compileComparison(attribute, 'eq', literal);
    return (value) => !equals(value);
  }
  if (typeof literal !== 'string') return compileScalar(operator, literal);
  if (attribute.type === 'dateTime') return compileInstant(operator, literal);
  return attribute.caseExact ? compileExact(operator, literal) : compileFolded(operator, literal);
}

/** Whether a value counts as absent: null, empty text, `[]`, `{}` (RFC 7643 §2.5; RFC 7644 §3.4.2.2 on `pr`). */
export function isAbsent(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.every(isAbsent) : Object.values(value).every(isAbsent);
}

function compileScalar(operator: CompareOperator, literal: number | boolean): TestValue {
  const test = compileOrder(operator);
  return (value) => typeof value === typeof literal && test(compare(Number(value), Number(literal)));
}

function compileInstant(operator: CompareOperator, literal: string): TestValue {
  const wanted = parseDateTime(literal) ?? Number.NaN;
  const test = compileOrder(operator);
  return (value) => {
    const instant = typeof value === 'string' ? parseDateTime(value) : undefined;
    return instant !== undefined && test(compare(instant, wanted));
  };
}

function compileExact(operator: CompareOperator, literal: string): TestValue {
  if (operator === 'eq') return (value) => value === literal;
  const test = compileText(operator, literal);
  return (value) => typeof value === 'string' && test(value);
}

function compileFolded(operator: CompareOperator, literal: string): TestValue {
  const folded = foldText(literal);
  if (operator === 'eq') return (value) => typeof value === 'string' && equalsFolded(value, folded);
  const test = compileText(operator, folded);
  return (value) => typeof value === 'string' && test(foldText(value));
}

function compileText(operator: CompareOperator, literal: string): (text: string) => boolean {
  switch (operator) {
    case 'co':
      return (text) => text.includes(literal);
    case 'sw':
      return (text) => text.startsWith(literal);
    case 'ew':
      return (text) => text.endsWith(literal);
    default: {
      const test = compileOrder(operator);
      return (text) => test(compare(text, literal));
    }
  }
}

/** The test of an operator on the sign of a comparison; operators about parts of a text never hold here. */
function compileOrder(operator: CompareOperator): (sign: number) => boolean {
  switch (operator) {
    case 'eq':
      return (sign) => sign === 0;
    case 'gt':
      return (sign) => sign > 0;
    case 'ge':
      return (sign) => sign >= 0;
    case 'lt':
      return (sign) => sign < 0;
    case 'le':
      return (sign) => sign <= 0;
    default:
      return () => false;
  }
}

function compare<Value extends string | number>(left: Value, right: Value): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
