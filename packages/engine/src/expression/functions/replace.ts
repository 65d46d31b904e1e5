import type { CallExpression } from '../expression.ts';
import { evaluationError } from '../expression-error.ts';
import { compileRegex, isRegexProblem, type Regex, type RegexMatch } from '../regex.ts';
import { isEmpty, oneText, textOrEmpty, type Value } from '../value.ts';
import { type Apply, type Arguments, type FunctionDefinition, parameters, strictStep } from './function-definition.ts';

const list = parameters(
  'source',
  'oldValue?=Find',
  'regexPattern?=RegularExpression',
  'regexGroupName?=RegularExpressionGroupName',
  'replacementValue?=Replacement',
  'replacementAttributeName?=ReplacementPropertyName',
  'template?=Template',
);

/** What Replace does depends on which of its arguments are given; a blank one is not given, an empty text is. */
type ReplaceMode = 'text' | 'template' | 'pattern' | 'group' | 'fallback';

/** Given arguments 2 to 7, one digit each, to the mode they choose. */
const MODES: Readonly<Record<string, ReplaceMode>> = {
  '100100': 'text',
  '100001': 'template',
  '010100': 'pattern',
  '011100': 'group',
  '011010': 'fallback',
};

/** Replace, with its five modes (Entra docs "Reference for writing expressions", Replace). */
export const replaceFunctions: readonly FunctionDefinition[] = [
  {
    name: 'Replace',
    parameters: list,
    check: (call) => (modeOf(call) === undefined ? modeProblem : constantProblem(call)),
    compile: (slots, call) => strictStep(slots, call, applyFor(call)),
  },
];

const modeProblem =
  'give oldValue with replacementValue or template, or regexPattern with replacementValue, regexGroupName and replacementValue, or regexGroupName and replacementAttributeName';

function modeOf(call: CallExpression): ReplaceMode | undefined {
  const given = [1, 2, 3, 4, 5, 6].map((index) => (call.slots[index] === undefined ? '0' : '1'));
  return MODES[given.join('')];
}

/** A pattern that is written as text is checked before anything runs. */
function constantProblem(call: CallExpression): string | undefined {
  const pattern = call.slots[2];
  if (pattern?.kind !== 'text') return undefined;
  const regex = compileRegex(pattern.value);
  if (isRegexProblem(regex)) return regex.problem;
  const name = call.slots[3];
  if (name?.kind !== 'text' || regex.groupNames.includes(name.value)) return undefined;
  return `the pattern has no group ${name.value}`;
}

function applyFor(call: CallExpression): Apply {
  const pattern = call.slots[2];
  const constant = pattern?.kind === 'text' ? compileRegex(pattern.value) : undefined;
  const regexOf = (values: Arguments): Regex => {
    const regex = constant ?? compileRegex(textOrEmpty(values[2]));
    if (isRegexProblem(regex)) throw evaluationError(regex.problem);
    return regex;
  };
  const mode = modeOf(call);
  if (mode === 'fallback') return (values) => fallbackValue(values, regexOf(values));
  return (values) => mapText(values[0], (text) => replaceText(mode ?? 'text', text, values, regexOf));
}

function mapText(source: Value | undefined, map: (text: string) => string): Value {
  if (source === null || source === undefined) return null;
  return typeof source === 'string'
    ? map(source)
    : source.map((item) => map(typeof item === 'string' ? item : JSON.stringify(item)));
}

function replaceText(
  mode: Exclude<ReplaceMode, 'fallback'>,
  text: string,
  values: Arguments,
  regexOf: (values: Arguments) => Regex,
): string {
  switch (mode) {
    case 'text':
      return replaceLiteral(text, textOrEmpty(values[1]), textOrEmpty(values[4]));
    case 'template':
      return replaceLiteral(textOrEmpty(values[6]), textOrEmpty(values[1]), text);
    case 'pattern': {
      const replacement = textOrEmpty(values[4]);
      const regex = regexOf(values);
      return replaceMatches(text, regex, (match) => ({
        span: match,
        by: expandReplacement(replacement, text, match, regex),
      }));
    }
    case 'group':
      return replaceGroup(text, regexOf(values), textOrEmpty(values[3]), textOrEmpty(values[4]));
  }
}

function replaceLiteral(text: string, oldValue: string, newValue: string): string {
  if (oldValue === '') throw evaluationError('oldValue must not be empty');
  return text.split(oldValue).join(newValue);
}

/** A source with a value wins; else the group's text in the other attribute, null when the pattern does not match there. */
function fallbackValue(values: Arguments, regex: Regex): Value {
  const source = values[0] ?? null;
  if (!isEmpty(source)) return source;
  const other = oneText(values[5]);
  if (other === null) return null;
  const span = regex.find(other, 0)?.group(textOrEmpty(values[3]));
  return span === undefined ? null : other.slice(span.start, span.end);
}

function replaceGroup(text: string, regex: Regex, name: string, replacement: string): string {
  if (!regex.groupNames.includes(name)) throw evaluationError(`the pattern has no group ${name}`);
  return replaceMatches(text, regex, (match) => {
    const span = match.group(name);
    return span === undefined ? undefined : { span, by: replacement };
  });
}

interface Change {
  readonly span: { readonly start: number; readonly end: number };
  readonly by: string;
}

/** Walks over all matches as .NET does: behind an empty match the search goes on one character later. */
function replaceMatches(text: string, regex: Regex, change: (match: RegexMatch) => Change | undefined): string {
  let result = '';
  let copied = 0;
  let from = 0;
  while (from <= text.length) {
    const match = regex.find(text, from);
    if (match === undefined) break;
    const changed = change(match);
    if (changed !== undefined) {
      result += text.slice(copied, changed.span.start) + changed.by;
      copied = changed.span.end;
    }
    from = match.end > match.start ? match.end : match.end + 1;
  }
  return result + text.slice(copied);
}

const SUBSTITUTION = /\$(?:(\d+)|\{([\p{L}\p{Mn}\p{Nd}\p{Pc}]+)\}|([$&`'+_]))/gu;

/** .NET substitutions: `$1`, `${name}`, `$0`, `$&`, `$$`, the text before and behind, `$+`, `$_`. Unknown groups stay text. */
function expandReplacement(replacement: string, text: string, match: RegexMatch, regex: Regex): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(SUBSTITUTION, (written, digits?: string, name?: string, symbol?: string) => {
    if (symbol !== undefined) return expandSymbol(symbol, text, match, regex);
    const key = digits ?? name ?? '';
    const isNumber = /^\d+$/.test(key);
    const isKnown = isNumber ? Number(key) <= regex.groupCount : regex.groupNames.includes(key);
    if (!isKnown) return written;
    const span = match.group(isNumber ? Number(key) : key);
    return span === undefined ? '' : text.slice(span.start, span.end);
  });
}

function expandSymbol(symbol: string, text: string, match: RegexMatch, regex: Regex): string {
  switch (symbol) {
    case '&':
      return text.slice(match.start, match.end);
    case '`':
      return text.slice(0, match.start);
    case "'":
      return text.slice(match.end);
    case '_':
      return text;
    case '+': {
      const span = match.group(regex.groupCount);
      return span === undefined ? '' : text.slice(span.start, span.end);
    }
    default:
      return '$';
  }
}
