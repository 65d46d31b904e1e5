import type { EntryShape } from 'lockstep/admin-api/answers';

/** An attribute as a list shows it; empty when it is absent. */
export function attributeText(entry: EntryShape, name: string): string {
  const value = entry[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every attribute with a value, by name. */
export function attributeFacts(entry: EntryShape): readonly (readonly [string, string])[] {
  return Object.keys(entry)
    .map((name) => [name, attributeText(entry, name)] as const)
    .filter(([, text]) => text !== '')
    .toSorted(([one], [other]) => one.localeCompare(other));
}

/** Whether somebody is enabled, disabled or in the recycle bin. */
export function stateOf(entry: EntryShape): 'enabled' | 'disabled' | 'deleted' {
  if (entry['deletedDateTime'] !== undefined) return 'deleted';
  return entry['accountEnabled'] === false ? 'disabled' : 'enabled';
}
