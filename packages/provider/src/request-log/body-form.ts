import { isJsonObject } from '@lockstep/scim';
import { isGuid, MASK } from './mask.ts';
import { maskPatchPath } from './mask-path.ts';

const LENGTH_MAX = 4_000;
const DEPTH_MAX = 8;
const MEMBERS_MAX = 60;
/** Values looked at in all; so many are more than can be shown. */
const VALUES_MAX = 1_000;
/** Longer lists show their beginning and how many more there are. */
const ELEMENTS_MAX = 10;
/** Members whose text is a word of the protocol, in lower case. */
const WORDS: ReadonlySet<string> = new Set(['op', 'schemas', 'type', 'resourcetype', 'method', 'sortorder']);
/** Members whose text is the path of an attribute, or a list of them. */
const PATHS: ReadonlySet<string> = new Set(['path', 'sortby', 'attributes', 'excludedattributes']);
/** Members whose number is no value of a person. */
const NUMBERS: ReadonlySet<string> = new Set(['active', 'primary', 'startindex', 'count', 'failonerrors']);

/**
 * What a body looked like: its members, words of the protocol, ids, booleans (as text, too) and what is empty. Every other
 * value is masked. That is what a deviation can be seen by.
 */
export function bodyForm(body: unknown): string {
  const text = JSON.stringify(formOf(body, { name: '', depth: 0, count: { values: 0 } }));
  return text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX - 3)}...`;
}

interface Place {
  /** Of the member the value is in, in lower case. */
  readonly name: string;
  readonly depth: number;
  /** Of the whole body, so far. */
  readonly count: { values: number };
}

function formOf(value: unknown, place: Place): unknown {
  place.count.values += 1;
  if (place.count.values > VALUES_MAX) return '...';
  if (typeof value === 'string') return textForm(value, place.name);
  if (typeof value === 'number') return NUMBERS.has(place.name) ? value : MASK;
  if (place.depth >= DEPTH_MAX && typeof value === 'object' && value !== null) return '...';
  if (Array.isArray(value)) return listForm(value, place);
  return isJsonObject(value) ? objectForm(value, place) : value;
}

function textForm(text: string, name: string): string {
  if (text === '' || /^(true|false)$/i.test(text) || isGuid(text)) return text;
  if (WORDS.has(name) && /^[\w.:/-]{1,200}$/.test(text)) return text;
  if (PATHS.has(name)) return maskPatchPath(text);
  // A JSON document in text is a deviation by itself.
  return /^\s*\{/.test(text) ? `{${MASK}}` : MASK;
}

function listForm(list: readonly unknown[], place: Place): unknown {
  const shown = list.slice(0, ELEMENTS_MAX).map((one) => formOf(one, { ...place, depth: place.depth + 1 }));
  return list.length <= ELEMENTS_MAX ? shown : [...shown, `... ${list.length - ELEMENTS_MAX} more`];
}

function objectForm(object: Readonly<Record<string, unknown>>, { depth, count }: Place): unknown {
  const entries = Object.entries(object);
  const shown = entries
    .slice(0, MEMBERS_MAX)
    .map(([name, value]) => [
      maskPatchPath(name),
      formOf(value, { name: name.toLowerCase(), depth: depth + 1, count }),
    ]);
  if (entries.length > MEMBERS_MAX) shown.push(['...', `${entries.length - MEMBERS_MAX} more`]);
  return Object.fromEntries(shown);
}
