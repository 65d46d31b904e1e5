import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FetchAnswer } from './fetch.ts';
import { isAbsent, readBody, readList, readRefusal, readResourceAnswer, withTextId } from './read-answer.ts';
import { TargetError } from './target-error.ts';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

function answer(status: number, body: unknown = ''): FetchAnswer {
  return { status, headers: { get: () => null }, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

function refusedAs(category: string, act: () => unknown): void {
  assert.throws(act, (error) => error instanceof TargetError && error.category === category, category);
}

test('a body is judged by its content, not by its media type', () => {
  assert.deepEqual(readBody('\uFEFF {"id":"1"}'), { kind: 'object', value: { id: '1' } });
  assert.deepEqual(readBody(' \r\n'), { kind: 'empty' });
  assert.deepEqual(readBody('[1]'), { kind: 'array', value: [1] });
  assert.deepEqual(readBody('<!doctype html>'), { kind: 'other', isHtml: true });
  for (const text of ['{"id":', 'OK', '"text"', '12', 'null']) assert.equal(readBody(text).kind, 'other', text);
});

test('lists of imperfect servers are read as what they mean', () => {
  const user = { id: 'u1', userName: 'maren' };
  const table: [string, unknown, number, string[]][] = [
    ['a ListResponse', { schemas: [listUrn], totalResults: 1, startIndex: 1, Resources: [user] }, 1, ['u1']],
    ['lower-case resources', { totalResults: 1, resources: [user] }, 1, ['u1']],
    ['total as text', { totalResults: '12', Resources: [user] }, 12, ['u1']],
    ['total missing', { Resources: [user] }, 1, ['u1']],
    ['Resources missing', { totalResults: 0 }, 0, []],
    ['Resources null', { totalResults: 0, Resources: null }, 0, []],
    ['Resources of count=0', { totalResults: 5, itemsPerPage: 0 }, 5, []],
    ['one object as Resources', { totalResults: 1, Resources: user }, 1, ['u1']],
    ['a single resource', user, 1, ['u1']],
    ['a bare array', [user], 1, ['u1']],
    ['a byte order mark', `\uFEFF${JSON.stringify({ totalResults: 1, Resources: [user] })}`, 1, ['u1']],
    ['ids as numbers', { totalResults: 1, Resources: [{ id: 7 }] }, 1, ['7']],
  ];
  for (const [name, body, total, ids] of table) {
    const page = readList(answer(200, body), 1);
    assert.equal(page.totalResults, total, name);
    assert.deepEqual(
      page.resources.map((resource) => resource.id),
      ids,
      name,
    );
  }
});

test('a list keeps the position asked for when the server does not say or says nonsense', () => {
  assert.equal(readList(answer(200, { totalResults: 9, Resources: [{ id: 'a' }] }), 4).startIndex, 4);
  assert.equal(readList(answer(200, { totalResults: 9, startIndex: -7, Resources: [] }), 4).startIndex, 1);
  assert.equal(readList(answer(200, { Resources: [{ id: 'a' }] }), 4).totalResults, 4);
});

test('what is no list is refused rather than read as no hit', () => {
  for (const body of ['<html>sign in</html>', 'OK', {}, { hello: 1 }, '']) {
    refusedAs('notScim', () => readList(answer(200, body), 1));
  }
  refusedAs('notScim', () => readList(answer(200, { totalResults: 1, Resources: [{ userName: 'no id' }] }), 1));
  refusedAs('throttled', () => readList(answer(200, { schemas: [errorUrn], status: 429 }), 1));
});

test('404 means absent only in SCIM words or without a body', () => {
  const scim = { schemas: [errorUrn], status: '404', detail: 'no such user' };
  assert.equal(isAbsent(answer(404, scim)), true);
  assert.equal(isAbsent(answer(404, { status: 404, detail: 'gone' })), true);
  assert.equal(isAbsent(answer(404, { Errors: [{ code: '404', description: 'x' }] })), true);
  assert.equal(isAbsent(answer(410)), true);
  assert.equal(isAbsent(answer(404)), true);
  for (const body of ['<html>', 'not here', { message: 'no Route matched' }, { detail: 'Not Found' }]) {
    assert.equal(isAbsent(answer(404, body)), false, JSON.stringify(body));
    assert.equal(readRefusal(answer(404, body)).category, 'notScim', JSON.stringify(body));
  }
  assert.equal(isAbsent(answer(200, scim)), false);
});

test('a refusal keeps status, keyword and detail, with the status as number or text', () => {
  const body = { schemas: [errorUrn], status: '409', scimType: 'uniqueness', detail: 'userName is taken' };
  const refusal = readRefusal(answer(409, body), { ambiguous: false });
  assert.deepEqual(
    [refusal.category, refusal.status, refusal.scimType, refusal.detail, refusal.ambiguous],
    ['conflict', 409, 'uniqueness', 'userName is taken', false],
  );
  assert.match(refusal.message, /409.*userName is taken/);
  assert.equal(readRefusal(answer(200, { ...body, status: 409 })).category, 'conflict');
  assert.equal(readRefusal(answer(200, body)).category, 'conflict');
});

test('details are found in the shapes servers use, and cut at 2,000 characters', () => {
  assert.equal(readRefusal(answer(400, { Errors: [{ description: 'old style' }] })).detail, 'old style');
  assert.equal(readRefusal(answer(401, { error: 'invalid_token' })).detail, 'invalid_token');
  assert.equal(readRefusal(answer(500, '<html>')).detail, 'the answer is a web page');
  assert.equal(readRefusal(answer(400, { detail: 'x'.repeat(5_000) })).detail.length, 2_000);
});

test('a resource answer may be empty; a page or an error in its place is not taken for a resource', () => {
  assert.deepEqual(readResourceAnswer(answer(200, { id: 'a' })), { id: 'a' });
  assert.equal(readResourceAnswer(answer(204)), undefined);
  assert.equal(readResourceAnswer(answer(200, ' ')), undefined);
  refusedAs('notScim', () => readResourceAnswer(answer(200, '<html>')));
  refusedAs('notScim', () => readResourceAnswer(answer(200, [])));
  refusedAs('validation', () => readResourceAnswer(answer(200, { schemas: [errorUrn], status: '400' })));
});

test('ids are text, and a resource without one has none', () => {
  assert.deepEqual(withTextId({ id: 12 }), { id: '12' });
  assert.equal(withTextId({ id: '' }), undefined);
  assert.equal(withTextId({ id: null }), undefined);
  assert.equal(withTextId({}), undefined);
});
