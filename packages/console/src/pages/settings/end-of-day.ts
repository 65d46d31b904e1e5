/** The last second of a day as a date field gives it, in the time of the reader, as ISO 8601; `null` = no end. */
export function endOfDay(day: string): string | null {
  if (day === '') return null;
  const end = new Date(`${day}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
}
