import { LockstepError } from '../lockstep-error.ts';

/**
 * Reads `attribute=value` words. An empty value clears the attribute; the directory reads texts such as `true` as what
 * the attribute wants.
 *
 * @throws {LockstepError} `wrongUsage` for a word without `=`, or an attribute that is named twice
 */
export function readPairs(words: readonly string[]): Readonly<Record<string, string | null>> {
  const pairs = new Map<string, string | null>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new LockstepError('wrongUsage', `${JSON.stringify(word)} is not of the form attribute=value`);
    const name = word.slice(0, at);
    if (pairs.has(name)) throw new LockstepError('wrongUsage', `${name} is given twice`);
    const value = word.slice(at + 1);
    pairs.set(name, value === '' ? null : value);
  }
  return Object.fromEntries(pairs);
}
