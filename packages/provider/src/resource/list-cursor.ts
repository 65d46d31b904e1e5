import { type Query, ScimError } from '@lockstep/scim';

/**
 * Where a list goes on: behind a row (`p17`), or, where the list is not in the order of its rows, behind as many results as
 * were shown (`s200`).
 */
export type ListPosition = `p${string}` | `s${number}`;

/** A position as the store takes it. */
export interface PositionPlace {
  readonly startIndex: number;
  readonly after?: string;
}

/** The place a list begins at. */
export const LIST_START: PositionPlace = { startIndex: 1 };

/** The place behind a position; `undefined` for a text that is none. */
export function placeOf(position: string): PositionPlace | undefined {
  const read = /^([ps])(\d{1,15})$/.exec(position);
  if (read === null) return undefined;
  const [, kind, digits = ''] = read;
  return kind === 'p' ? { startIndex: 1, after: digits } : { startIndex: Number(digits) + 1 };
}

/**
 * A cursor in unreserved letters (RFC 9865 §2): a position and a mark of the query it belongs to. It gives no rights: what
 * it leads to is checked like any other query.
 */
export function writeCursor(position: string, query: Query, of: string): string {
  return `${position}-${markOf(query, of)}`;
}

/** @throws {ScimError} `invalidCursor` for a cursor that was not given out for this very query (RFC 9865 §2.1) */
export function readCursor(cursor: string, query: Query, of: string): string {
  const dash = cursor.lastIndexOf('-');
  if (dash > 0 && cursor.slice(dash + 1) === markOf(query, of)) return cursor.slice(0, dash);
  throw wrongCursor();
}

export function wrongCursor(): ScimError {
  return new ScimError(
    'invalidCursor',
    'the cursor is none that was given out for this query; start with an empty one',
  );
}

/** What makes two queries lists of the same resources in the same order, short: FNV-1a over its text. */
function markOf({ filter = '', sortBy = '', sortOrder }: Query, of: string): string {
  const text = `${of}\n${sortBy}\n${sortBy === '' ? '' : sortOrder}\n${filter}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
