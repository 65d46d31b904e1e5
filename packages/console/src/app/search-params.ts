/** Parameters of an address as the router parsed them: anything can stand there. */
export type RawSearch = Readonly<Record<string, unknown>>;

/** A text of an address; numbers are taken as they were written. Absent, empty and anything else are `undefined`. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One of a few words; `undefined` for any other. */
export function readChoice<const T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

/** Takes only what is there, so that an address holds no empty parameters. */
export function present<const T extends Readonly<Record<string, unknown>>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  // The entries are those of `values` that are not undefined.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
