import { type Attribute, foldText, parseDateTime, type ResolvedComparison } from '@lockstep/scim';
import type { SqlFlavour } from '../database/database.ts';
import { negated, type SqlCondition, sql } from './sql-condition.ts';
import { isSafelyFolded, type SqlJsonValue } from './sql-value.ts';

/** What a leaf asks of one value. */
export type ValueTest =
  | { readonly kind: 'present' }
  | (Pick<ResolvedComparison, 'kind' | 'operator' | 'value'> & { readonly attribute: Attribute });

const ORDERS: Readonly<Record<string, SqlCondition>> = {
  eq: { sql: '=', parameters: [] },
  gt: { sql: '>', parameters: [] },
  ge: { sql: '>=', parameters: [] },
  lt: { sql: '<', parameters: [] },
  le: { sql: '<=', parameters: [] },
};

/** Whether a test holds for "no value": by `ne`, and by `eq null`. */
export function holdsForNothing(test: ValueTest): boolean {
  return test.kind === 'compare' && (test.value === null ? test.operator === 'eq' : test.operator === 'ne');
}

/** The condition, never null, that one value passes a test as `compileMatcher` has it; nothing when SQL cannot tell. */
export function valueCondition(value: SqlJsonValue, test: ValueTest, flavour: SqlFlavour): SqlCondition | undefined {
  if (test.kind === 'present') return value.isPresent;
  if (test.value === null) return test.operator === 'eq' ? negated(value.isPresent) : value.isPresent;
  if (test.operator === 'ne') {
    const equals = valueCondition(value, { ...test, operator: 'eq' }, flavour);
    return equals === undefined ? undefined : negated(equals);
  }
  if (typeof test.value === 'string') return textCondition(value, { ...test, value: test.value }, flavour);
  const order = ORDERS[test.operator];
  if (order === undefined) return sql`(1 = 0)`;
  if (typeof test.value === 'boolean') return sql`((${value.truth} ${order} ${Number(test.value)}) is true)`;
  return sql`((${value.number} ${order} cast(${test.value} as double precision)) is true)`;
}

type TextTest = Extract<ValueTest, { readonly kind: 'compare' }> & { readonly value: string };

function textCondition(value: SqlJsonValue, test: TextTest, flavour: SqlFlavour): SqlCondition | undefined {
  const order = ORDERS[test.operator];
  if (test.attribute.type === 'dateTime') {
    const wanted = parseDateTime(test.value);
    if (value.instant === undefined || wanted === undefined || order === undefined) return undefined;
    return sql`((${value.instant} ${order} cast(${wanted} as double precision)) is true)`;
  }
  // No stored text holds these, but half a surrogate pair is part of a whole one, and drivers garble both.
  if (!test.value.isWellFormed() || test.value.includes('\0')) return undefined;
  const { caseExact } = test.attribute;
  const literal = caseExact ? test.value : foldText(test.value);
  const isOrdering = order !== undefined && test.operator !== 'eq';
  // Databases order by code points, scim by UTF-16 units: they agree with a text below the surrogates.
  if (isOrdering && /[\ud800-\uffff]/.test(literal)) return undefined;
  if (!caseExact && !value.isFoldedHere && (isOrdering || !isSafelyFolded(literal))) return undefined;
  const text = caseExact ? value.text : value.folded;
  if (order !== undefined) return sql`((${text} ${order} ${literal}) is true)`;
  return partCondition(text, { operator: test.operator, literal }, flavour);
}

/** Text within text, by functions that know no wildcards. */
function partCondition(
  text: SqlCondition,
  part: { readonly operator: string; readonly literal: string },
  flavour: SqlFlavour,
): SqlCondition {
  const { operator, literal } = part;
  if (literal === '') return sql`(${text} is not null)`;
  const length = [...literal].length;
  if (flavour === 'sqlite') {
    if (operator === 'co') return sql`((instr(${text}, ${literal}) > 0) is true)`;
    if (operator === 'sw') return sql`((substr(${text}, 1, ${length}) = ${literal}) is true)`;
    return sql`((substr(${text}, ${-length}) = ${literal}) is true)`;
  }
  if (operator === 'co') return sql`((strpos(${text}, ${literal}) > 0) is true)`;
  if (operator === 'sw') return sql`((left(${text}, ${length}) = ${literal}) is true)`;
  return sql`((right(${text}, ${length}) = ${literal}) is true)`;
}
