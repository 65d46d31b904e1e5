import { isGuid, MASK } from './mask.ts';

/** What is longer is cut: the whole would not be shown. */
const LENGTH_MAX = 2_000;
const TOKEN = /"(?:[^"\\]|\\.)*"?|'[^']*'?|[()[\]]|[^\s()[\]"']+/g;
const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']);
const JOINTS: ReadonlySet<string> = new Set(['and', 'or', 'not']);
const BRACKETS: ReadonlySet<string> = new Set(['(', ')', '[', ']']);
/** Attributes whose values say nothing about a person, by their last name in lower case. */
const PLAIN: ReadonlySet<string> = new Set([
  'type',
  'primary',
  'active',
  'schemas',
  'resourcetype',
  'created',
  'lastmodified',
]);
const ATTRIBUTE = /^[\w.:$-]{1,200}$/;

/**
 * A filter with its values masked: attributes and operators stay, and values of attributes such as `type`. What is not
 * understood is masked, so that a filter that is broken shows nothing either.
 */
export function maskFilter(text: string): string {
  const tokens = text.slice(0, LENGTH_MAX).match(TOKEN) ?? [];
  return tokens.map((token, at) => gapBefore(tokens[at - 1], token) + shownToken(tokens, at, token)).join('');
}

/** Brackets stand as in the RFC: `emails[type eq "work"].value`, `not (a pr)`. */
function gapBefore(before: string | undefined, token: string): string {
  const isTight = before === undefined || before === '(' || before === '[' || [')', ']', '['].includes(token);
  return isTight || (before === ']' && token.startsWith('.')) ? '' : ' ';
}

function shownToken(tokens: readonly string[], at: number, token: string): string {
  const [before = '', after = ''] = [tokens[at - 1], tokens[at + 1]];
  const word = token.toLowerCase();
  if (BRACKETS.has(token) || JOINTS.has(word)) return token;
  if (OPERATORS.has(word) && ATTRIBUTE.test(before)) return token;
  if (isAttribute(token, after)) return token;
  const isOfPlain = OPERATORS.has(before.toLowerCase()) && PLAIN.has(lastName(tokens[at - 2] ?? ''));
  return (isOfPlain && /^"?[\w.:-]{0,200}"?$/.test(token)) || isGuid(token.replaceAll('"', '')) ? token : MASK;
}

/** An attribute stands before an operator, or before the bracket of a value path. */
function isAttribute(token: string, after: string): boolean {
  return ATTRIBUTE.test(token) && (OPERATORS.has(after.toLowerCase()) || after === '[');
}

function lastName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1).toLowerCase();
}
