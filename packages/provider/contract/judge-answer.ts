import { isJsonObject } from '@lockstep/scim';
import type { TestAnswer } from './open-test-provider.ts';
import type { WireExpectation } from './wire-case.ts';

/** What differs between an answer and what a wire case expects, one line each; none when it holds. */
export function judgeAnswer(answer: TestAnswer, expected: WireExpectation): readonly string[] {
  const isStatusRight = expected.status.includes(answer.status);
  const status = isStatusRight ? [] : [`status ${answer.status}, expected ${expected.status.join(' or ')}`];
  // Where a refusal comes instead of a success the body is another one, and the status says enough.
  const isComparable = answer.status < 300 || expected.status.every((one) => one >= 400);
  return isComparable && answer.status !== 501 ? [...status, ...bodyDifferences(answer, expected)] : status;
}

function bodyDifferences(answer: TestAnswer, expected: WireExpectation): readonly string[] {
  const { bodyContains, bodyAbsent = [], arrayLength = {}, headersContain = {} } = expected;
  const isBodyDue = bodyContains !== undefined && answer.status !== 204;
  return [
    ...(isBodyDue ? differences(answer.json, bodyContains, 'body') : []),
    ...bodyAbsent.filter((path) => !isNothing(valueAt(answer.json, path))).map((path) => `${path} is there`),
    ...Object.entries(arrayLength).flatMap(([name, length]) => {
      const list = answer.json[name];
      return differences(Array.isArray(list) ? list.length : 0, length, `length of ${name}`);
    }),
    ...Object.entries(headersContain).flatMap(([name, value]) =>
      differences(answer.headers[name.toLowerCase()], value, `header ${name}`),
    ),
  ];
}

function differences(actual: unknown, expected: unknown, path: string): readonly string[] {
  if (typeof expected === 'string' && expected.startsWith('$')) return patternDifference(actual, expected, path);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} is no array`];
    const missing = expected.filter((one) => !actual.some((element) => differences(element, one, '').length === 0));
    return missing.map((one) => `${path} lacks ${JSON.stringify(one)}`);
  }
  if (isPlain(expected)) {
    if (!isPlain(actual)) return [`${path} is no object`];
    return Object.entries(expected).flatMap(([name, value]) => differences(actual[name], value, `${path}/${name}`));
  }
  return Object.is(actual, expected)
    ? []
    : [`${path} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`];
}

interface Pattern {
  readonly start: string;
  readonly isMatch: (actual: unknown, rest: string) => boolean;
}

const patterns: readonly Pattern[] = [
  { start: '$any', isMatch: (actual) => actual !== undefined && actual !== null },
  { start: '$gt0', isMatch: (actual) => Number.isInteger(actual) && Number(actual) > 0 },
  { start: '$not:', isMatch: (actual, rest) => actual !== rest },
  { start: '$regex:', isMatch: (actual, rest) => typeof actual === 'string' && new RegExp(rest, 'i').test(actual) },
];

function patternDifference(actual: unknown, text: string, path: string): readonly string[] {
  const pattern = patterns.find((one) => text.startsWith(one.start));
  const isMatch = pattern === undefined ? actual === text : pattern.isMatch(actual, text.slice(pattern.start.length));
  return isMatch ? [] : [`${path} is ${JSON.stringify(actual)}, expected ${text}`];
}

/** The value a path of `bodyAbsent` leads to: a literal name, a URN with an attribute behind it, or names with dots. */
function valueAt(body: unknown, path: string): unknown {
  if (path.endsWith('!literal')) return memberOf(body, path.slice(0, -'!literal'.length));
  const urn = /^(urn:.*?:User)(?:\.(.+))?$/.exec(path);
  if (urn !== null) {
    const extension = memberOf(body, urn[1] ?? '');
    return urn[2] === undefined ? extension : memberOf(extension, urn[2]);
  }
  return path.split('.').reduce<unknown>((value, step) => {
    const indexed = /^(\w+)\[(\d+)\]$/.exec(step);
    if (indexed === null) return memberOf(value, step);
    const list = memberOf(value, indexed[1] ?? '');
    return Array.isArray(list) ? list[Number(indexed[2])] : undefined;
  }, body);
}

function memberOf(value: unknown, name: string): unknown {
  return isPlain(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject(value);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
