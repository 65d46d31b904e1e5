import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainFetch, recordingClock, type ScriptedAnswer, startScriptedTarget } from '../../test/scripted-target.ts';
import type { Exchange } from './client-options.ts';
import { TransportError } from './fetch.ts';
import { filterEq } from './filter-eq.ts';
import { createScimClient, type ScimClient } from './scim-client.ts';
import { TargetError, type TargetErrorFacts } from './target-error.ts';

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
const notFound: ScriptedAnswer = { status: 404, body: { schemas: [errorUrn], status: '404', detail: 'gone' } };
const page404: ScriptedAnswer = { status: 404, body: '<html>no such page</html>' };

function setUp(baseUrl: string): {
  client: ScimClient;
  waits: readonly number[];
  exchanges: Exchange[];
  paced: () => number;
} {
  const clock = recordingClock();
  const exchanges: Exchange[] = [];
  let paced = 0;
  const client = createScimClient({
    baseUrl,
    token: 'secret-token',
    fetch: plainFetch,
    clock,
    random: () => 0.5,
    requestTimeoutMs: 150,
    pace: async () => {
      paced++;
    },
    onExchange: (exchange) => exchanges.push(exchange),
  });
  return { client, waits: clock.waits, exchanges, paced: () => paced };
}

async function refusal(act: Promise<unknown>): Promise<TargetError> {
  const error = await act.then(
    () => assert.fail('the call should have been refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof TargetError);
  return error;
}

type Facts = Pick<TargetErrorFacts, 'category'> & Partial<Pick<TargetError, 'status' | 'ambiguous' | 'retryAfterMs'>>;

/** Facts left out are expected to be absent, and the end not to be ambiguous. */
function assertFacts(error: TargetError, facts: Facts): void {
  const { category, status, ambiguous, retryAfterMs } = error;
  const expected = { status: undefined, ambiguous: false, retryAfterMs: undefined, ...facts };
  assert.deepEqual({ category, status, ambiguous, retryAfterMs }, expected);
}

test('a query sends filter, paging, projection, token and media types, and reads the page', async () => {
  const body = { totalResults: 1, Resources: [{ id: 'u1', userName: 'maren' }] };
  await using target = await startScriptedTarget([{ status: 200, body }]);
  const { client, exchanges } = setUp(`${target.baseUrl}/?aadOptscim062020`);
  const filter = filterEq('userName', 'mo"\\ & co');
  const page = await client.query('/Users', { filter, startIndex: 1, count: 2, attributes: ['id', 'userName'] });
  assert.deepEqual(page, { totalResults: 1, startIndex: 1, resources: [{ id: 'u1', userName: 'maren' }] });
  const seen = target.seen[0];
  const url = new URL(seen?.url ?? '', 'http://target.example');
  assert.equal(url.pathname, '/scim/Users');
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    filter,
    startIndex: '1',
    count: '2',
    attributes: 'id,userName',
  });
  assert.equal(seen?.headers['authorization'], 'Bearer secret-token');
  assert.match(String(seen?.headers['accept']), /^application\/scim\+json/);
  assert.equal(JSON.stringify(exchanges).includes('secret-token'), false);
  assert.equal(exchanges[0]?.status, 200);
});

test('a filter without a hit is an empty page, also from a server that answers 404 in SCIM words', async () => {
  await using target = await startScriptedTarget([notFound, { status: 404 }, page404]);
  const { client } = setUp(target.baseUrl);
  const filter = filterEq('userName', 'nobody');
  assert.deepEqual(await client.query('/Users', { filter }), { totalResults: 0, startIndex: 1, resources: [] });
  assert.equal((await client.query('/Users', { filter })).totalResults, 0);
  assertFacts(await refusal(client.query('/Users', { filter })), { category: 'notScim', status: 404 });
});

test('a read that answers with a list takes the one object out of it, and refuses any other list', async () => {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
  const lists = [['u1'], ['u1', 'u1'], ['u2'], []].map((ids) => ({
    status: 200,
    body: { schemas, totalResults: ids.length, Resources: ids.map((id) => ({ id })) },
  }));
  await using target = await startScriptedTarget(lists);
  const { client } = setUp(target.baseUrl);
  assert.deepEqual(await client.read('/Users', 'u1'), { id: 'u1' });
  for (let at = 1; at < lists.length; at += 1) {
    assertFacts(await refusal(client.read('/Users', 'u1')), { category: 'severalEntries', status: 200 });
  }
});

test('a list without a filter that answers 404 is a missing endpoint', async () => {
  await using target = await startScriptedTarget([notFound]);
  assertFacts(await refusal(setUp(target.baseUrl).client.query('/Users')), { category: 'notFound', status: 404 });
});

