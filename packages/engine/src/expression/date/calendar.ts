/** A date as expressions handle it: what the digits say, to a tenth of a microsecond, and whose digits they are. */
export interface DateValue {
  /** Milliseconds since 1970-01-01 00:00, by the digits. */
  readonly ms: number;
  /** Hundreds of nanoseconds within the millisecond, 0 to 9999. */
  readonly ticks: number;
  /** `local` is the zone of the machine, which is UTC here; it differs in print only. */
  readonly zone: 'unspecified' | 'utc' | 'local';
}

/** A date in parts. */
export interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Hundreds of nanoseconds within the second, 0 to 9,999,999. */
  readonly fraction: number;
}

/** English names, as .NET's invariant culture has them. */
export const MONTH_NAMES: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** English names from Sunday on. */
export const DAY_NAMES: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

export const DAY_MS = 86_400_000;

/** 0001-01-01 00:00, the first moment a date can be. */
export const FIRST_MS = -62_135_596_800_000;

/** 9999-12-31 23:59:59.999, the last millisecond a date can be in. */
export const LAST_MS = 253_402_300_799_999;

/** Days since 1970-01-01 of a day of the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The day of the Gregorian calendar that lies some days after 1970-01-01. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return next - daysFromCivil(year, month, 1);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(ms: number): number {
  return (((Math.floor(ms / DAY_MS) + 4) % 7) + 7) % 7;
}

/** The parts of a date. */
export function fieldsOf(date: DateValue): DateFields {
  const days = Math.floor(date.ms / DAY_MS);
  const rest = date.ms - days * DAY_MS;
  return {
    ...civilFromDays(days),
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1_000) % 60,
    fraction: (rest % 1_000) * 10_000 + date.ticks,
  };
}

/** A date from its parts, or undefined when there is no such day or time. */
export function dateFromFields(fields: DateFields, zone: DateValue['zone']): DateValue | undefined {
  const { year, month, day, hour, minute, second, fraction } = fields;
  if (year < 1 || year > 9999 || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const time = hour * 3_600_000 + minute * 60_000 + second * 1_000;
  const ms = daysFromCivil(year, month, day) * DAY_MS + time + Math.floor(fraction / 10_000);
  return { ms, ticks: fraction % 10_000, zone };
}

/** The date some milliseconds later, or undefined outside the years 1 to 9999. */
export function shiftDate(date: DateValue, byMs: number, zone: DateValue['zone']): DateValue | undefined {
  const ms = date.ms + byMs;
  return Number.isFinite(ms) && ms >= FIRST_MS && ms <= LAST_MS ? { ms, ticks: date.ticks, zone } : undefined;
}

/** Years of two digits: up to 49 they mean 20xx, from 50 on 19xx. */
export function fullYear(twoDigits: number): number {
  return twoDigits <= 49 ? 2000 + twoDigits : 1900 + twoDigits;
}
