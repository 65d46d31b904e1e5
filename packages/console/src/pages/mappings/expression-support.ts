import {
  expressionFunctions,
  type FunctionDefinition,
  findDoubts,
  findProblems,
  functionSignature,
  functionSummaries,
  parseExpression,
} from '@lockstep/engine/expression';

/** Something to insert. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'function' | 'attribute';
  /** The signature of a function. */
  readonly detail: string;
  readonly info: string;
  /** What is written in its place; the cursor goes to `cursor` characters behind its start. */
  readonly text: string;
  readonly cursor: number;
}

/** Where the word under the cursor starts, and what fits. `undefined` inside of a text in quotes. */
export interface Completion {
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
}

/**
 * What may be written at a place of an expression: attributes behind an open bracket, functions else.
 *
 * @param text the expression up to the cursor
 */
export function complete(text: string, attributes: readonly string[]): Completion | undefined {
  if (isInQuotes(text)) return undefined;
  const [, bracket, word = ''] = /(\[?)([\w.]*)$/.exec(text) ?? [];
  const from = text.length - word.length;
  if (bracket === '[') return { from, suggestions: attributes.map(attributeSuggestion) };
  if (word === '') return undefined;
  return { from, suggestions: expressionFunctions.map(functionSuggestion) };
}

function isInQuotes(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}

function attributeSuggestion(name: string): Suggestion {
  return { label: name, kind: 'attribute', detail: '', info: '', text: `${name}]`, cursor: name.length + 1 };
}

function functionSuggestion(definition: FunctionDefinition): Suggestion {
  const { name } = definition;
  return {
    label: name,
    kind: 'function',
    detail: functionSignature(definition).slice(name.length),
    info: functionSummaries[name] ?? '',
    text: `${name}()`,
    cursor: name.length + 1,
  };
}

/** A fault or a doubt with its place. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** Faults of an expression where they are; without a fault, what Entra may see differently. Empty text has none. */
export function marksOf(text: string): readonly Mark[] {
  if (text.trim() === '') return [];
  const problems = findProblems(text);
  if (problems.length > 0)
    return problems.map(({ message, position }) => ({ ...placeOf(text, position), severity: 'error', message }));
  return findDoubts(parseExpression(text)).map(({ message, position }) => ({
    ...placeOf(text, position),
    severity: 'warning',
    message,
  }));
}

/** From a place to the end of the word there; at least one character, so that there is something to underline. */
function placeOf(text: string, position: number | undefined): { readonly from: number; readonly to: number } {
  if (position === undefined) return { from: 0, to: text.length };
  const from = Math.max(0, Math.min(position, text.length - 1));
  const word = /^\w+/.exec(text.slice(from))?.[0] ?? '';
  return { from, to: Math.min(text.length, from + Math.max(1, word.length)) };
}
