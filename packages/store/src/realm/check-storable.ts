import type { ResourceKeys } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';

/**
 * Longest text that can be a key, in UTF-16 units: three bytes each still fit PostgreSQL's index entries of 2,704
 * bytes. SQLite has the same bound, so that both databases take the same resources.
 */
export const KEY_LENGTH_MAX = 800;

/**
 * Refuses what not every database can keep: keys that are too long for an index, and text with U+0000 or half a
 * surrogate pair, which is no Unicode text.
 *
 * @throws {ScimError} `invalidValue`
 */
export function checkStorable(text: string | undefined, keys: ResourceKeys | undefined): void {
  if (text !== undefined && holdsBrokenText(text)) {
    throw new ScimError('invalidValue', 'text must not hold the character U+0000 or half a surrogate pair');
  }
  if (keys === undefined) return;
  const indexed = keys.values.map((one) => [one.path, one.value] as const);
  for (const [name, key] of [['the name', keys.uniqueName], ['externalId', keys.externalId], ...indexed] as const) {
    if (key === null) continue;
    if (key.length > KEY_LENGTH_MAX)
      throw new ScimError('invalidValue', `${name}: at most ${KEY_LENGTH_MAX} characters`);
    if (key.includes('\0')) throw new ScimError('invalidValue', `${name}: U+0000 is not possible`);
  }
}

/** JSON text escapes exactly these; a backslash before the escape may be an escaped backslash itself. */
function holdsBrokenText(json: string): boolean {
  return json.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i.test(json);
}
