import {
  DAY_NAMES,
  type DateFields,
  type DateValue,
  dateFromFields,
  fieldsOf,
  fullYear,
  MONTH_NAMES,
  shiftDate,
  weekdayOf,
} from './calendar.ts';

type DatePart = Pick<DateFields, 'year' | 'month' | 'day'>;
type TimePart = Pick<DateFields, 'hour' | 'minute' | 'second' | 'fraction'>;

/** A part that was read, and how many characters it took. */
interface Read<T> {
  readonly part: T;
  readonly length: number;
}

const MIDNIGHT: TimePart = { hour: 0, minute: 0, second: 0, fraction: 0 };
const ZONE = /^\s*(?:(Z|GMT|UTC)|([+-])(\d{1,2})(?::?(\d{2}))?)$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AP])\.?M?\.?(?![A-Za-z]))?/i;
const HOUR_ONLY = /^(\d{1,2})\s*([AP])M(?![A-Za-z])/i;
const DAY_NAME = /^(?:Sun|Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?)(?:day)?,?\s+/i;

/**
 * Reads a date in any common English or ISO form, as .NET's `DateTime.Parse` does: `2020-03-16-07:00`,
 * `2009-06-15T01:45:30-07:00`, `6/30/2021 3:33:38 PM`, `15 Jun 2009 20:45:30 GMT`.
 *
 * @param nowMs decides about a text that holds only a time, or no year
 * @returns the moment in UTC; a text without a zone is taken as UTC. Undefined when it is no date.
 */
export function readDate(text: string, nowMs: number): DateValue | undefined {
  const trimmed = text.trim();
  const date = readDatePart(trimmed, nowMs);
  const behindDate = trimmed.slice(date?.length ?? 0);
  const time = readTimePart(behindDate, date === undefined);
  if (date === undefined && time === undefined) return undefined;
  const offset = readOffset(behindDate.slice(time?.length ?? 0));
  if (offset === undefined) return undefined;
  const day = date?.part ?? fieldsOf({ ms: nowMs, ticks: 0, zone: 'utc' });
  const fields = { year: day.year, month: day.month, day: day.day, ...(time?.part ?? MIDNIGHT) };
  const local = dateFromFields(fields, 'utc');
  if (local === undefined || !hasWeekday(trimmed, local)) return undefined;
  return shiftDate(local, -offset * 60_000, 'utc');
}

/** A weekday in front has to be that of the date. */
function hasWeekday(text: string, date: DateValue): boolean {
  const name = DAY_NAME.exec(text)?.[0].slice(0, 3).toLowerCase();
  return name === undefined || DAY_NAMES[weekdayOf(date.ms)]?.slice(0, 3).toLowerCase() === name;
}

function readDatePart(text: string, nowMs: number): Read<DatePart> | undefined {
  const prefix = DAY_NAME.exec(text)?.[0].length ?? 0;
  const rest = text.slice(prefix);
  const found = readNumericDate(rest) ?? readNamedDate(rest, nowMs);
  return found && { part: found.part, length: found.length + prefix };
}

function readNumericDate(text: string): Read<DatePart> | undefined {
  const iso = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d:])/.exec(text);
  if (iso) return dateRead(iso[0], Number(iso[1]), Number(iso[3]), Number(iso[4] ?? 1));
  const american = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(text);
  if (american) return dateRead(american[0], yearOf(american[4]), Number(american[1]), Number(american[3]));
  return undefined;
}

function readNamedDate(text: string, nowMs: number): Read<DatePart> | undefined {
  const dayFirst = /^(\d{1,2})[-\s]+([A-Za-z]{3,9})\.?(?:[-\s,]+(\d{4}|\d{2})(?![\d:]))?/.exec(text);
  if (dayFirst) return namedRead(dayFirst[0], dayFirst[2], dayFirst[1], dayFirst[3], nowMs);
  const monthFirst = /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?![\d:])(?:[\s,]+(\d{4})(?![\d:]))?/.exec(text);
  if (monthFirst) return namedRead(monthFirst[0], monthFirst[1], monthFirst[2], monthFirst[3], nowMs);
  const monthOnly = /^([A-Za-z]{3,9})\.?[\s,]+(\d{4})(?![\d:])/.exec(text);
  return monthOnly ? namedRead(monthOnly[0], monthOnly[1], '1', monthOnly[2], nowMs) : undefined;
}

function namedRead(
  matched: string,
  name: string | undefined,
  ...[day, year, nowMs]: readonly [string | undefined, string | undefined, number]
): Read<DatePart> | undefined {
  const month = monthNumber(name ?? '');
  if (month === undefined) return undefined;
  const written = year === undefined ? fieldsOf({ ms: nowMs, ticks: 0, zone: 'utc' }).year : yearOf(year);
  return dateRead(matched, written, month, Number(day));
}

function dateRead(matched: string, year: number, month: number, day: number): Read<DatePart> {
  return { part: { year, month, day }, length: matched.length };
}

function yearOf(written: string | undefined): number {
  return written?.length === 2 ? fullYear(Number(written)) : Number(written);
}

/** 1 to 12 for an English month name, whole or its first three letters, in any case. */
export function monthNumber(name: string): number | undefined {
  const lower = name.toLowerCase();
  const index = MONTH_NAMES.findIndex((month) => {
    const full = month.toLowerCase();
    return lower === full || lower === full.slice(0, 3) || (lower === 'sept' && full === 'september');
  });
  return index < 0 ? undefined : index + 1;
}

/** @param isAlone the text holds no date, so that the time starts it */
function readTimePart(text: string, isAlone: boolean): Read<TimePart> | undefined {
  const separator = isAlone ? '' : (/^(?:[Tt]|[\s,]+(?:at\s+)?)/.exec(text)?.[0] ?? undefined);
  if (separator === undefined) return undefined;
  const rest = text.slice(separator.length);
  const clock = CLOCK.exec(rest);
  if (clock) {
    const hour = hourOf(Number(clock[1]), clock[5]);
    const fraction = Number((clock[4] ?? '').slice(0, 7).padEnd(7, '0'));
    const part = { hour, minute: Number(clock[2]), second: Number(clock[3] ?? 0), fraction };
    return { part, length: separator.length + clock[0].length };
  }
  const hourOnly = HOUR_ONLY.exec(rest);
  if (hourOnly === null) return undefined;
  const part = { ...MIDNIGHT, hour: hourOf(Number(hourOnly[1]), hourOnly[2]) };
  return { part, length: separator.length + hourOnly[0].length };
}

/** An hour that cannot be becomes 99, which no date accepts. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour > 12) return 99;
  return (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
}

/** Minutes east of UTC; 0 when nothing is written. */
function readOffset(text: string): number | undefined {
  if (text.trim() === '') return 0;
  const zone = ZONE.exec(text);
  if (zone === null) return undefined;
  if (zone[1] !== undefined) return 0;
  const hours = Number(zone[3]);
  const minutes = Number(zone[4] ?? 0);
  if (hours > 14 || minutes > 59) return undefined;
  return (zone[2] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
