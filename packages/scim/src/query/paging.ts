import { ScimError } from '../error.ts';
import type { PageLimits, Query } from './query.ts';

/** The paging parameters as they came: text from a URL, numbers from a body. */
export interface GivenPaging {
  readonly startIndex?: unknown;
  readonly count?: unknown;
}

/**
 * Reads `startIndex` and `count` (RFC 7644 §3.4.2.4): a start below 1 is 1, a negative count is 0, a count above
 * `countMax` is `countMax`.
 *
 * @throws {ScimError} `invalidValue`, naming the parameter that is no whole number
 */
export function readPaging(given: GivenPaging, limits: PageLimits): Pick<Query, 'startIndex' | 'count'> {
  const startIndex = readWholeNumber(given.startIndex, 'startIndex') ?? 1;
  const count = readWholeNumber(given.count, 'count') ?? limits.countDefault;
  return { startIndex: Math.max(1, startIndex), count: Math.min(Math.max(0, count), limits.countMax) };
}

function readWholeNumber(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' ? wholeNumber(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return clamp(number);
  throw new ScimError('invalidValue', `${name} has to be a whole number`);
}

function wholeNumber(text: string): number | undefined {
  const start = text[0] === '-' || text[0] === '+' ? 1 : 0;
  if (text.length === start) return undefined;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return undefined;
  }
  // More digits than a number holds are beyond every page anyway.
  return clamp(Number(text));
}

function clamp(number: number): number {
  return Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
