import type { EntryShape } from '../admin-api/entry-shape.ts';
import { plainText } from './print-table.ts';

const FIRST = ['objectId', 'userPrincipalName', 'displayName'];
const LAST = ['createdAt', 'modifiedAt'];

/** A person or group, one attribute a line. */
export function entryText(entry: EntryShape): string {
  const names = Object.keys(entry).filter((name) => name !== 'type');
  const middle = names.filter((name) => !FIRST.includes(name) && !LAST.includes(name)).toSorted();
  const ordered = [...FIRST, ...middle, ...LAST].filter((name) => names.includes(name));
  const width = Math.max(...ordered.map((name) => name.length));
  return ordered.map((name) => `${name.padEnd(width)}  ${valueText(entry[name])}`).join('\n');
}

/** A value on one line. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join('; ');
  return plainText(typeof value === 'string' ? value : JSON.stringify(value ?? null));
}
