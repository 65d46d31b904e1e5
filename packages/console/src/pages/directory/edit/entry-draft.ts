import type { DirectoryAttributeShape, EntryShape } from 'lockstep/admin-api/answers';

/** What a form has to know about an attribute. */
export type FormAttribute = Pick<DirectoryAttributeShape, 'name' | 'type' | 'multiValued'>;

/** A person or group as it is typed, by attribute: lists one value a line, yes and no as `true` and `false`. */
export type EntryDraft = Readonly<Record<string, string>>;

/** A value as the API takes it; `null` clears. */
export type SentValue = string | boolean | readonly string[] | null;

/** An attribute whose text differs, with both. */
export interface DraftDifference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What an entry looks like in the form; without one, an empty form. */
export function draftOf(entry: EntryShape | undefined, attributes: readonly FormAttribute[]): EntryDraft {
  return Object.fromEntries(
    attributes.map((attribute) => [attribute.name, textOf(attribute, entry?.[attribute.name])]),
  );
}

/** What has to be sent so that the entry becomes what is typed; empty = nothing. */
export function changesOf(
  draft: EntryDraft,
  base: EntryDraft,
  attributes: readonly FormAttribute[],
): Readonly<Record<string, SentValue>> {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const changes = differencesOf(base, draft).map(({ name, after }) => [name, sentValue(byName.get(name), after)]);
  return Object.fromEntries(changes);
}

/** What differs between two drafts, in the order of the second. */
export function differencesOf(before: EntryDraft, after: EntryDraft): readonly DraftDifference[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names
    .map((name) => ({ name, before: before[name] ?? '', after: after[name] ?? '' }))
    .filter((one) => one.before !== one.after);
}

/** What was typed, put over what somebody else has saved meanwhile. */
export function rebase(draft: EntryDraft, base: EntryDraft, fresh: EntryDraft): EntryDraft {
  return { ...fresh, ...Object.fromEntries(differencesOf(base, draft).map(({ name, after }) => [name, after])) };
}

const MIDNIGHT = 'T00:00:00Z';

function textOf({ name, type, multiValued }: FormAttribute, value: unknown): string {
  // Whoever is not said to be disabled is enabled; other flags are off until they are set.
  if (type === 'boolean') return String(value ?? name === 'accountEnabled');
  if (value === undefined || value === null) return '';
  if (multiValued) return Array.isArray(value) ? value.map(String).join('\n') : String(value);
  const text = String(value);
  return type === 'dateTime' && text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text;
}

function sentValue(attribute: FormAttribute | undefined, text: string): SentValue {
  if (attribute?.type === 'boolean') return text === 'true';
  if (attribute?.multiValued !== true) return text.trim() === '' ? null : text.trim();
  const values = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return values.length === 0 ? null : values;
}
