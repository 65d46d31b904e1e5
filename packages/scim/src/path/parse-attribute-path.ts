import type { Dialect, NoteDeviation } from '../dialect/dialect.ts';
import { ScimError } from '../error.ts';
import type { ResourceType } from '../schema/attribute.ts';
import type { AttributePath } from './path.ts';

/** What helps to read a path. */
export interface PathOptions {
  /** Tells where a URN ends. Without it the last colon divides URN and attribute. */
  readonly type?: ResourceType;
  /** The deviations to accept; none when absent. */
  readonly accepts?: Dialect;
  readonly note?: NoteDeviation;
}

/** Where in a longer text a path stands, so that errors can name the column and the right code. */
export interface PathPlace {
  readonly code: 'invalidPath' | 'invalidFilter';
  /** Column of the first character of the path, counted from 1. */
  readonly column: number;
}

const alone: PathPlace = { code: 'invalidPath', column: 1 };
const COLON = 58;
const DOT = 46;

/**
 * Reads an attribute path (RFC 7644 §3.10): `userName`, `name.givenName`, or either behind a schema URN. The URN of a
 * schema alone is given back as the name, without `urn`: in JSON the extension object is a member of that name.
 *
 * @throws {ScimError} `invalidPath` (or the code of `place`), with the column of the first character that does not fit
 */
export function parseAttributePath(text: string, options: PathOptions = {}, place: PathPlace = alone): AttributePath {
  if (text.indexOf(':') === -1) return readPlain(text, 0, place);
  const urnEnd = endOfKnownUrn(text, options.type);
  if (urnEnd === text.length) return { name: text };
  if (urnEnd !== undefined && text.charCodeAt(urnEnd) === DOT) return readDotted(text, urnEnd, options, place);
  const split = urnEnd ?? text.lastIndexOf(':');
  const { name, sub } = readPlain(text, split + 1, place);
  const urn = readUrn(text, split, place);
  return sub === undefined ? { urn, name } : { urn, name, sub };
}

/** Whether a character may stand in an attribute name (RFC 7643 §2.1, with `$` for `$ref`). */
export function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 36
  );
}

function readPlain(text: string, start: number, place: PathPlace): AttributePath {
  const nameEnd = readName(text, start, place);
  const name = text.slice(start, nameEnd);
  if (nameEnd === text.length) return { name };
  if (text.charCodeAt(nameEnd) !== DOT) throw misfit(text, nameEnd, place);
  const subEnd = readName(text, nameEnd + 1, place);
  if (subEnd !== text.length) throw misfit(text, subEnd, place);
  return { name, sub: text.slice(nameEnd + 1) };
}

/** The index behind a name that starts at `start`; a name starts with a letter or `$`. */
function readName(text: string, start: number, place: PathPlace): number {
  const first = text.charCodeAt(start) | 32;
  if (!(first >= 97 && first <= 122) && text[start] !== '$') throw misfit(text, start, place);
  let end = start + 1;
  while (isNameCharacter(text.charCodeAt(end))) end += 1;
  return end;
}

/** Older clients join a URN and its attribute by a dot; "Update SCIM compliance" page of the Entra docs. */
function readDotted(text: string, urnEnd: number, options: PathOptions, place: PathPlace): AttributePath {
  if (!options.accepts?.has('dottedExtension')) throw misfit(text, urnEnd, place);
  options.note?.('dottedExtension');
  return { ...readPlain(text, urnEnd + 1, place), urn: text.slice(0, urnEnd) };
}

function readUrn(text: string, end: number, place: PathPlace): string {
  for (let index = 0; index < end; index += 1) {
    if (text.charCodeAt(index) <= 32) throw misfit(text, index, place);
  }
  const urn = text.slice(0, end);
  if (urn === '' || urn.endsWith(':')) throw misfit(text, end, place);
  return urn;
}

/** The index behind the longest schema URN that the text starts with, or undefined when it starts with none. */
function endOfKnownUrn(text: string, type: ResourceType | undefined): number | undefined {
  if (type === undefined) return undefined;
  let end = endOfUrn(text, type.schema.id);
  for (const { schema } of type.extensions) {
    const other = endOfUrn(text, schema.id);
    if (other !== undefined && (end === undefined || other > end)) end = other;
  }
  return end;
}

function endOfUrn(text: string, urn: string): number | undefined {
  const end = urn.length;
  if (text.length < end) return undefined;
  if (text.length > end && text.charCodeAt(end) !== COLON && text.charCodeAt(end) !== DOT) return undefined;
  return text.startsWith(urn) || text.slice(0, end).toLowerCase() === urn.toLowerCase() ? end : undefined;
}

function misfit(text: string, index: number, place: PathPlace): ScimError {
  const column = place.column + index;
  const found = index < text.length ? `the character ${JSON.stringify(text[index])} does not fit` : 'a name is missing';
  return new ScimError(place.code, `${found} in the attribute path at column ${column}`);
}

/** Whether a text is a plain attribute name, without URN and sub-attribute: most paths in filters are. */
export function isPlainName(text: string): boolean {
  const first = text.charCodeAt(0) | 32;
  if (!(first >= 97 && first <= 122)) return false;
  for (let index = 1; index < text.length; index += 1) {
    if (!isNameCharacter(text.charCodeAt(index))) return false;
  }
  return true;
}
