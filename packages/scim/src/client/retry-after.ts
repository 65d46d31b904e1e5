/** Longer header values are not read at all: no valid form needs more. */
const LENGTH_MAX = 64;

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const DECIMAL = /^\d{1,12}(?:\.\d{1,6})?$/;
const IMF_DATE = /^[A-Za-z]{3}, (\d{2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const RFC_850_DATE = /^[A-Za-z]{6,9}, (\d{2})-([A-Za-z]{3})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/;
const ASCTIME_DATE = /^[A-Za-z]{3} ([A-Za-z]{3}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3): whole seconds or one of the three HTTP dates, and, beyond the RFC,
 * seconds with a fraction. A date in the past gives 0.
 *
 * @returns how long to wait, or `undefined` when the header is absent, negative, or not readable
 */
export function readRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header === null || header.length > LENGTH_MAX ? '' : header.trim();
  if (text === '') return undefined;
  if (DECIMAL.test(text)) return Math.ceil(Number(text) * 1_000);
  const atMs = readHttpDate(text, nowMs);
  return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

/** RFC 9110 §5.6.7: IMF-fixdate, and the two obsolete forms a recipient has to understand. */
function readHttpDate(text: string, nowMs: number): number | undefined {
  const imf = IMF_DATE.exec(text);
  if (imf !== null) return instant([imf[3], imf[2], imf[1], imf[4], imf[5], imf[6]]);
  const asctime = ASCTIME_DATE.exec(text);
  if (asctime !== null) return instant([asctime[6], asctime[1], asctime[2], asctime[3], asctime[4], asctime[5]]);
  const old = RFC_850_DATE.exec(text);
  if (old === null) return undefined;
  const year = nearestYear(Number(old[3]), nowMs);
  return instant([String(year), old[2], old[1], old[4], old[5], old[6]]);
}

/** A two-digit year that seems more than 50 years ahead is meant to be past (RFC 9110 §5.6.7). */
function nearestYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

/** Year, month name, day, hour, minute, second. */
function instant(parts: readonly (string | undefined)[]): number | undefined {
  const [year, monthName, day, hour, minute, second] = parts;
  const at = MONTHS.indexOf(monthName ?? '?');
  if (at < 0 || at % 3 !== 0) return undefined;
  const ms = Date.UTC(Number(year), at / 3, Number(day), Number(hour), Number(minute), Number(second));
  return Number.isNaN(ms) ? undefined : ms;
}
