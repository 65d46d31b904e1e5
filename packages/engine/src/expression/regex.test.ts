import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileRegex, isRegexProblem, type Regex } from './regex.ts';

function regexFor(pattern: string): Regex {
  const regex = compileRegex(pattern);
  if (isRegexProblem(regex)) throw new Error(regex.problem);
  return regex;
}

const evilPatterns = ['(a+)+$', '(a|aa)+$', '(a*)*b', '(.*a){12}$', '([a-zA-Z]+)*!', '(x+x+)+y'];

for (const pattern of evilPatterns) {
  test(`an evil pattern runs in linear time: ${pattern}`, () => {
    const started = performance.now();
    regexFor(pattern).test(`${'a'.repeat(5_000)}!x`);
    assert.ok(performance.now() - started < 1_000);
  });
}

const unsupported: readonly (readonly [string, RegExp])[] = [
  ['a(?=b)', /look-ahead/],
  ['a(?!b)', /negative look-ahead/],
  ['(?<=a)b', /look-behind/],
  ['(?<!a)b', /negative look-behind/],
  ['(?>a+)', /atomic/],
  ['(a)\\1', /back-references/],
  ['(?<n>a)\\k<n>', /back-references/],
  ['[a-z-[aeiou]]', /subtraction/],
  ['(?(1)a|b)', /conditionals/],
  ['\\G', /\\G/],
  ['(?<a-b>x)', /balancing/],
  ['(?<1>a)', /number for a name/],
  ['(?U)a', /options of i, m, n, s and x/],
  ['\\Qa\\E', /\\Q does not exist/],
  ['\\p{Latin}', /no property Latin/],
  ['\\pL', /name in braces/],
  ['\\x{41}', /two hexadecimal digits/],
  ['(?<n>a)(?<n>b)', /two groups/],
  ['[a', /not closed/],
  ['a\\', /backslash/],
  ['a)', /cannot be read/],
  ['x'.repeat(1_001), /at most 1000/],
];

for (const [pattern, problem] of unsupported) {
  test(`a pattern that cannot be is refused by name: ${pattern.slice(0, 20)}`, () => {
    const regex = compileRegex(pattern);
    assert.ok(isRegexProblem(regex));
    assert.match(regex.problem, problem);
  });
}

const matches: readonly (readonly [string, string, boolean])[] = [
  ['\\d', '\u0665', true],
  ['[\\d]', '\u0665', true],
  ['^\\w+$', 'Zoë_1', true],
  ['^\\W$', 'ë', false],
  ['^\\s$', '\u00a0', true],
  ['^[^\\s]+$', 'a\u00a0b', false],
  ['b$', 'ab\n', true],
  ['b\\z', 'ab\n', false],
  ['b\\Z', 'ab\n', true],
  ['\\Aa', 'ba', false],
  ['(?i)ABC', 'abc', true],
  ['(?#note)a', 'a', true],
  ['(?x) a b # note', 'ab', true],
  ['((?x) a ) b', 'a b', true],
  ['((?x) a ) b', 'ab', false],
  ['(?x:a b)c d', 'abc d', true],
  ['(?x-x) a', 'a', false],
  ['^[^\\W_]+$', 'Zoë1', true],
  ['^[^\\W_]+$', 'a_b', false],
  ['^[\\s\\S]$', '\n', true],
  ['\\p{IsGreek}', 'α', true],
  ['\\P{IsGreek}', 'α', false],
  ['^\\cI$', '\t', true],
  ['[]a]', ']', true],
  ['[[]', '[', true],
  ['\\u00e9', 'é', true],
  ['.*\\@domain.com', 'eva@domain.com', true],
];

for (const [pattern, text, isMatch] of matches) {
  test(`${pattern} ${isMatch ? 'matches' : 'does not match'} ${JSON.stringify(text)}, as in .NET`, () => {
    assert.equal(regexFor(pattern).test(text), isMatch);
  });
}

test('named groups are numbered behind unnamed ones', () => {
  const match = regexFor('(?<first>a)(b)(?<last>c)').find('abc', 0);
  assert.deepEqual(match?.group(1), { start: 1, end: 2 });
  assert.deepEqual(match?.group(2), { start: 0, end: 1 });
  assert.deepEqual(match?.group('last'), { start: 2, end: 3 });
  assert.equal(match?.group('none'), undefined);
});