test('reading gives the resource, or undefined when it is gone, but not when the address is wrong', async () => {
  await using target = await startScriptedTarget([{ status: 200, body: { id: 5, title: 'T' } }, notFound, page404]);
  const { client } = setUp(target.baseUrl);
  assert.deepEqual(await client.read('/Groups', 'a/b', { excludedAttributes: ['members'] }), { id: '5', title: 'T' });
  assert.equal(target.seen[0]?.url, '/scim/Groups/a%2Fb?excludedAttributes=members');
  assert.equal(await client.read('/Users', 'u1'), undefined);
  assertFacts(await refusal(client.read('/Users', 'u1')), { category: 'notScim', status: 404 });
});

test('creating takes the id from the body, or from Location when there is no body', async () => {
  const location = 'https://app.example/scim/Users/a%20b';
  const script = [{ status: 201, body: { id: 'u1' } }, { status: 201, headers: { location } }, { status: 201 }];
  await using target = await startScriptedTarget(script);
  const { client } = setUp(target.baseUrl);
  assert.deepEqual(await client.create('/Users', { userName: 'maren' }), { id: 'u1' });
  assert.deepEqual(JSON.parse(target.seen[0]?.body ?? ''), { userName: 'maren' });
  assert.equal(target.seen[0]?.headers['content-type'], 'application/scim+json');
  assert.deepEqual(await client.create('/Users', { userName: 'maren' }), { id: 'a b' });
  const unnamed = await refusal(client.create('/Users', { userName: 'maren' }));
  assertFacts(unnamed, { category: 'notScim', status: 201, ambiguous: true });
});

test('a success page in HTML after a write is an ambiguous end', async () => {
  await using target = await startScriptedTarget([{ status: 200, body: '<html>signed in</html>' }]);
  const { client } = setUp(target.baseUrl);
  for (const write of [
    client.create('/Users', {}),
    client.patch('/Users', 'u1', {}),
    client.replace('/Users', 'u1', {}),
  ]) {
    assertFacts(await refusal(write), { category: 'notScim', status: 200, ambiguous: true });
  }
});

test('PATCH takes a body, 204 and an empty 200 alike', async () => {
  await using target = await startScriptedTarget([
    { status: 200, body: { id: 'u1' } },
    { status: 204 },
    { status: 200 },
  ]);
  const { client } = setUp(target.baseUrl);
  const body = { schemas: ['x'], Operations: [] };
  assert.deepEqual(await client.patch('/Users', 'u1', body), { id: 'u1' });
  assert.deepEqual(JSON.parse(target.seen[0]?.body ?? ''), body);
  assert.equal(await client.patch('/Users', 'u1', body), undefined);
  assert.equal(await client.patch('/Users', 'u1', body), undefined);
  assert.deepEqual(new Set(target.seen.map((seen) => seen.method)), new Set(['PATCH']));
});

test('PATCH operations are printed in the shape of the job', async () => {
  await using target = await startScriptedTarget([{ status: 204 }]);
  const { client } = setUp(target.baseUrl);
  await client.patch('/Users', 'u1', [{ op: 'replace', path: { attribute: { name: 'active' } }, value: false }]);
  assert.deepEqual(JSON.parse(target.seen[0]?.body ?? ''), {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }],
  });
});

test('deleting what is gone is done; deleting at a wrong address is not', async () => {
  await using target = await startScriptedTarget([{ status: 204 }, notFound, page404]);
  const { client } = setUp(target.baseUrl);
  await client.delete('/Users', 'u1');
  await client.delete('/Users', 'u1');
  assertFacts(await refusal(client.delete('/Users', 'u1')), { category: 'notScim', status: 404 });
});

test('a web page under a success status does not say that the account is gone', async () => {
  await using target = await startScriptedTarget([{ status: 200, body: '<html>try again later</html>' }]);
  const { client } = setUp(target.baseUrl);
  const error = await refusal(client.delete('/Users', 'u1'));
  assertFacts(error, { category: 'notScim', status: 200, ambiguous: true });
});

test('a write after which the connection is lost is not sent again and is ambiguous', async () => {
  for (const end of ['cut', 'hang'] as const) {
    await using target = await startScriptedTarget([end, { status: 201, body: { id: 'second' } }]);
    const { client, waits } = setUp(target.baseUrl);
    const error = await refusal(client.create('/Users', { userName: 'maren' }));
    assertFacts(error, { category: end === 'hang' ? 'timeout' : 'connection', ambiguous: true });
    assert.equal(target.seen.length, 1, end);
    assert.deepEqual(waits, [], end);
  }
});

