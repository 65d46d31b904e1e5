import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { NewResource, SomebodyLeft } from '@lockstep/provider/ports';
import { parseFilter, resolveFilter, ScimError, userType } from '@lockstep/scim';
import type { Store, StoredSetupLink } from '../src/index.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Administrators, setup links and local settings of tenants; sealed texts; and who has to be left in a realm. */
export function portalContract(open: OpenStore): void {
  adminContract(open);
  sealedContract(open);
  keepsContract(open);
}

async function addTenant(store: Store): Promise<{ readonly id: string; readonly realm: number }> {
  const tenant = {
    id: randomUUID(),
    profile: 'generic',
    title: 'T',
    dialect: 'lenient',
    allowedAddresses: [],
  } as const;
  return store.tenants.createTenant({ ...tenant, settings: {}, createdMs: T0 });
}

function adminContract(open: OpenStore): void {
  describe('the portal of a tenant', () => {
    const store = storeForSuite(open);

    it('has administrators whose names are their own in the tenant', async () => {
      const { portal } = store();
      const [one, other] = [await addTenant(store()), await addTenant(store())];
      const admin = { id: 'a', tenantId: one.id, name: 'Ada', password: null, createdMs: T0, passwordMs: null };
      const taken = (): Error => new Error('taken');
      await portal.addAdmin(admin, 'ada', taken);
      await assert.rejects(portal.addAdmin({ ...admin, id: 'b' }, 'ada', taken), /taken/);
      await portal.addAdmin({ ...admin, id: 'c', tenantId: other.id }, 'ada', taken);
      assert.equal(await portal.setAdminPassword(other.id, 'a', 'hash', T0 + 1), false);
      assert.equal(await portal.setAdminPassword(one.id, 'a', 'hash', T0 + 1), true);
      const changed = { ...admin, password: 'hash', passwordMs: T0 + 1 };
      assert.deepEqual(await portal.findAdmin(one.id, { nameKey: 'ada' }), changed);
      assert.deepEqual(await portal.listAdmins(one.id), [changed]);
      assert.equal(await portal.removeAdmin(other.id, 'a'), false);
      assert.equal(await portal.removeAdmin(one.id, 'a'), true);
    });

    it('has setup links that are opened once, and never when they were revoked or have ended', async () => {
      const { portal } = store();
      const { id: tenantId } = await addTenant(store());
      const link = (hash: string): StoredSetupLink => {
        const times = { createdMs: T0, expiresMs: T0 + 10, openedMs: null, revokedMs: null };
        return { id: hash, tenantId, hash: `${tenantId}${hash}`, label: 'IT', createdBy: 'x', ...times };
      };
      for (const hash of ['1', '2']) await portal.addSetupLink(link(hash));
      assert.equal(await portal.openSetupLink(tenantId, link('1').hash, T0 + 10), false);
      const tries = await Promise.all([1, 2, 3].map(() => portal.openSetupLink(tenantId, link('1').hash, T0 + 5)));
      assert.deepEqual(tries.toSorted(), [false, false, true]);
      assert.equal(await portal.revokeSetupLink('other', '2', T0), false);
      assert.equal(await portal.revokeSetupLink(tenantId, '2', T0), true);
      assert.equal(await portal.openSetupLink(tenantId, link('2').hash, T0 + 5), false);
      const [first, second] = await portal.listSetupLinks(tenantId);
      assert.deepEqual([first?.openedMs, second?.revokedMs], [T0 + 5, T0]);
      assert.deepEqual(await portal.findSetupLink(tenantId, { id: '1' }), first);
    });

    it('keeps local values of accounts and of itself apart, and loses everything with the tenant', async () => {
      const { portal, tenants, signIn } = store();
      const { id } = await addTenant(store());
      await portal.saveLocalValues(id, '', { language: 'en' });
      await portal.saveLocalValues(id, 'a', { language: 'nl', mails: 'on' });
      await portal.saveLocalValues(id, 'a', { mails: 'off' });
      assert.deepEqual(await portal.localValues(id, ''), { language: 'en' });
      assert.deepEqual(await portal.localValues(id, 'a'), { language: 'nl', mails: 'off' });
      const pin = { tenantId: id, subject: 's', accountId: 'a', linkedMs: T0, linkedBy: 'email' };
      await signIn.addPin(pin, () => new Error('taken'));
      await tenants.deleteTenant(id);
      assert.deepEqual(await portal.localValues(id, 'a'), {});
      assert.equal(await signIn.pin(id, 's'), undefined);
    });

    it('has tokens that end with whom they were made for', async () => {
      const { tenants } = store();
      const { id: tenantId } = await addTenant(store());
      const token = (id: string, holder?: string) =>
        tenants.addToken({
          id: `${tenantId}${id}`,
          tenantId,
          hash: `${tenantId}${id}`,
          label: 'l',
          scopes: ['read'],
          createdMs: T0,
          expiresMs: null,
          ...(holder === undefined ? {} : { holder }),
        });
      await token('1', 'source:a');
      await token('2', 'source:b');
      await token('3');
      assert.equal(await tenants.revokeTokensOf(tenantId, 'source:a', T0 + 1), 1);
      assert.equal(await tenants.revokeTokensOf(tenantId, 'source:a', T0 + 2), 0);
      const list = await tenants.listTokens(tenantId);
      assert.deepEqual(
        list.map((one) => [one.holder, one.revokedMs]),
        [
          ['source:a', T0 + 1],
          ['source:b', null],
          [undefined, null],
        ],
      );
    });
  });
}

