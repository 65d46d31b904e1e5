import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileExpression } from './compile-expression.ts';
import { evaluate } from './evaluate.ts';
import { findDoubts } from './find-doubts.ts';
import { suggestFunction } from './functions/registry.ts';
import { findProblems, parseExpression } from './parse-expression.ts';
import type { ExpressionMode } from './step.ts';
import { testContext } from './test-context.ts';

const told = (text: string): readonly string[] =>
  findProblems(text).map(({ position, message }) => `${position} ${message}`);

test('several mistakes are told at once, each at its place', () => {
  assert.deepEqual(told('Join(" ", Apend([a], "x"), Mid([a], 1), ToLower(), [b] [c])'), [
    '10 there is no function Apend; did you mean Append?',
    '27 Mid: argument 3 (length) is missing',
    '40 ToLower: argument 1 (source) is missing',
    '55 a comma or a closing parenthesis is missing',
  ]);
  assert.deepEqual(told('Join(foo, bar(), "x"'), [
    '4 the parenthesis opened here is not closed',
    '5 foo is neither a function call nor a keyword; text needs double quotes, attributes need brackets',
  ]);
});

test('a character that fits nowhere hides no other mistake', () => {
  assert.deepEqual(told(`Join('x', Apend([a], "y"), %z%, IIF([a] != "b" + "c", [], -, Nope("d"`), [
    '5 text stands in straight double quotes, not in single quotes',
    '27 parameters in percent signs do not exist here',
    '40 not equal is written <>',
    '47 texts are joined with Append, Join or &; arithmetic does not exist',
    '54 an attribute name is missing in the brackets',
    '58 a minus sign needs a number behind it',
    '65 the parenthesis opened here is not closed',
  ]);
  assert.deepEqual(told('Nah("a'), [
    '3 the parenthesis opened here is not closed',
    '4 the text that starts here has no closing quote',
  ]);
  assert.throws(() => parseExpression("Join('x', Apend([a]))"), /single quotes/);
});

test('an expression without mistakes has no problems', () => {
  for (const text of ['[a]', 'Switch([a], , "x", "y")', '"a" & [b]', 'ToLower(Mid([a], 1, 2), )'])
    assert.deepEqual(told(text), []);
});

test('what is thrown is the first mistake of the grammar, and the first call that is wrong where there is none', () => {
  assert.throws(() => parseExpression('Join(Apend("a"), "b" "c")'), /a comma/);
  assert.throws(() => parseExpression('Join(Apend("a"), Foo())'), /Apend/);
});

test('a function is suggested that is few letters away', () => {
  const pairs = {
    tolower: 'ToLower',
    Swich: 'Switch',
    Jion: undefined,
    Joins: 'Join',
    SelectUniqueValues: 'SelectUniqueValue',
  };
  for (const [typed, meant] of Object.entries(pairs)) assert.equal(suggestFunction(typed), meant, typed);
  for (const typed of ['Isnullorempy', 'IsNulOrEmpty']) assert.equal(suggestFunction(typed), 'IsNullOrEmpty');
  assert.equal(suggestFunction('Xyz'), undefined);
});

test('what Entra does not document or advises against is told, and runs', () => {
  const doubts = (text: string): readonly string[] =>
    findDoubts(compileExpression(text).expression).map(({ message }) => message);
  assert.deepEqual(doubts('Append([a], "x")'), []);
  assert.match(doubts('[a] & "x"').join(), /& is not documented/);
  assert.match(doubts('Append(Trim([a]), "x")').join(), /Trim is a function of a sibling engine/);
  assert.match(doubts('Switch(IsPresent([a]), "x", "True", "y")').join(), /advises against IsPresent/);
  assert.match(doubts('IIF(IsNullOrEmpty([a]), "x", "y")').join(), /unsupported/);
  assert.match(doubts('IIF([a] = "", "x", "y")').join(), /unsupported/);
  assert.match(doubts('IIF(IgnoreFlowIfNullOrEmpty([a]), "x", "y")').join(), /no condition/);
});

test('the two modes differ where Microsoft contradicts itself', () => {
  const value = (text: string, mode: ExpressionMode): unknown => {
    const result = evaluate(compileExpression(text), { empty: '', name: 'Nguy\u1ec5n \u0122' }, testContext({ mode }));
    return result.kind === 'value' ? result.value : result.kind;
  };
  assert.deepEqual([value('Coalesce([empty], "x")', 'entra'), value('Coalesce([empty], "x")', 'extended')], ['', 'x']);
  assert.equal(value('Coalesce(IgnoreAttributeFlow, "x")', 'extended'), 'ignoreFlow');
  const plain = 'NormalizeDiacritics([name])';
  assert.deepEqual([value(plain, 'entra'), value(plain, 'extended')], ['Nguy\u1ec5n \u0122', 'Nguyen G']);
});
