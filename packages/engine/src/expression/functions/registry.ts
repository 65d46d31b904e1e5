import { caseFunctions } from './case.ts';
import { dateFunctions } from './date.ts';
import { encodingFunctions } from './encoding.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { distinguishedNameFunctions, listFunctions } from './list.ts';
import { logicFunctions } from './logic.ts';
import { randomFunctions } from './random.ts';
import { replaceFunctions } from './replace.ts';
import { roleFunctions } from './role.ts';
import { textFunctions } from './text.ts';
import { uniqueFunctions } from './unique.ts';

/** All functions of the language, by name in alphabetical order: what listings, checks and completion read. */
export const expressionFunctions: readonly FunctionDefinition[] = [
  ...caseFunctions,
  ...dateFunctions,
  ...distinguishedNameFunctions,
  ...encodingFunctions,
  ...listFunctions,
  ...logicFunctions,
  ...randomFunctions,
  ...replaceFunctions,
  ...roleFunctions,
  ...textFunctions,
  ...uniqueFunctions,
].toSorted((first, second) => (first.name < second.name ? -1 : 1));

const byName: ReadonlyMap<string, FunctionDefinition> = new Map(
  expressionFunctions.map((definition) => [definition.name, definition]),
);

const byLowerName: ReadonlyMap<string, FunctionDefinition> = new Map(
  expressionFunctions.map((definition) => [definition.name.toLowerCase(), definition]),
);

/** A function by its name, which is case-sensitive. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return byName.get(name);
}

/** The function somebody probably meant: same letters in another case, few letters away, or the same start. */
export function suggestFunction(name: string): string | undefined {
  const lower = name.toLowerCase();
  const sameLetters = byLowerName.get(lower);
  if (sameLetters !== undefined) return sameLetters.name;
  if (lower.length > NAME_LENGTH_MAX || lower.length < 3) return undefined;
  const distanceMax = lower.length < 6 ? 1 : 2;
  const near = expressionFunctions
    .map((one) => ({ name: one.name, distance: editDistance(lower, one.name.toLowerCase()) }))
    .filter(({ distance }) => distance <= distanceMax)
    .toSorted((first, second) => first.distance - second.distance)[0];
  const start = lower.slice(0, 4);
  return near?.name ?? expressionFunctions.find((one) => one.name.toLowerCase().startsWith(start))?.name;
}

const NAME_LENGTH_MAX = 60;

/** How many letters have to be added, taken away or changed (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + Number(one[at - 1] !== other[to - 1]);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
