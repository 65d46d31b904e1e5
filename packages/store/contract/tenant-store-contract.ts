import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { StoredToken, Tenant } from '@lockstep/provider/ports';
import type { Store } from '../src/open-store.ts';
import { isScimError } from './is-scim-error.ts';
import { newGroup, newUser, T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const DAY_MS = 86_400_000;

/** Tenants and their tokens. */
export function tenantStoreContract(open: OpenStore): void {
  describe('tenants', () => {
    const store = storeForSuite(open);

    it('gives back a tenant as it was made, with a realm of its own', async () => {
      const given = newTenant({ allowedAddresses: ['10.0.0.0/8', '::1'], settings: { roleNames: ['A', 'B'] } });
      const made = await store().tenants.createTenant(given);
      assert.deepEqual(made, { ...given, realm: made.realm });
      assert.deepEqual(await store().tenants.findTenant(given.id), made);
      const other = await store().tenants.createTenant(newTenant());
      assert.notEqual(other.realm, made.realm);
      assert.notEqual(made.realm, store().directoryRealm);
      assert.equal(await store().tenants.findTenant('nobody'), undefined);
    });

    it('refuses an id that is taken, and lets one of many parallel ones win', async () => {
      const given = newTenant();
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => store().tenants.createTenant(given)));
      const refused = results.filter((result) => result.status === 'rejected');
      assert.equal(refused.length, 19);
      for (const { reason } of refused) assert.ok(isScimError('uniqueness')(reason), String(reason));
    });

    it('makes many tenants at once, each with its own realm', async () => {
      const made = await Promise.all(Array.from({ length: 30 }, () => store().tenants.createTenant(newTenant())));
      assert.equal(new Set(made.map((tenant) => tenant.realm)).size, 30);
    });

    it('finds by part of the title in any case, or by id, page by page', async () => {
      const mark = randomUUID().slice(0, 8);
      const titles = [`Åkerlund ${mark}`, `50% ${mark}`, `lumen ${mark} works`];
      const ids: string[] = [];
      for (const title of titles) ids.push((await store().tenants.createTenant(newTenant({ title }))).id);
      const found = async (search: string, after?: string): Promise<readonly string[]> => {
        const page = { search, limit: 10, ...(after === undefined ? {} : { after }) };
        return (await store().tenants.listTenants(page)).map(({ id }) => id);
      };
      assert.deepEqual(await found(mark), ids);
      assert.deepEqual(await found(mark, ids[0]), ids.slice(1));
      assert.deepEqual(await found(`LUMEN ${mark.toUpperCase()}`), [ids[2]]);
      assert.deepEqual(await found(`Åkerlund ${mark}`), [ids[0]]);
      assert.deepEqual(await found(`0% ${mark}`), [ids[1]]);
      assert.deepEqual(await found(`lumen _${mark.slice(1)}`), [], 'wildcards are taken literally');
      assert.deepEqual(await found(ids[1] ?? ''), [ids[1]]);
    });

    it('lists in the order of creation, page by page', async () => {
      const made: string[] = [];
      for (let number = 0; number < 5; number += 1) made.push((await store().tenants.createTenant(newTenant())).id);
      const all = await store().tenants.listTenants({ limit: 10_000 });
      assert.deepEqual(
        all.slice(-5).map((tenant) => tenant.id),
        made,
      );
      const page = await store().tenants.listTenants({ after: made[1] ?? '', limit: 2 });
      assert.deepEqual(
        page.map((tenant) => tenant.id),
        made.slice(2, 4),
      );
    });

    it('changes what is named and leaves the rest, also when changes meet', async () => {
      const made = await store().tenants.createTenant(newTenant());
      const changed = await store().tenants.updateTenant(made.id, { title: 'new' });
      assert.deepEqual(changed, { ...made, title: 'new' });
      await Promise.all([
        store().tenants.updateTenant(made.id, { dialect: 'strict' }),
        store().tenants.updateTenant(made.id, { allowedAddresses: ['10.0.0.1'] }),
        store().tenants.updateTenant(made.id, { settings: { roleNames: ['X'] } }),
      ]);
      const expected = {
        ...made,
        title: 'new',
        dialect: 'strict',
        allowedAddresses: ['10.0.0.1'],
        settings: { roleNames: ['X'] },
      };
      assert.deepEqual(await store().tenants.findTenant(made.id), expected);
      assert.equal(await store().tenants.updateTenant('nobody', { title: 'x' }), undefined);
    });

    it('deletes a tenant with its people, groups, feed and tokens, and never gives its realm out again', async () => {
      const made = await store().tenants.createTenant(newTenant());
      const user = await store().realms.insert(
        made.realm,
        newUser({ userName: 'u', emails: [{ value: 'u@x.org' }] }, { isEmailUnique: true }),
      );
      await store().realms.insert(made.realm, newGroup('g', { memberIds: [user.id] }));
      const token = newToken(made.id);
      await store().tenants.addToken(token);
      assert.equal(await store().tenants.deleteTenant(made.id), true);
      assert.equal(await store().tenants.deleteTenant(made.id), false);
      assert.equal(await store().tenants.findTenant(made.id), undefined);
      assert.equal(await store().tenants.findToken(token.id), undefined);
      assert.deepEqual(await store().realms.feed(made.realm, 0, 10), []);
      assert.equal(await store().realms.count(made.realm, 'User'), 0);
      const next = await store().tenants.createTenant({ ...newTenant(), id: made.id });
      assert.ok(next.realm > made.realm);
    });

    it('keeps tokens by hash, in the order they were made', async () => {
      const tenant = await store().tenants.createTenant(newTenant());
      const first = newToken(tenant.id, { createdMs: T0, expiresMs: T0 + 5, scopes: ['read', 'create'] });
      const second = newToken(tenant.id, { createdMs: T0 + 1 });
      await store().tenants.addToken(second);
      await store().tenants.addToken(first);
      const kept = { ...first, revokedMs: null, lastUsedMs: null };
      assert.deepEqual(await store().tenants.findToken(first.id), kept);
      const list = await store().tenants.listTokens(tenant.id);
      assert.deepEqual(
        list.map((token) => token.id),
        [first.id, second.id],
      );
      assert.equal(await store().tenants.findToken('nobody'), undefined);
    });

    it('revokes within the tenant only, and keeps the first time', async () => {
      const { token } = await tenantWithToken(store());
      const other = await store().tenants.createTenant(newTenant());
      assert.equal(await store().tenants.revokeToken(other.id, token.id, T0), false);
      assert.equal((await store().tenants.findToken(token.id))?.revokedMs, null);
      assert.equal(await store().tenants.revokeToken(token.tenantId, token.id, T0 + 1), true);
      assert.equal(await store().tenants.revokeToken(token.tenantId, token.id, T0 + 2), true);
      assert.equal((await store().tenants.findToken(token.id))?.revokedMs, T0 + 1);
    });

    it('remembers the last use', async () => {
      const { token } = await tenantWithToken(store());
      await store().tenants.touchToken(token.id, T0 + 3);
      assert.equal((await store().tenants.findToken(token.id))?.lastUsedMs, T0 + 3);
    });

    it('adds up deviations per token and rule, most frequent first', async () => {
      const { token } = await tenantWithToken(store());
      await store().tenants.countDeviations(
        token.id,
        new Map([
          ['a', 1],
          ['b', 5],
        ]),
        T0,
      );
      await store().tenants.countDeviations(token.id, new Map([['a', 2]]), T0);
      await store().tenants.countDeviations('nobody', new Map([['a', 2]]), T0);
      assert.deepEqual(await store().tenants.deviations(token.tenantId), [
        { tokenId: token.id, rule: 'b', count: 5 },
        { tokenId: token.id, rule: 'a', count: 3 },
      ]);
    });

    it('adds up deviations per tenant and day over its tokens, and forgets days that are a month old', async () => {
      const { token } = await tenantWithToken(store());
      const other = { ...token, id: randomUUID(), hash: randomUUID() };
      await store().tenants.addToken(other);
      const count = (id: string, day: number, rule: string): Promise<void> =>
        store().tenants.countDeviations(id, new Map([[rule, 2]]), T0 + day * DAY_MS);
      await count(token.id, 0, 'a');
      await count(other.id, 1, 'a');
      await count(other.id, 1, 'b');
      await count(token.id, 2, 'a');
      const since = (day: number) => store().tenants.recentDeviations(token.tenantId, T0 + day * DAY_MS);
      assert.deepEqual(await since(0), [
        { rule: 'a', count: 6 },
        { rule: 'b', count: 2 },
      ]);
      assert.deepEqual(await since(2), [{ rule: 'a', count: 2 }]);
      assert.deepEqual(await since(3), []);
      await count(token.id, 31, 'c');
      assert.deepEqual(await since(0), [
        { rule: 'a', count: 4 },
        { rule: 'b', count: 2 },
        { rule: 'c', count: 2 },
      ]);
      assert.deepEqual(await store().tenants.recentDeviations('nobody', T0), []);
    });
  });
}

function newTenant(options: Partial<Omit<Tenant, 'realm'>> = {}): Omit<Tenant, 'realm'> {
  return {
    id: randomUUID(),
    profile: 'generic',
    title: 'Lumen Works',
    dialect: 'lenient',
    allowedAddresses: [],
    settings: {},
    createdMs: T0,
    ...options,
  };
}

type NewToken = Omit<StoredToken, 'revokedMs' | 'lastUsedMs'>;

function newToken(tenantId: string, options: Partial<NewToken> = {}): NewToken {
  const id = randomUUID();
  return {
    id,
    tenantId,
    hash: `hash of ${id}`,
    label: 'test',
    scopes: ['read'],
    createdMs: T0,
    expiresMs: null,
    ...options,
  };
}

async function tenantWithToken(store: Store): Promise<{ readonly token: NewToken }> {
  const tenant = await store.tenants.createTenant(newTenant());
  const token = newToken(tenant.id);
  await store.tenants.addToken(token);
  return { token };
}
