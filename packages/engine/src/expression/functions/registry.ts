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

/** The function somebody probably meant: same letters in another case, or the same start. */
export function suggestFunction(name: string): string | undefined {
  const lower = name.toLowerCase();
  const sameLetters = byLowerName.get(lower);
  if (sameLetters !== undefined) return sameLetters.name;
  const start = lower.slice(0, 4);
  return start.length < 3
    ? undefined
    : expressionFunctions.find((one) => one.name.toLowerCase().startsWith(start))?.name;
}
