import { ScimError } from '../error.ts';
import { isAtEnd, takeCharacter, takeWord } from '../filter/lex-filter.ts';
import { type FilterOptions, openCursor, readBrackets } from '../filter/parse-filter.ts';
import { parseAttributePath } from './parse-attribute-path.ts';
import type { PatchPath } from './path.ts';

/**
 * Reads the `path` of a PATCH operation (RFC 7644 §3.5.2 figure 7): an attribute path, or a value path with a
 * sub-attribute behind the brackets. The URN of an extension alone addresses the extension object: it comes back as
 * the name of the attribute.
 *
 * @throws {ScimError} `invalidPath` with the column of the first character that does not fit; `invalidFilter` for what
 *   stands between the brackets
 */
export function parsePatchPath(text: string, options: FilterOptions = {}): PatchPath {
  const cursor = openCursor(text, options);
  const attribute = parseAttributePath(takeWord(cursor), options);
  if (isAtEnd(cursor)) return { attribute };
  if (!takeCharacter(cursor, '[')) throw pathError(cursor.at, 'the path has to end');
  if (attribute.sub !== undefined) throw pathError(cursor.at - 1, 'a sub-attribute cannot be filtered');
  const filter = readBrackets(cursor, options);
  if (isAtEnd(cursor)) return { attribute, filter };
  if (!takeCharacter(cursor, '.')) throw pathError(cursor.at, 'a dot and a sub-attribute were expected');
  const place = { code: 'invalidPath', column: cursor.at + 1 } as const;
  const { name, sub } = parseAttributePath(cursor.text.slice(cursor.at), {}, place);
  if (sub !== undefined) throw pathError(cursor.at, 'a sub-attribute has no sub-attribute of its own');
  return { attribute, filter, sub: name };
}

function pathError(at: number, message: string): ScimError {
  return new ScimError('invalidPath', `${message} at column ${at + 1}`);
}
