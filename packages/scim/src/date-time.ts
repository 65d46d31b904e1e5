const MS_PER_DAY = 86_400_000;
const DAYS_IN_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads an `xsd:dateTime` (RFC 7643 §2.3.5) such as `2011-05-13T04:42:34.1234567+02:00`.
 *
 * Years run from 0001 to 9999; the fraction may have any number of digits and is kept below the millisecond as far as
 * a double carries it; without an offset the time is read as UTC.
 *
 * @returns milliseconds since 1970-01-01T00:00:00Z, or undefined when the text is no such date
 */
export function parseDateTime(text: string): number | undefined {
  const date = readDate(text);
  const time = readTime(text);
  if (date === undefined || time === undefined) return undefined;
  const fractionEnd = endOfFraction(text);
  const offsetMs = fractionEnd === undefined ? undefined : readOffset(text, fractionEnd);
  if (fractionEnd === undefined || offsetMs === undefined) return undefined;
  const fractionMs = fractionEnd > 19 ? Number(`0${text.slice(19, fractionEnd)}`) * 1_000 : 0;
  return date + time + fractionMs - offsetMs;
}

function readDate(text: string): number | undefined {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const isPunctuated = text[4] === '-' && text[7] === '-' && text[10] === 'T';
  if (!isPunctuated || year < 1 || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysIn(year, month)) return undefined;
  return daysSinceEpoch(year, month, day) * MS_PER_DAY;
}

function readTime(text: string): number | undefined {
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  if (text[13] !== ':' || text[16] !== ':') return undefined;
  return clockMs(hour, minute, second);
}

function clockMs(hour: number, minute: number, second: number): number | undefined {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1_000;
}

/** Where the fraction that starts at column 19 ends; 19 when there is none. */
function endOfFraction(text: string): number | undefined {
  if (text[19] !== '.') return 19;
  let end = 20;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end === 20 ? undefined : end;
}

function readOffset(text: string, start: number): number | undefined {
  const rest = text.length - start;
  const sign = text[start];
  if (rest === 0) return 0;
  if (rest === 1) return sign === 'Z' ? 0 : undefined;
  if (rest !== 6 || (sign !== '+' && sign !== '-') || text[start + 3] !== ':') return undefined;
  const offsetMs = clockMs(digits(text, start + 1, 2), digits(text, start + 4, 2), 0);
  if (offsetMs === undefined || offsetMs > 14 * 3_600_000) return undefined;
  return sign === '-' ? -offsetMs : offsetMs;
}

/** The number that `length` digits spell, or -1 when one of them is no digit. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let index = start; index < start + length; index += 1) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) return -1;
    value = value * 10 + (code - 48);
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysIn(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

/** Days from 1970-01-01 in the Gregorian calendar carried backwards, as `xsd:dateTime` counts. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 719_162;
  for (let past = 1; past < month; past += 1) days += daysIn(year, past);
  return days + day - 1;
}