test('a read survives a lost connection and a server error', async () => {
  await using target = await startScriptedTarget(['cut', { status: 502 }, { status: 200, body: { id: 'u1' } }]);
  const { client, waits, exchanges, paced } = setUp(target.baseUrl);
  assert.deepEqual(await client.read('/Users', 'u1'), { id: 'u1' });
  assert.deepEqual(waits, [250, 500]);
  assert.equal(paced(), 3);
  assert.deepEqual(
    exchanges.map(({ attempt, status, failure }) => [attempt, status ?? failure]),
    [
      [1, 'connection'],
      [2, 502],
      [3, 200],
    ],
  );
});

test('429 is waited out as asked, for POST too', async () => {
  const busy: ScriptedAnswer = { status: 429, headers: { 'retry-after': '3' } };
  await using target = await startScriptedTarget([busy, busy, { status: 201, body: { id: 'u1' } }]);
  const { client, waits } = setUp(target.baseUrl);
  assert.deepEqual(await client.create('/Users', {}), { id: 'u1' });
  assert.deepEqual(waits, [3_000, 3_000]);
});

test('a target that stays busy is given up after four attempts, one that asks for hours at once', async () => {
  await using target = await startScriptedTarget([{ status: 429, headers: { 'retry-after': '3' } }]);
  const stubborn = setUp(target.baseUrl);
  assertFacts(await refusal(stubborn.client.create('/Users', {})), {
    category: 'throttled',
    status: 429,
    retryAfterMs: 3_000,
  });
  assert.equal(target.seen.length, 4);
  await using resting = await startScriptedTarget([{ status: 503, headers: { 'retry-after': '7200' } }]);
  const error = await refusal(setUp(resting.baseUrl).client.create('/Users', {}));
  assertFacts(error, { category: 'server', status: 503, retryAfterMs: 7_200_000 });
  assert.equal(resting.seen.length, 1);
});

test('a clean refusal after a lost answer leaves the end of a write in doubt', async () => {
  await using target = await startScriptedTarget(['cut', { status: 400 }]);
  const error = await refusal(setUp(target.baseUrl).client.replace('/Users', 'u1', {}));
  assertFacts(error, { category: 'validation', status: 400, ambiguous: true });
});

test('statuses fall into categories, with the keyword of the target', async () => {
  const table: [number, string][] = [
    [301, 'notScim'],
    [400, 'validation'],
    [401, 'credentials'],
    [403, 'credentials'],
    [405, 'unsupported'],
    [409, 'conflict'],
    [412, 'conflict'],
    [418, 'validation'],
    [422, 'validation'],
    [501, 'unsupported'],
    [599, 'server'],
  ];
  await using target = await startScriptedTarget(
    table.map(([status]) => ({
      status,
      body: { schemas: [errorUrn], status: String(status), scimType: 'x', detail: 'd' },
    })),
  );
  const { client } = setUp(target.baseUrl);
  for (const [status, category] of table) {
    const error = await refusal(client.create('/Users', {}));
    assert.deepEqual([error.category, error.scimType, error.detail], [category, 'x', 'd'], String(status));
    assert.equal(error.ambiguous, status === 599, String(status));
  }
});

test('an address nobody listens on is a connection error that is sure nothing was sent', async () => {
  const target = await startScriptedTarget([]);
  await target[Symbol.asyncDispose]();
  const { client, waits } = setUp(target.baseUrl);
  assertFacts(await refusal(client.create('/Users', {})), { category: 'connection' });
  assert.deepEqual(waits, [250, 500, 1_000]);
});

test('what a port rejects with beside its own errors counts as a lost connection', async () => {
  const fail = (error: Error): ScimClient => {
    const clock = recordingClock();
    const broken = async (): Promise<never> => Promise.reject(error);
    return createScimClient({ baseUrl: 'https://app.example', token: 't', fetch: broken, clock, random: () => 0 });
  };
  const odd = await refusal(fail(new Error('socket hang up')).create('/Users', {}));
  assertFacts(odd, { category: 'connection', ambiguous: true });
  const refused = new TransportError('refused-address', 'the address is not allowed', { sent: 'no' });
  const error = await refusal(fail(refused).read('/Users', 'u1'));
  assertFacts(error, { category: 'connection' });
  assert.match(error.message, /not allowed/);
  assert.equal(error.cause, refused);
});

test('paging walks on by what each page holds and stops at the end', async () => {
  const page = (ids: string[], totalResults: number): ScriptedAnswer => ({
    status: 200,
    body: { totalResults, itemsPerPage: 100, Resources: ids.map((id) => ({ id })) },
  });
  await using target = await startScriptedTarget([page(['a', 'b'], 3), page(['c'], 3), page(['never'], 9)]);
  const ids: string[] = [];
  for await (const { resources } of setUp(target.baseUrl).client.eachPage('/Users', { count: 2 })) {
    ids.push(...resources.map((resource) => resource.id));
  }
  assert.deepEqual(ids, ['a', 'b', 'c']);
  assert.deepEqual(
    target.seen.map((seen) => seen.url),
    ['/scim/Users?startIndex=1&count=2', '/scim/Users?startIndex=3&count=2'],
  );
});

