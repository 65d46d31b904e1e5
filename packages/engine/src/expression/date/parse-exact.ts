import { evaluationError, quoteValue } from '../expression-error.ts';
import {
  DAY_NAMES,
  type DateValue,
  dateFromFields,
  fieldsOf,
  fullYear,
  MONTH_NAMES,
  shiftDate,
  weekdayOf,
} from './calendar.ts';
import { type FormatToken, readFormat } from './format-token.ts';

/** Names of .NET's DateTimeStyles that may be given, alone or joined by commas. */
const STYLE_NAMES = [
  'None',
  'AllowLeadingWhite',
  'AllowTrailingWhite',
  'AllowInnerWhite',
  'AllowWhiteSpaces',
  'NoCurrentDateDefault',
  'AdjustToUniversal',
  'AssumeLocal',
  'AssumeUniversal',
  'RoundtripKind',
];

/** What FormatDateTime uses when no style is given. */
export const DEFAULT_STYLES = 'RoundtripKind, AllowLeadingWhite, AllowTrailingWhite';

/** What stands in the text, as far as it has been read. */
interface Found {
  year?: number;
  month?: number;
  day?: number;
  weekday?: number;
  hour?: number;
  hour12?: number;
  isAfternoon?: boolean;
  minute?: number;
  second?: number;
  fraction?: number;
  /** Minutes east of UTC. */
  offset?: number;
  isUtc?: boolean;
}

interface Cursor {
  readonly text: string;
  at: number;
  readonly found: Found;
  readonly skipsInnerWhite: boolean;
}

/**
 * Reads a date that has exactly the given .NET format (`DateTime.ParseExact`, invariant culture, machine zone UTC).
 *
 * @param nowMs gives the date when the format holds none
 * @returns undefined when the text does not have the format
 * @throws {ExpressionError} `eval` for an unknown style or format
 */
export function parseExact(
  text: string,
  format: string,
  options: { readonly styles: string; readonly nowMs: number },
): DateValue | undefined {
  const styles = readStyles(options.styles);
  const allowsAll = styles.has('AllowWhiteSpaces');
  const trimmed = trimText(
    text,
    allowsAll || styles.has('AllowLeadingWhite'),
    allowsAll || styles.has('AllowTrailingWhite'),
  );
  const skipsInnerWhite = allowsAll || styles.has('AllowInnerWhite');
  const cursor: Cursor = { text: trimmed, at: 0, found: {}, skipsInnerWhite };
  const tokens = readFormat(format);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || !readToken(cursor, token, tokens[index + 1])) return undefined;
  }
  return cursor.at === trimmed.length ? assemble(cursor.found, styles, options.nowMs) : undefined;
}

function readStyles(text: string): ReadonlySet<string> {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !STYLE_NAMES.includes(name));
  if (unknown !== undefined) throw evaluationError(`there is no date style ${quoteValue(unknown)}`);
  return new Set(names);
}

function trimText(text: string, start: boolean, end: boolean): string {
  const front = start ? text.trimStart() : text;
  return end ? front.trimEnd() : front;
}

function readToken(cursor: Cursor, token: FormatToken, next: FormatToken | undefined): boolean {
  if (cursor.skipsInnerWhite) while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at += 1;
  if (token.kind === 'field') return fieldReaders[token.letter]?.(cursor, token.count) ?? false;
  if (token.text === 'Z') return readUtcMarker(cursor);
  if (cursor.skipsInnerWhite && token.text.trim() === '') return true;
  if (cursor.text.startsWith(token.text, cursor.at)) {
    cursor.at += token.text.length;
    return true;
  }
  return token.text === '.' && next?.kind === 'field' && next.letter === 'F';
}

function readUtcMarker(cursor: Cursor): boolean {
  const marker = /^(?:Z|GMT)/i.exec(cursor.text.slice(cursor.at, cursor.at + 3))?.[0];
  if (marker === undefined) return false;
  cursor.at += marker.length;
  cursor.found.offset = 0;
  cursor.found.isUtc = true;
  return true;
}

const fieldReaders: Readonly<Record<string, (cursor: Cursor, count: number) => boolean>> = {
  d: (cursor, count) =>
    count <= 2 ? readNumber(cursor, 'day', count) : readName(cursor, 'weekday', { names: DAY_NAMES, count, first: 0 }),
  M: (cursor, count) =>
    count <= 2
      ? readNumber(cursor, 'month', count)
      : readName(cursor, 'month', { names: MONTH_NAMES, count, first: 1 }),
  y: readYear,
  h: (cursor, count) => readNumber(cursor, 'hour12', Math.min(count, 2)),
  H: (cursor, count) => readNumber(cursor, 'hour', Math.min(count, 2)),
  m: (cursor, count) => readNumber(cursor, 'minute', Math.min(count, 2)),
  s: (cursor, count) => readNumber(cursor, 'second', Math.min(count, 2)),
  f: (cursor, count) => readFraction(cursor, count, count),
  F: (cursor, count) => readFraction(cursor, 0, count),
  t: readHalf,
  z: readZone,
  K: (cursor) => readUtcMarker(cursor) || readZone(cursor, 3) || true,
  g: (cursor) => readEra(cursor),
};

type NumberField = 'year' | 'month' | 'day' | 'weekday' | 'hour' | 'hour12' | 'minute' | 'second';

