const DURATION = /^P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const UNITS_MS: readonly number[] = [86_400_000, 3_600_000, 60_000, 1_000];

/** Reads an ISO 8601 duration of days, hours, minutes and seconds, such as `PT40M`; `undefined` when it is none. */
export function readDuration(text: string): number | undefined {
  const parts = DURATION.exec(text)?.slice(1);
  if (parts === undefined || parts.every((part) => part === undefined)) return undefined;
  return parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (UNITS_MS[at] ?? 0), 0);
}

/** Writes whole seconds as an ISO 8601 duration. */
export function printDuration(ms: number): string {
  let rest = ms;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = UNITS_MS.map((unit) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count;
  });
  const day = days > 0 ? `${days}D` : '';
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  if (day === '' && time === '') return 'PT0S';
  return `P${day}${time === '' ? '' : `T${time}`}`;
}
