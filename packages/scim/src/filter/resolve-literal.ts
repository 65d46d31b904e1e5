import { parseDateTime } from '../date-time.ts';
import { type Acceptance, acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { CompareOperator, FilterLiteral } from './filter.ts';

/** A comparison as far as it matters for the type of its literal. */
export interface LiteralUse {
  /** Name of the attribute as the error texts give it. */
  readonly name: string;
  readonly operator: CompareOperator;
  readonly value: FilterLiteral;
}

const orderings: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le']);
const partOperators: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew']);

/**
 * Gives a literal the type of the attribute it is compared with (RFC 7644 §3.4.2.2 table 3).
 *
 * @throws {ScimError} `invalidFilter` for an operator the type does not have or a literal of another type
 */
export function resolveLiteral(use: LiteralUse, attribute: Attribute, acceptance: Acceptance): FilterLiteral {
  checkOperator(use, attribute);
  if (use.value === null) return readNull(use);
  const value = convert(use.value, attribute, acceptance);
  if (value === undefined) throw refused(`${use.name} cannot be compared with ${JSON.stringify(use.value)}`);
  return value;
}

function checkOperator({ name, operator }: LiteralUse, { type }: Attribute): void {
  const isUnordered = type === 'boolean' || type === 'binary';
  if (isUnordered && orderings.has(operator)) throw refused(`${name} has no order, so ${operator} does not apply`);
  const isText = type === 'string' || type === 'reference';
  if (!isText && partOperators.has(operator)) throw refused(`${name} is no text, so ${operator} does not apply`);
}

function readNull({ name, operator }: LiteralUse): null {
  if (operator === 'eq' || operator === 'ne') return null;
  throw refused(`${name} can be compared with null by eq and ne only, not by ${operator}`);
}

function convert(
  value: Exclude<FilterLiteral, null>,
  attribute: Attribute,
  acceptance: Acceptance,
): FilterLiteral | undefined {
  switch (attribute.type) {
    case 'boolean':
      return asBoolean(value, acceptance);
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'dateTime':
      return typeof value === 'string' && parseDateTime(value) !== undefined ? value : undefined;
    default:
      return asText(value, acceptance);
  }
}

function asBoolean(value: Exclude<FilterLiteral, null>, acceptance: Acceptance): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : undefined;
  if (word !== 'true' && word !== 'false') return undefined;
  return acceptDeviation(acceptance, 'booleanAsText') ? word === 'true' : undefined;
}

/** Text without quotes may happen to be a JSON literal: `externalId eq 12345`. */
function asText(value: Exclude<FilterLiteral, null>, acceptance: Acceptance): string | undefined {
  if (typeof value === 'string') return value;
  const isSureText = typeof value === 'boolean' || Number.isSafeInteger(value);
  return isSureText && acceptDeviation(acceptance, 'unquotedLiteral') ? String(value) : undefined;
}

function refused(message: string): ScimError {
  return new ScimError('invalidFilter', message);
}