function takeDigits(cursor: Cursor, min: number, max: number): string | undefined {
  let end = cursor.at;
  while (end - cursor.at < max && /^\d$/.test(cursor.text.charAt(end))) end += 1;
  if (end - cursor.at < min) return undefined;
  const digits = cursor.text.slice(cursor.at, end);
  cursor.at = end;
  return digits;
}

/** One letter takes one or two digits, more letters exactly as many. A field read twice must agree. */
function readNumber(cursor: Cursor, field: NumberField, count: number): boolean {
  const digits = takeDigits(cursor, count, count === 1 ? 2 : count);
  return digits !== undefined && put(cursor.found, field, Number(digits));
}

function put(found: Found, field: NumberField, value: number): boolean {
  if (found[field] !== undefined && found[field] !== value) return false;
  found[field] = value;
  return true;
}

function readYear(cursor: Cursor, count: number): boolean {
  const digits = takeDigits(cursor, count, count === 1 ? 2 : count);
  if (digits === undefined) return false;
  return put(cursor.found, 'year', count <= 2 ? fullYear(Number(digits)) : Number(digits));
}

interface NameList {
  readonly names: readonly string[];
  readonly count: number;
  /** Number of the first name. */
  readonly first: number;
}

function readName(cursor: Cursor, field: NumberField, list: NameList): boolean {
  const rest = cursor.text.slice(cursor.at, cursor.at + 12).toLowerCase();
  const names = list.names.map((name) => (list.count === 3 ? name.slice(0, 3) : name).toLowerCase());
  const index = names.findIndex((name) => rest.startsWith(name));
  if (index < 0) return false;
  cursor.at += names[index]?.length ?? 0;
  return put(cursor.found, field, index + list.first);
}

function readFraction(cursor: Cursor, min: number, max: number): boolean {
  const digits = takeDigits(cursor, min, max);
  if (digits === undefined) return false;
  cursor.found.fraction = Number(digits.padEnd(7, '0'));
  return true;
}

function readHalf(cursor: Cursor, count: number): boolean {
  const letters = cursor.text.slice(cursor.at, cursor.at + Math.min(count, 2)).toUpperCase();
  if (letters !== 'AM'.slice(0, count) && letters !== 'PM'.slice(0, count)) return false;
  cursor.at += letters.length;
  cursor.found.isAfternoon = letters.startsWith('P');
  return true;
}

function readZone(cursor: Cursor, count: number): boolean {
  const pattern = count === 1 ? /^([+-])(\d{1,2})/ : count === 2 ? /^([+-])(\d{2})/ : /^([+-])(\d{2}):?(\d{2})/;
  const zone = pattern.exec(cursor.text.slice(cursor.at, cursor.at + 6));
  if (zone === null || Number(zone[2]) > 14 || Number(zone[3] ?? 0) > 59) return false;
  cursor.at += zone[0].length;
  cursor.found.offset = (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3] ?? 0));
  return true;
}

function readEra(cursor: Cursor): boolean {
  const era = /^(?:A\.D\.|AD)/i.exec(cursor.text.slice(cursor.at, cursor.at + 4))?.[0];
  cursor.at += era?.length ?? 0;
  return era !== undefined;
}

function assemble(found: Found, styles: ReadonlySet<string>, nowMs: number): DateValue | undefined {
  const hour = hourOf(found);
  if (hour === undefined) return undefined;
  const day = dayOf(found, styles.has('NoCurrentDateDefault'), nowMs);
  const time = { hour, minute: found.minute ?? 0, second: found.second ?? 0, fraction: found.fraction ?? 0 };
  const date = dateFromFields({ ...day, ...time }, 'unspecified');
  if (date === undefined) return undefined;
  if (found.weekday !== undefined && found.weekday !== weekdayOf(date.ms)) return undefined;
  return inZone(date, found, styles);
}

/** Twelve-hour clocks without AM or PM mean the morning. */
function hourOf(found: Found): number | undefined {
  if (found.hour12 === undefined) return found.hour ?? (found.isAfternoon === true ? 12 : 0);
  if (found.hour12 > 12) return undefined;
  const hour = (found.hour12 % 12) + (found.isAfternoon === true ? 12 : 0);
  return found.hour === undefined || found.hour === hour ? hour : undefined;
}

function dayOf(found: Found, usesFirstDay: boolean, nowMs: number): { year: number; month: number; day: number } {
  const { year, month, day } = found;
  const today = fieldsOf({ ms: nowMs, ticks: 0, zone: 'utc' });
  if (year === undefined && month === undefined && day === undefined) {
    return usesFirstDay ? { year: 1, month: 1, day: 1 } : { year: today.year, month: today.month, day: today.day };
  }
  return { year: year ?? (usesFirstDay ? 1 : today.year), month: month ?? 1, day: day ?? 1 };
}

function inZone(date: DateValue, found: Found, styles: ReadonlySet<string>): DateValue | undefined {
  const isUniversal = styles.has('AdjustToUniversal');
  if (found.offset === undefined) {
    const isAssumed = styles.has('AssumeLocal') || styles.has('AssumeUniversal');
    if (!isAssumed) return date;
    return { ...date, zone: isUniversal ? 'utc' : 'local' };
  }
  const keepsMarker = found.isUtc === true && styles.has('RoundtripKind');
  return shiftDate(date, -found.offset * 60_000, isUniversal || keepsMarker ? 'utc' : 'local');
}