test('a list without an end and a server that ignores startIndex are refused', async () => {
  await using same = await startScriptedTarget([{ status: 200, body: { totalResults: 10, Resources: [{ id: 'a' }] } }]);
  const drain = async (pages: AsyncGenerator<unknown>): Promise<void> => {
    for await (const _ of pages);
  };
  assertFacts(await refusal(drain(setUp(same.baseUrl).client.eachPage('/Users'))), { category: 'notScim' });
  assert.equal(same.seen.length, 2);
  const growing = ['a', 'b', 'c', 'd'].map((id) => ({ status: 200, body: { totalResults: 99, Resources: [{ id }] } }));
  await using target = await startScriptedTarget(growing);
  const error = await refusal(drain(setUp(target.baseUrl).client.eachPage('/Users', { pagesMax: 3 })));
  assert.match(error.detail, /3 pages/);
  assert.equal(target.seen.length, 3);
});

test('the connection test passes on an empty answer and fails where filters are ignored', async () => {
  const script: ScriptedAnswer[] = [
    { status: 200, body: { totalResults: 0, Resources: [] } },
    { status: 200, body: { totalResults: 2, Resources: [{ id: 'a' }, { id: 'b' }] } },
    { status: 401, body: { schemas: [errorUrn], status: '401', detail: 'bad token' } },
  ];
  await using target = await startScriptedTarget(script);
  const { client } = setUp(target.baseUrl);
  const guid = '7f1f0d5e-3b8a-4c55-9d10-2e6a4f90c1b7';
  assert.deepEqual(await client.testConnection('externalId', guid), { kind: 'ok' });
  assert.equal(target.seen[0]?.url, `/scim/Users?filter=externalId%20eq%20%22${guid}%22`);
  for (const category of ['notScim', 'credentials']) {
    const result = await client.testConnection('userName', guid);
    assert.equal(result.kind === 'failed' ? result.error.category : 'ok', category);
  }
});

test('discovery documents are read where they exist and missed quietly where not', async () => {
  await using target = await startScriptedTarget([
    { status: 200, body: { patch: { supported: true } } },
    { status: 200, body: { totalResults: 1, Resources: [{ id: 'urn:x', attributes: [] }] } },
    notFound,
  ]);
  const { client } = setUp(target.baseUrl);
  assert.deepEqual(await client.serviceProviderConfig(), { patch: { supported: true } });
  assert.deepEqual(await client.schemas(), [{ id: 'urn:x', attributes: [] }]);
  assert.equal(await client.serviceProviderConfig(), undefined);
  assert.deepEqual(await client.schemas(), []);
});

test('the Authorization header can come fresh for each attempt', async () => {
  await using target = await startScriptedTarget([{ status: 503 }, { status: 200, body: { id: 'u1' } }]);
  let number = 0;
  const authorization = async (): Promise<string> => `Bearer fresh-${++number}`;
  const { baseUrl } = target;
  const clock = recordingClock();
  const client = createScimClient({ baseUrl, authorization, fetch: plainFetch, clock, random: () => 0 });
  await client.read('/Users', 'u1');
  assert.deepEqual(
    target.seen.map((seen) => seen.headers['authorization']),
    ['Bearer fresh-1', 'Bearer fresh-2'],
  );
});

test('whoever may not write any more sends nothing: asked behind every wait, for writes alone', async () => {
  await using target = await startScriptedTarget([{ status: 200, body: { totalResults: 0, Resources: [] } }]);
  const asked: string[] = [];
  const settled: string[] = [];
  const client = createScimClient({
    baseUrl: target.baseUrl,
    token: 'secret-token',
    fetch: plainFetch,
    clock: recordingClock(),
    random: () => 0.5,
    pace: async () => {
      asked.push('pace');
    },
    adaptivePace: {
      enter: async () => {
        asked.push('enter');
      },
      settle: ({ kind }) => {
        settled.push(kind);
      },
      width: () => 1,
      rate: () => Number.POSITIVE_INFINITY,
    },
    beforeWrite: async () => {
      asked.push('leave');
      throw new Error("the job is somebody else's");
    },
  });
  await client.query('/Users');
  await assert.rejects(client.create('/Users', { userName: 'eva' }), /^Error: the job is somebody else/);
  await assert.rejects(client.delete('/Users', '1'), /somebody else/);
  assert.deepEqual(asked, ['pace', 'enter', 'pace', 'enter', 'leave', 'pace', 'enter', 'leave']);
  assert.equal(settled.length, 3, 'every place in the pace was given back');
  assert.equal(target.seen.length, 1);
});
