import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { evaluationError, quoteValue } from './expression-error.ts';

/** One value of a list: text, or an object such as a role assignment. */
export type ValueItem = string | JsonObject;

/**
 * What an expression works with: text, a list, or null (the attribute is absent). Numbers and booleans are text (`7`,
 * `True`), as in Graph's `parseExpression` where every value is text.
 */
export type Value = string | null | readonly ValueItem[];

/** Leaves the attribute out of the operation (`IgnoreAttributeFlow`, `IgnoreFlowIfNullOrEmpty`). */
export const skipAttribute: Flow = Object.freeze({ flow: 'attribute' });

/** Leaves the object out of the cycle (`IgnoreObjectFlow`). */
export const skipObject: Flow = Object.freeze({ flow: 'object' });

/** A decision about the flow instead of a value. Only the two constants of this type exist. */
export interface Flow {
  readonly flow: 'attribute' | 'object';
}

/** Result of one step of an expression. */
export type Outcome = Value | Flow;

/** Whether a step decided about the flow. */
export function isFlow(outcome: Outcome): outcome is Flow {
  return outcome === skipAttribute || outcome === skipObject;
}

/** Text of a boolean, as Entra writes it. */
export function booleanText(value: boolean): 'True' | 'False' {
  return value ? 'True' : 'False';
}

/** A source attribute as a value. */
export function sourceValue(raw: Json | undefined): Value {
  if (typeof raw === 'string') return raw;
  if (raw === undefined || raw === null) return null;
  if (typeof raw === 'boolean') return booleanText(raw);
  if (typeof raw === 'number') return String(raw);
  if (isJsonArray(raw)) return raw.filter((item) => item !== null).map(itemOf);
  return [raw];
}

function itemOf(raw: Json): ValueItem {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'boolean') return booleanText(raw);
  return isJsonObject(raw) ? raw : String(raw);
}

/** An item as text; an object as its JSON. */
export function itemText(item: ValueItem): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

/** A value as a list: null is empty, text is one item. */
export function listOf(value: Value): readonly ValueItem[] {
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Null, empty text or an empty list. */
export function isEmpty(value: Value): boolean {
  return value === null || value.length === 0;
}

/**
 * A value as one text, or null.
 * @throws {ExpressionError} `eval` when it is a list of several values
 */
export function oneText(value: Value | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const [first, second] = value;
  if (second !== undefined) throw evaluationError(`one value is needed, but there are ${value.length}`);
  return first === undefined ? null : itemText(first);
}

/** A value as one text, with null as the empty one. */
export function textOrEmpty(value: Value | undefined): string {
  return oneText(value) ?? '';
}

/**
 * A value as a whole number.
 * @throws {ExpressionError} `eval` when it is something else
 */
export function wholeNumber(value: Value | undefined, what: string): number {
  const text = oneText(value)?.trim() ?? '';
  const number = Number(text);
  if (text === '' || !Number.isSafeInteger(number)) {
    throw evaluationError(`${what} must be a whole number, not ${quoteValue(text)}`);
  }
  return number;
}

/**
 * A value as a 64-bit whole number, decimal or `&H` hexadecimal.
 * @throws {ExpressionError} `eval` when it is something else
 */
export function bigNumber(value: Value | undefined, what: string): bigint {
  const text = oneText(value)?.trim() ?? '';
  if (/^&[Hh][0-9A-Fa-f]{1,16}$/.test(text)) return BigInt.asIntN(64, BigInt(`0x${text.slice(2)}`));
  const whole = /^([+-]?\d{1,19})(?:\.0+)?$/.exec(text)?.[1];
  if (whole === undefined) throw evaluationError(`${what} must be a whole number, not ${quoteValue(text)}`);
  return BigInt(whole);
}

/** `True` and `False` in any case, as booleans; anything else is undefined. */
export function readBoolean(text: string): boolean | undefined {
  const lower = text.length <= 5 ? text.toLowerCase() : '';
  if (lower === 'true') return true;
  return lower === 'false' ? false : undefined;
}
