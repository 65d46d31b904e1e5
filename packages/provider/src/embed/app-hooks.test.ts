import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { profiles } from '@lockstep/gallery';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { openSqliteStore, type Store } from '@lockstep/store';
import { group, patch, user } from '../../contract/sample-bodies.ts';
import { createScimHandler } from '../adapters/create-scim-handler.ts';
import type { AppHooks } from './app-hooks.ts';
import { AppRefusal } from './app-refusal.ts';

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

describe('hooks of the app', () => {
  let store: Store;
  let failures: unknown[];
  beforeEach(async () => {
    failures = [];
    store = await openSqliteStore({ file: ':memory:' }, 0);
  });
  afterEach(() => store.close());

  async function serve(hooks: AppHooks): Promise<(method: string, path: string, body?: unknown) => Promise<Answer>> {
    const onFailure = (error: unknown): number => failures.push(error);
    const scim = createScimHandler({ store, profile: profiles.generic, hooks, onFailure, nowMs: () => 1_000 });
    const { token } = await scim.openTenant({ id: 'acme', title: 'Acme' });
    return async (method, path, body) => {
      const answer = await scim.fetch(
        new Request(`https://app.example/scim/v2/acme${path}`, {
          method,
          headers: { authorization: `Bearer ${token?.text}`, 'content-type': 'application/scim+json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      const text = await answer.text();
      const value: unknown = text === '' ? {} : JSON.parse(text);
      return { status: answer.status, body: isJsonObject(value) ? value : {} };
    };
  }

  it('hear of every change before it is stored, with an id that stays', async () => {
    const heard: string[] = [];
    const note =
      (what: string) =>
      (change: { readonly id: string; readonly resource?: JsonObject }): void => {
        heard.push(`${what} ${change.id} ${String(change.resource?.['title'] ?? '')}`.trim());
      };
    const send = await serve({
      createUser: note('create'),
      updateUser: note('update'),
      deactivateUser: note('deactivate'),
      deleteUser: note('delete'),
    });
    const made = await send('POST', '/Users', user('eva', { title: 'a', active: true }));
    const id = String(made.body['id']);
    await send('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: 'b' }));
    await send('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: 'b' }));
    await send('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: false }));
    await send('PUT', `/Users/${id}`, user('eva', { title: 'c', active: true }));
    await send('DELETE', `/Users/${id}`);
    await send('DELETE', `/Users/${id}`);
    assert.deepEqual(heard, [
      `create ${id} a`,
      `update ${id} b`,
      `deactivate ${id} b`,
      `update ${id} c`,
      `delete ${id}`,
    ]);
    assert.deepEqual(failures, []);
  });

  it('refuse in their own words, and nothing is stored', async () => {
    const send = await serve({
      createUser: () => {
        throw new AppRefusal(409, 'no seats are left', { scimType: 'uniqueness' });
      },
    });
    const refused = await send('POST', '/Users', user('eva'));
    assert.deepEqual(
      [refused.status, refused.body['scimType'], refused.body['detail']],
      [409, 'uniqueness', 'no seats are left'],
    );
    assert.equal((await send('GET', '/Users')).body['totalResults'], 0);
    assert.deepEqual(failures, []);
  });

  it('may refuse an update, a deactivation and a delete, and the resource stays as it was', async () => {
    const refuse = (): never => {
      throw new AppRefusal(403, 'the last administrator stays');
    };
    const send = await serve({ updateUser: refuse, deactivateUser: refuse, deleteUser: refuse });
    const made = await send('POST', '/Users', user('eva', { active: true }));
    const path = `/Users/${String(made.body['id'])}`;
    for (const [method, body] of [
      ['PATCH', patch({ op: 'replace', path: 'title', value: 'b' })],
      ['PATCH', patch({ op: 'replace', path: 'active', value: false })],
      ['DELETE', undefined],
    ] as const) {
      assert.deepEqual([(await send(method, path, body)).status], [403]);
    }
    assert.deepEqual((await send('GET', path)).body, made.body);
  });

  it('keep the cause of an unknown error private', async () => {
    const cause = new Error('connection to 10.0.0.3 lost');
    const send = await serve({ createUser: () => Promise.reject(cause) });
    const refused = await send('POST', '/Users', user('eva'));
    assert.equal(refused.status, 500);
    assert.ok(!JSON.stringify(refused.body).includes('10.0.0.3'));
    assert.deepEqual(failures, [cause]);
  });

  it('are not asked about a name that is taken, also when 30 creates come at once', async () => {
    const created: string[] = [];
    const send = await serve({
      createUser: async ({ id }) => {
        await Promise.resolve();
        created.push(id);
      },
      deleteUser: () => assert.fail('nothing was to be taken back'),
    });
    const answers = await Promise.all(Array.from({ length: 30 }, () => send('POST', '/Users', user('eva'))));
    assert.deepEqual(answers.map((one) => one.status).sort(), [201, ...Array.from({ length: 29 }, () => 409)]);
    assert.equal(created.length, 1);
  });

  it('are put back when the store refuses after them', async () => {
    const heard: unknown[] = [];
    const send = await serve({
      updateUser: ({ resource }) => {
        heard.push(resource['userName']);
      },
      createGroup: ({ id }) => {
        heard.push(['create', id]);
      },
      deleteGroup: ({ id }) => {
        heard.push(['delete', id]);
      },
    });
    await send('POST', '/Users', user('taken'));
    const eva = await send('POST', '/Users', user('eva'));
    const path = `/Users/${String(eva.body['id'])}`;
    const renamed = await send('PATCH', path, patch({ op: 'replace', path: 'userName', value: 'taken' }));
    assert.equal(renamed.status, 409);
    assert.deepEqual(heard, ['taken', 'eva']);
    heard.length = 0;
    assert.equal((await send('POST', '/Groups', group('g', ['nobody']))).status, 400);
    const words = heard.map((one) => String(one).split(','));
    assert.deepEqual(
      words.map(([what]) => what),
      ['create', 'delete'],
    );
    assert.equal(words[0]?.[1], words[1]?.[1]);
  });

  it('hear of each of many parallel changes, and all of them count', async () => {
    const titles: unknown[] = [];
    const send = await serve({
      updateUser: async ({ resource }) => {
        await Promise.resolve();
        titles.push(resource['title']);
      },
    });
    const eva = await send('POST', '/Users', user('eva'));
    const path = `/Users/${String(eva.body['id'])}`;
    const change = (number: number): Promise<Answer> =>
      send('PATCH', path, patch({ op: 'replace', path: 'title', value: String(number) }));
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => change(number)));
    assert.ok(answers.every((one) => one.status < 300));
    assert.equal(titles.length, 20);
    assert.equal((await send('GET', path)).body['title'], titles.at(-1));
  });

  it('hear who joins and leaves a group', async () => {
    const heard: unknown[] = [];
    const send = await serve({
      createGroup: ({ members }) => {
        heard.push(members);
      },
      updateGroup: ({ members }) => {
        heard.push(members);
      },
    });
    const [a, b] = [await send('POST', '/Users', user('a')), await send('POST', '/Users', user('b'))];
    const [first, second] = [String(a.body['id']), String(b.body['id'])];
    const made = await send('POST', '/Groups', group('g', [first]));
    const path = `/Groups/${String(made.body['id'])}`;
    await send('PATCH', path, patch({ op: 'add', path: 'members', value: [{ value: second }] }));
    await send('PATCH', path, patch({ op: 'remove', path: `members[value eq "${first}"]` }));
    await send('PATCH', path, patch({ op: 'remove', path: 'members[type eq "User"]' }));
    await send('PATCH', path, patch({ op: 'remove', path: 'members' }));
    assert.deepEqual(heard, [
      [{ do: 'add', ids: [first] }],
      [{ do: 'add', ids: [second] }],
      [{ do: 'remove', ids: [first] }],
      [{ do: 'remove', ids: [second] }],
      [{ do: 'replace', ids: [] }],
    ]);
  });

  it('link an account that the app had made itself', async () => {
    const heard: string[] = [];
    const scim = createScimHandler({
      store,
      profile: profiles.zenvoices,
      nowMs: () => 1_000,
      hooks: { linkUser: ({ id }) => void heard.push(`link ${id}`), createUser: () => void heard.push('create') },
    });
    const { tenant, token } = await scim.openTenant({ id: '1234', title: 'Acme' });
    const emails = [{ value: 'eva@example.com', type: 'work' }];
    const account = await scim.admin.addLocalAccount(tenant.id, { resource: user('eva', { emails }) });
    const answer = await scim.fetch(
      new Request(`https://app.example${scim.basePath}1234/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token?.text}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify(user('eva@example.com', { emails, displayName: 'Eva', externalId: 'x' })),
      }),
    );
    assert.equal(answer.status, 201, await answer.text());
    assert.deepEqual(heard, [`link ${account.id}`]);
  });

  it('hear of the operations of a bulk request, and their refusals are those of their operations', async () => {
    const heard: string[] = [];
    const send = await serve({
      createUser: async ({ resource }) => {
        const name = String(resource['userName']);
        if (name === 'full') throw new AppRefusal(409, 'no seats are left', { scimType: 'uniqueness' });
        if (name === 'broken') throw new Error('a secret of the app');
        heard.push(`create ${name}`);
      },
      createGroup: ({ resource, members }) => {
        heard.push(`create ${String(resource['displayName'])} of ${members.map((one) => one.ids.length).join()}`);
      },
      updateGroup: ({ resource, members }) => {
        heard.push(
          `update ${String(resource['displayName'])}: ${members.map((one) => `${one.do} ${one.ids.length}`).join()}`,
        );
      },
      deactivateUser: ({ before }) => {
        heard.push(`deactivate ${String(before?.['userName'])}`);
        throw new AppRefusal(400, 'the owner cannot be switched off');
      },
    });
    const post = (bulkId: string, path: string, data: JsonObject): JsonObject => ({
      method: 'POST',
      path,
      bulkId,
      data,
    });
    const answer = await send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        post('a', '/Users', user('eva')),
        post('b', '/Users', user('full')),
        post('c', '/Users', user('broken')),
        post('d', '/Users', user('lars')),
        post('g', '/Groups', group('crew', ['bulkId:a', 'bulkId:d'])),
        post('h', '/Groups', group('left', ['bulkId:i'])),
        post('i', '/Groups', group('right', ['bulkId:h'])),
        { method: 'PATCH', path: '/Users/bulkId:a', data: patch({ op: 'replace', path: 'active', value: false }) },
        post('j', '/Groups', group('none', ['bulkId:b'])),
      ],
    });
    const results = answer.body['Operations'];
    const shown = Array.isArray(results) ? results.filter(isJsonObject) : [];
    assert.deepEqual(
      shown.map(({ bulkId, status }) => `${String(bulkId)} ${String(status)}`),
      ['a 201', 'b 409', 'c 500', 'd 201', 'g 201', 'h 201', 'i 201', 'undefined 400', 'j 400'],
    );
    const detailOf = (at: number): unknown => {
      const response = shown[at]?.['response'];
      return isJsonObject(response) ? response['detail'] : undefined;
    };
    assert.deepEqual([detailOf(1), detailOf(7)], ['no seats are left', 'the owner cannot be switched off']);
    assert.doesNotMatch(String(detailOf(2)), /secret/);
    assert.equal(failures.length, 1);
    assert.deepEqual(heard.slice(0, 3), ['create eva', 'create lars', 'create crew of 2']);
    assert.ok(heard.includes('deactivate eva'));
    assert.ok(
      heard.some((one) => /^update (left|right): add 1$/.test(one)),
      heard.join('; '),
    );
    const eva = await send('GET', '/Users?filter=userName%20eq%20%22eva%22%20and%20active%20eq%20false');
    assert.equal(eva.body['totalResults'], 0);
    const all = await send('GET', '/Users');
    assert.equal(all.body['totalResults'], 2);
  });
});
