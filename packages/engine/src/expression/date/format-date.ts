import { DAY_NAMES, type DateFields, type DateValue, fieldsOf, MONTH_NAMES, weekdayOf } from './calendar.ts';
import { type FormatToken, readFormat } from './format-token.ts';

/**
 * Prints a date in a .NET format, custom or standard, in the invariant culture. An empty format is the standard one, `G`.
 * @throws {ExpressionError} `eval` for a format that does not exist
 */
export function formatDate(date: DateValue, format: string): string {
  const fields = fieldsOf(date);
  let text = '';
  for (const token of readFormat(format === '' ? 'G' : format)) {
    if (token.kind === 'literal') text += token.text;
    else if (token.letter === 'F') text = appendOptionalFraction(text, fields.fraction, token.count);
    else text += printField(token, fields, date);
  }
  return text;
}

/** The text form in which dates travel between functions: `M/d/yyyy h:mm:ss tt`. */
export function dateText(date: DateValue): string {
  return formatDate(date, 'M/d/yyyy h:mm:ss tt');
}

type FieldToken = Extract<FormatToken, { kind: 'field' }>;

function printField(token: FieldToken, fields: DateFields, date: DateValue): string {
  const { count } = token;
  switch (token.letter) {
    case 'd':
      return count <= 2 ? pad(fields.day, count) : cutName(DAY_NAMES[weekdayOf(date.ms)], count);
    case 'M':
      return count <= 2 ? pad(fields.month, count) : cutName(MONTH_NAMES[fields.month - 1], count);
    case 'y':
      return count <= 2 ? pad(fields.year % 100, count) : pad(fields.year, count);
    case 'h':
      return pad(fields.hour % 12 === 0 ? 12 : fields.hour % 12, Math.min(count, 2));
    case 'H':
      return pad(fields.hour, Math.min(count, 2));
    case 'm':
      return pad(fields.minute, Math.min(count, 2));
    case 's':
      return pad(fields.second, Math.min(count, 2));
    default:
      return printRareField(token, fields, date);
  }
}

function printRareField(token: FieldToken, fields: DateFields, date: DateValue): string {
  switch (token.letter) {
    case 'f':
      return fractionDigits(fields.fraction, token.count);
    case 't':
      return (fields.hour < 12 ? 'AM' : 'PM').slice(0, token.count);
    case 'K':
      return { unspecified: '', utc: 'Z', local: '+00:00' }[date.zone];
    case 'z':
      return token.count === 1 ? '+0' : token.count === 2 ? '+00' : '+00:00';
    default:
      return 'A.D.';
  }
}

/** Zeros at the end fall away; when nothing is left, a point in front falls away too. */
function appendOptionalFraction(text: string, fraction: number, count: number): string {
  const digits = fractionDigits(fraction, count).replace(/0+$/, '');
  return digits === '' && text.endsWith('.') ? text.slice(0, -1) : text + digits;
}

function fractionDigits(fraction: number, count: number): string {
  return pad(fraction, 7).slice(0, count);
}

function cutName(name: string | undefined, count: number): string {
  return count === 3 ? (name ?? '').slice(0, 3) : (name ?? '');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
