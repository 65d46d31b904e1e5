import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';

/** One thing that differs between two states, in words a person can follow. */
export interface Difference {
  /** Path such as `users.mappings.externalId.source.name`. */
  readonly what: string;
  /** As text; `null` = it is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Members that name an object inside a list. */
const NAMES: readonly string[] = ['target', 'name', 'title', 'value'];

/** Compares two JSON values leaf by leaf. Objects in lists are paired by their name where they have one. */
export function diffJson(before: Json | undefined, after: Json | undefined, what = ''): readonly Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const first = membersOf(before);
  const second = membersOf(after);
  if (first === undefined || second === undefined) {
    return [{ what, before: textOf(before), after: textOf(after) }];
  }
  const names = [...new Set([...first.keys(), ...second.keys()])];
  const found = names.flatMap((name) =>
    diffJson(first.get(name), second.get(name), what === '' ? name : `${what}.${name}`),
  );
  // Nothing but the order of a list differs.
  return found.length > 0 ? found : [{ what, before: textOf(before), after: textOf(after) }];
}

function membersOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (value === undefined) return undefined;
  if (isJsonObject(value)) return new Map(Object.entries(value));
  if (!isJsonArray(value) || !value.every(isJsonObject)) return undefined;
  const named = value.map((item) => [nameOf(item), item] as const);
  return named.every(([name]) => name !== '') ? new Map(named) : undefined;
}

function nameOf(item: JsonObject): string {
  for (const key of NAMES) {
    const name = item[key];
    if (typeof name === 'string') return name;
  }
  return '';
}

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
