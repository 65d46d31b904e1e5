import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PATCH_SCHEMA, USER_SCHEMA } from '@lockstep/scim';
import { assertRefusal } from '../contract/assert-refusal.ts';
import { openTestProvider, type TestProvider, type TestTenant } from '../contract/open-test-provider.ts';
import { patch, user } from '../contract/sample-bodies.ts';

/** Far above what it takes on a slow machine, far below what a blow-up would take. */
const FAST_MS = 500;
const DEEP = 100_000;

const deepArray = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
const deepObject = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
const deepFilter = `${'('.repeat(DEEP)}userName pr${')'.repeat(DEEP)}`;
const nots = `${'not ('.repeat(DEEP)}userName pr${')'.repeat(DEEP)}`;

describe('hostile input is refused fast, and the provider goes on', () => {
  let test: TestProvider;
  let tenant: TestTenant;
  let eva: string;
  before(async () => {
    test = await openTestProvider();
    tenant = await test.open({ profile: 'generic' });
    eva = `/Users/${String((await tenant.send('POST', '/Users', user('eva'))).json['id'])}`;
  });
  after(async () => {
    assert.deepEqual(test.failures, []);
    assert.equal((await tenant.send('GET', eva)).json['userName'], 'eva');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    await test.close();
  });

  const operations = (count: number): unknown =>
    patch(...Array.from({ length: count }, (_, number) => ({ op: 'replace', path: 'title', value: `t${number}` })));
  const search = (filter: string): unknown => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter,
  });
  const inFilter = (filter: string): string => `/Users?filter=${encodeURIComponent(filter)}`;

  const cases: readonly (readonly [string, string, () => string, (() => unknown)?])[] = [
    ['a filter nested 100,000 deep', 'GET', () => inFilter(deepFilter)],
    ['a filter of 100,000 negations', 'GET', () => inFilter(nots)],
    ['the same in a search request', 'POST', () => '/Users/.search', () => search(deepFilter)],
    [
      'a filter nested as deep as its length allows',
      'GET',
      () => inFilter(`${'('.repeat(4_000)}userName pr${')'.repeat(4_000)}`),
    ],
    [
      'a filter nested so in a PATCH path',
      'PATCH',
      () => eva,
      () => patch({ op: 'remove', path: `emails[${'('.repeat(4_000)}value pr${')'.repeat(4_000)}]` }),
    ],
    ['a filter of 10 MB', 'GET', () => inFilter(`userName eq "${'x'.repeat(10_000_000)}"`)],
    ['an array nested 100,000 deep', 'POST', () => '/Users', () => deepArray],
    ['an object nested 100,000 deep', 'POST', () => '/Users', () => deepObject],
    [
      'an attribute nested 50,000 deep',
      'POST',
      () => '/Users',
      () => `{"schemas":["${USER_SCHEMA}"],"userName":"x","emails":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ],
    [
      'a PATCH value nested 50,000 deep',
      'PATCH',
      () => eva,
      () =>
        `{"schemas":["${PATCH_SCHEMA}"],"Operations":[{"op":"add","path":"title","value":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`,
    ],
    ['a body of 16 MB', 'POST', () => '/Users', () => user('x'.repeat(16 * 1_024 * 1_024))],
    ['10,000 operations', 'PATCH', () => eva, () => operations(10_000)],
    ['a user name of 500,000 characters', 'POST', () => '/Users', () => user('x'.repeat(500_000))],
    ['a user name with U+0000', 'POST', () => '/Users', () => user('a\0b')],
    ['half a surrogate pair', 'POST', () => '/Users', () => user('x', { title: '\ud800' })],
    [
      'a path to the prototype',
      'PATCH',
      () => eva,
      () => patch({ op: 'add', path: '__proto__.polluted', value: 'yes' }),
    ],
    [
      'a path to the constructor',
      'PATCH',
      () => eva,
      () => patch({ op: 'add', path: 'constructor.prototype', value: 'yes' }),
    ],
    ['a path of 100,000 dots', 'PATCH', () => eva, () => patch({ op: 'remove', path: `a${'.a'.repeat(DEEP)}` })],
    [
      'a filter that names the prototype',
      'PATCH',
      () => eva,
      () => patch({ op: 'replace', path: 'emails[__proto__ eq "x"].value', value: 'y' }),
    ],
    ['a count that is no number', 'GET', () => '/Users?count=1e400x'],
    ['a cursor that was never given out', 'GET', () => `/Users?cursor=${'9'.repeat(10_000)}`],
    ['an id of 100,000 characters', 'GET', () => `/Users/${'x'.repeat(DEEP)}`],
    ['an id with U+0000', 'GET', () => '/Users/%00'],
    ['a path of 100,000 slashes behind a name', 'GET', () => `/Users/x${'/'.repeat(DEEP)}y`],
  ];
  for (const [what, method, path, body] of cases) {
    it(what, async () => {
      const request = { method, path: path(), body: body?.() };
      const startedMs = performance.now();
      const answer = await tenant.request(request);
      const tookMs = performance.now() - startedMs;
      assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 300)}`);
      assertRefusal(answer, answer.status);
      assert.ok(answer.text.length < 3_000, 'the answer repeats the input');
      assert.ok(tookMs < FAST_MS, `${tookMs} ms`);
    });
  }

  it('members called like parts of a prototype are members like any other', async () => {
    const body = `{"schemas":["${USER_SCHEMA}"],"userName":"p","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"polluted":1},"givenName":"P"}}`;
    const answer = await tenant.send('POST', '/Users', body);
    assert.ok(answer.status === 201 || answer.status === 400, answer.text);
    assert.ok(!answer.text.includes('polluted'));
    const value = JSON.parse('{"__proto__":{"polluted":1},"title":"t"}') as unknown;
    const patched = await tenant.send('PATCH', eva, { schemas: [PATCH_SCHEMA], Operations: [{ op: 'add', value }] });
    assert.ok(patched.status === 204 || patched.status === 400, patched.text);
    assert.ok(!(await tenant.send('GET', eva)).text.includes('polluted'));
  });

  it('a header that looks like a token and is a megabyte long is no token', async () => {
    const authorization = `Bearer ${'x '.repeat(500_000)}`;
    const startedMs = performance.now();
    assertRefusal(await tenant.request({ method: 'GET', path: '/Users', headers: { authorization } }), 401);
    const long = `Bearer ${' '.repeat(1_000_000)}`;
    assertRefusal(await tenant.request({ method: 'GET', path: '/Users', headers: { authorization: long } }), 401);
    assert.ok(performance.now() - startedMs < FAST_MS);
  });

  it('1,000 operations and a filter at its limit are answered', async () => {
    assert.equal((await tenant.send('PATCH', eva, operations(1_000))).status, 204);
    const filter = `userName eq "${'x'.repeat(8_000)}"`;
    assert.equal((await tenant.send('GET', inFilter(filter))).json['totalResults'], 0);
  });
});