function sealedContract(open: OpenStore): void {
  describe('sealed texts', () => {
    const store = storeForSuite(open);

    it('are read in pages and written only where nobody wrote meanwhile', async () => {
      const { sealed, signIn } = store();
      const save = (tenantId: string, secret: string | null) =>
        signIn.saveConnection({
          tenantId,
          protocol: 'oidc',
          state: 'off',
          settings: {},
          secret,
          secretExpiresMs: null,
          revision: 'r',
          testedRevision: null,
          testedMs: null,
        });
      for (const id of ['a', 'b', 'c']) await save(id, `old ${id}`);
      await save('d', null);
      const first = await sealed.page('signIn', { after: '', limit: 2 });
      assert.deepEqual(
        first.map((one) => one.id),
        ['a', 'b'],
      );
      const second = await sealed.page('signIn', { after: 'b', limit: 2 });
      assert.deepEqual(second, [{ kind: 'signIn', id: 'c', sealed: 'old c' }]);
      await save('b', 'entered anew');
      const written = await sealed.replace(first.map((row) => ({ row, sealed: `new ${row.id}` })));
      assert.equal(written, 1);
      assert.deepEqual(
        [(await signIn.connection('a'))?.secret, (await signIn.connection('b'))?.secret],
        ['new a', 'entered anew'],
      );
    });
  });
}

function keepsContract(open: OpenStore): void {
  describe('a change that has to leave somebody', () => {
    const store = storeForSuite(open);
    const keys = { externalId: null, isExternalIdUnique: false, display: null, values: [], isActive: true };
    const text = (id: string, role?: string): string =>
      JSON.stringify({ id, ...(role === undefined ? {} : { roles: [{ value: role }] }) });
    const user = (id: string, role?: string): NewResource => ({
      id,
      type: 'User',
      text: text(id, role),
      keys: { ...keys, uniqueName: id },
      isManaged: true,
      nowMs: T0,
    });
    const left: SomebodyLeft = {
      type: userType,
      indexed: { uniqueName: 'userName', values: [] },
      filter: resolveFilter(parseFilter('roles[value eq "Admin"]'), userType),
      matches: (resource) => resource.text.includes('"Admin"'),
      refusal: () => new ScimError('forbidden', 'the last administrator'),
    };

    it('is refused as a whole when nobody is left, also when two go at once', async () => {
      const { realms } = store();
      const { realm } = await addTenant(store());
      for (const id of ['a', 'b']) await realms.insert(realm, user(id, 'Admin'));
      await realms.insert(realm, user('c'));
      // SQL compares roles without regard to case; the judge does not.
      await realms.insert(realm, user('d', 'ADMIN'));
      const demote = (id: string) =>
        realms.update(realm, { type: 'User', id }, () => ({
          text: text(id),
          keys: { ...keys, uniqueName: id },
          keeps: left,
          nowMs: T0 + 1,
        }));
      const both = await Promise.allSettled([demote('a'), demote('b')]);
      assert.deepEqual(both.map((one) => one.status).toSorted(), ['fulfilled', 'rejected']);
      const stays = both[0]?.status === 'rejected' ? 'a' : 'b';
      const include = { members: false, groups: false };
      const stored = await realms.read(realm, stays, { type: 'User', include });
      assert.deepEqual([stored?.version, stored?.text], [1, text(stays, 'Admin')]);
      const feed = await realms.feed(realm, 0, 100);
      assert.equal(feed.filter((one) => one.resourceId === stays).length, 1);
    });

    it('counts nobody who is inactive, and holds for removals', async () => {
      const { realms } = store();
      const { realm } = await addTenant(store());
      await realms.insert(realm, user('a', 'Admin'));
      await realms.insert(realm, { ...user('b', 'Admin'), keys: { ...keys, uniqueName: 'b', isActive: false } });
      const remove = (id: string) => realms.remove(realm, { type: 'User', id }, T0 + 1, () => left);
      await assert.rejects(remove('a'), /last administrator/);
      assert.equal(await realms.count(realm, 'User'), 2);
      await realms.insert(realm, user('c', 'Admin'));
      assert.equal(await remove('a'), true);
    });
  });
}
