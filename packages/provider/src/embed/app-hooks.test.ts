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
});
