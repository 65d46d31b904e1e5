import { evaluationError } from '../expression-error.ts';
import { textOrEmpty, wholeNumber } from '../value.ts';
import { type Arguments, define, type FunctionDefinition, parameters } from './function-definition.ts';

/** Functions whose value comes from outside: chance, time of day and tenant live in the context. */
export const randomFunctions: readonly FunctionDefinition[] = [
  define('Guid', [], (_, context) => context.randomGuid()),
  define(
    'RandomString',
    parameters(
      'Length:Integer',
      'MinimumNumbers:Integer',
      'MinimumSpecialCharacters:Integer',
      'MinimumCapital:Integer',
      'MinimumLowerCase:Integer',
      'CharactersToAvoid?',
    ),
    (values, context) => randomString(values, context.random),
  ),
  define('DefaultDomain', [], (_, context) => {
    if (context.defaultDomain === undefined) throw evaluationError('the tenant has no default verified domain');
    return context.defaultDomain;
  }),
  define('Redact', parameters('value'), ([value], context) => {
    context.onRedact?.();
    return value ?? null;
  }),
];

const RANDOM_LENGTH_MAX = 256;

/** Digits, special characters of the Windows password rules, capitals, small letters: the order of the minimums. */
const ALPHABETS: readonly (readonly [string, string])[] = [
  ['digits', '0123456789'],
  ['special characters', '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/'],
  ['capital letters', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['lower-case letters', 'abcdefghijklmnopqrstuvwxyz'],
];

function randomString(values: Arguments, random: () => number): string {
  const length = wholeNumber(values[0], 'Length');
  const avoided = textOrEmpty(values[5]);
  const classes = ALPHABETS.map(([name, alphabet], index) => ({
    name,
    chars: Array.from(alphabet).filter((char) => !avoided.includes(char)),
    minimum: wholeNumber(values[index + 1], `the minimum of ${name}`),
  }));
  const sum = classes.reduce((total, { minimum }) => total + minimum, 0);
  if (length < 1 || length > RANDOM_LENGTH_MAX) throw evaluationError(`Length must be 1 to ${RANDOM_LENGTH_MAX}`);
  if (classes.some(({ minimum }) => minimum < 0)) throw evaluationError('a minimum must not be negative');
  if (sum > length) throw evaluationError(`the minimums add up to ${sum}, more than the length ${length}`);
  const empty = classes.find(({ chars, minimum }) => minimum > 0 && chars.length === 0);
  if (empty !== undefined) throw evaluationError(`all ${empty.name} are excluded, but some are required`);
  const everything = classes.flatMap(({ chars }) => chars);
  if (everything.length === 0) throw evaluationError('all characters are excluded');
  const drawn = classes.flatMap(({ chars, minimum }) => draw(chars, minimum, random));
  return shuffle([...drawn, ...draw(everything, length - sum, random)], random).join('');
}

function draw(chars: readonly string[], count: number, random: () => number): readonly string[] {
  return Array.from({ length: count }, () => chars[Math.floor(random() * chars.length)] ?? '');
}

/** Fisher-Yates, from the end. */
function shuffle(chars: readonly string[], random: () => number): readonly string[] {
  const shuffled = [...chars];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? '', shuffled[last] ?? ''];
  }
  return shuffled;
}
