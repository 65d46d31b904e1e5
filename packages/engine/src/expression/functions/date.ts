import {
  DAY_MS,
  type DateValue,
  dateFromFields,
  daysInMonth,
  FIRST_MS,
  fieldsOf,
  LAST_MS,
  shiftDate,
  weekdayOf,
} from '../date/calendar.ts';
import { dateText, formatDate } from '../date/format-date.ts';
import { DEFAULT_STYLES, parseExact } from '../date/parse-exact.ts';
import { readDate } from '../date/read-date.ts';
import { evaluationError, quoteValue } from '../expression-error.ts';
import { bigNumber, itemText, oneText, textOrEmpty, type Value } from '../value.ts';
import {
  type Arguments,
  define,
  type FunctionDefinition,
  type FunctionParameter,
  parameters,
  strictStep,
} from './function-definition.ts';

/** Intervals of DateAdd and DateDiff: years, months, days, weeks, hours, minutes (`n`), seconds. */
type Interval = 'yyyy' | 'm' | 'd' | 'ww' | 'h' | 'n' | 's';

const INTERVAL_MS: Readonly<Record<Exclude<Interval, 'yyyy' | 'm'>, number>> = {
  d: DAY_MS,
  ww: 7 * DAY_MS,
  h: 3_600_000,
  n: 60_000,
  s: 1_000,
};

const formatParameters = parameters('source', 'dateTimeStyles?', 'inputFormat', 'outputFormat');
const shortFormatParameters = parameters('source', 'inputFormat', 'outputFormat');

/** Functions about dates. Dates travel as text `M/d/yyyy h:mm:ss tt` in UTC (Entra docs, CDate). */
export const dateFunctions: readonly FunctionDefinition[] = [
  define('CDate', parameters('expression'), ([value], { nowMs }) => dateText(toDate(value, nowMs))),
  define('Now', [], (_, { nowMs }) => dateText({ ms: nowMs, ticks: 0, zone: 'utc' })),
  define('DateAdd', parameters('interval', 'value:Integer', 'dateTime'), ([interval, value, date], { nowMs }) =>
    dateText(addInterval(readInterval(interval), wholePart(value), toDate(date, nowMs))),
  ),
  define('DateDiff', parameters('interval', 'date1', 'date2'), ([interval, first, second], { nowMs }) =>
    String(difference(readInterval(interval), toDate(first, nowMs), toDate(second, nowMs))),
  ),
  define('DateFromNum', parameters('value:Integer'), ([value]) => dateText(fromFileTime(bigNumber(value, 'value')))),
  define('NumFromDate', parameters('value'), ([value], { nowMs }) => toFileTime(toDate(value, nowMs))),
  {
    name: 'FormatDateTime',
    parameters: formatParameters,
    parametersFor: formatParametersFor,
    compile: (slots, call) => {
      const isShort = slots.length === 3;
      return strictStep(slots, call, (values, { nowMs }) =>
        formatDateTime(isShort ? [values[0], undefined, values[1], values[2]] : values, nowMs),
      );
    },
  },
];

/** Three arguments are the older signature, without the styles. */
function formatParametersFor(slotCount: number): readonly FunctionParameter[] | undefined {
  return slotCount === 3 ? shortFormatParameters : undefined;
}

function formatDateTime(values: Arguments, nowMs: number): Value {
  const source = values[0] ?? null;
  if (source === null) return null;
  const styles = oneText(values[1]) ?? DEFAULT_STYLES;
  const inputFormat = textOrEmpty(values[2]);
  const outputFormat = textOrEmpty(values[3]);
  const reformat = (text: string): string => {
    const date = parseExact(text, inputFormat, { styles, nowMs });
    if (date === undefined) {
      throw evaluationError(`${quoteValue(text)} does not have the format ${quoteValue(inputFormat)}`);
    }
    return formatDate(date, outputFormat);
  };
  return typeof source === 'string' ? reformat(source) : source.map((item) => reformat(itemText(item)));
}

function toDate(value: Value | undefined, nowMs: number): DateValue {
  const text = oneText(value);
  if (text === null) throw evaluationError('a date is needed, but there is no value');
  const date = readDate(text, nowMs);
  if (date === undefined) throw evaluationError(`${quoteValue(text)} is not a date`);
  return date;
}

function readInterval(value: Value | undefined): Interval {
  const text = textOrEmpty(value);
  switch (text) {
    case 'yyyy':
    case 'm':
    case 'd':
    case 'ww':
    case 'h':
    case 'n':
    case 's':
      return text;
    default:
      throw evaluationError(`the interval must be yyyy, m, d, ww, h, n or s, not ${quoteValue(text)}`);
  }
}

/** A number without its fraction. */
function wholePart(value: Value | undefined): number {
  const text = textOrEmpty(value).trim();
  const number = Math.trunc(Number(text));
  if (text === '' || !Number.isSafeInteger(number)) {
    throw evaluationError(`the number of intervals must be a number, not ${quoteValue(text)}`);
  }
  return number;
}

function addInterval(interval: Interval, count: number, date: DateValue): DateValue {
  const result =
    interval === 'yyyy' || interval === 'm'
      ? addMonths(date, interval === 'm' ? count : count * 12)
      : shiftDate(date, count * INTERVAL_MS[interval], 'utc');
  if (result === undefined) throw evaluationError('the result lies outside the years 1 to 9999');
  return result;
}

/** A day that the month does not have becomes its last one. */
function addMonths(date: DateValue, count: number): DateValue | undefined {
  const fields = fieldsOf(date);
  const months = fields.year * 12 + fields.month - 1 + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < 1 || year > 9999) return undefined;
  return dateFromFields({ ...fields, year, month, day: Math.min(fields.day, daysInMonth(year, month)) }, 'utc');
}

/**
 * Second date minus first, as Visual Basic counts: days and shorter intervals whole ones that have passed, months and years
 * by the calendar, weeks by the Sundays in between.
 */
function difference(interval: Interval, first: DateValue, second: DateValue): number {
  switch (interval) {
    case 'yyyy':
      return fieldsOf(second).year - fieldsOf(first).year;
    case 'm':
      return monthsOf(second) - monthsOf(first);
    case 'ww':
      return (startOfWeek(second) - startOfWeek(first)) / (7 * DAY_MS);
    default:
      return Math.trunc((second.ms - first.ms) / INTERVAL_MS[interval]) + 0;
  }
}

function monthsOf(date: DateValue): number {
  const { year, month } = fieldsOf(date);
  return year * 12 + month;
}

function startOfWeek(date: DateValue): number {
  return Math.floor(date.ms / DAY_MS) * DAY_MS - weekdayOf(date.ms) * DAY_MS;
}

/** 1601-01-01, the start of the file time count, in milliseconds since 1970. */
const FILE_TIME_START_MS = -11_644_473_600_000;

/** Hundreds of nanoseconds since 1601-01-01 UTC, the time form of Active Directory. */
function toFileTime(date: DateValue): string {
  if (date.ms < FILE_TIME_START_MS) throw evaluationError('the date lies before 1601-01-01');
  return String(BigInt(date.ms - FILE_TIME_START_MS) * 10_000n + BigInt(date.ticks));
}

function fromFileTime(value: bigint): DateValue {
  const ms = Number(value / 10_000n) + FILE_TIME_START_MS;
  if (value < 0n || ms < FIRST_MS || ms > LAST_MS)
    throw evaluationError(`${value} is no time Active Directory can hold`);
  return { ms, ticks: Number(value % 10_000n), zone: 'utc' };
}
