import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Expiry, Store } from '../src/index.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const HOUR_MS = 3_600_000;

/** What ends by itself, wherever it is kept. */
export function expiryContract(open: OpenStore): void {
  describe('what ends by itself', () => {
    const store = storeForSuite(open);

    it('is told soonest first over all kinds, in pages that neither lose nor repeat one', async () => {
      const tenantId = await fill(store());
      const all = await store().expiries.page({ fromMs: T0, limit: 1_000 });
      assert.deepEqual(
        all.map(({ source, label, tenantTitle }) => [source, label, tenantTitle]),
        [
          ['token', 'soon', 'Acme'],
          ['apiKey', 'same moment', null],
          ['app', 'Wiki', null],
          ['client', 'same moment', 'Acme'],
          ['connection', 'oidc', null],
          ['connection', 'oidc', 'Acme'],
          ['token', 'same moment', 'Acme'],
          ['token', 'same moment', 'Acme'],
          ['token', 'late', 'Acme'],
        ],
      );
      assert.ok(all.every((one) => one.tenantId === null || one.tenantId === tenantId));
      for (const limit of [1, 2, 3]) assert.deepEqual(await readPages(store(), limit), all, `pages of ${limit}`);
    });

    it('leaves out what ended long ago', async () => {
      const found = await store().expiries.page({ fromMs: T0 + 2 * HOUR_MS, limit: 1_000 });
      assert.deepEqual(
        found.map(({ label }) => label),
        ['late'],
      );
    });
  });

  describe('the change of the master key', () => {
    const store = storeForSuite(open);

    it('is noted with its time', async () => {
      const { sealed } = store();
      assert.equal(await sealed.lastRotation(), undefined);
      await sealed.noteRotation({ keyId: 'a', atMs: T0 });
      await sealed.noteRotation({ keyId: 'b', atMs: T0 + 1 });
      assert.deepEqual(await sealed.lastRotation(), { keyId: 'b', atMs: T0 + 1 });
    });
  });
}

async function readPages({ expiries }: Store, limit: number): Promise<readonly Expiry[]> {
  const found: Expiry[] = [];
  for (let place: { after?: Expiry } = {}; ; ) {
    const page = await expiries.page({ fromMs: T0, limit, ...place });
    const last = page.at(-1);
    if (last === undefined) return found;
    found.push(...page);
    place = { after: last };
  }
}

async function fill({ tenants, people, signIn, apps }: Store): Promise<string> {
  const tenantId = `a${randomUUID()}`;
  const settings = {};
  const tenant = { id: tenantId, profile: 'generic', title: 'Acme', dialect: 'lenient', allowedAddresses: [] } as const;
  await tenants.createTenant({ ...tenant, settings, createdMs: T0 });
  const token = (label: string, expiresMs: number | null) => {
    const id = randomUUID();
    return { id, tenantId, hash: id, label, scopes: ['read'], createdMs: T0, expiresMs } as const;
  };
  await tenants.addToken(token('soon', T0 + 1));
  await tenants.addToken(token('same moment', T0 + HOUR_MS));
  await tenants.addToken(token('same moment', T0 + HOUR_MS));
  await tenants.addToken(token('late', T0 + 3 * HOUR_MS));
  await tenants.addToken(token('never', null));
  await tenants.addToken(token('ended', T0 - 1));
  const revoked = token('revoked', T0 + HOUR_MS);
  await tenants.addToken(revoked);
  await tenants.revokeToken(tenantId, revoked.id, T0);
  const client = token('same moment', T0 + HOUR_MS);
  await tenants.addClient(client);
  const access = { ...token('of a client', T0 + HOUR_MS), clientId: client.id };
  await tenants.addAccessToken(access);

  const times = { createdMs: T0, revokedMs: null, lastUsedMs: null };
  const key = { hash: 'h', role: 'auditor', scopes: [], createdBy: 'x', ...times };
  await people.addKey({ ...key, id: randomUUID(), label: 'same moment', expiresMs: T0 + HOUR_MS });
  await people.addKey({ ...key, id: randomUUID(), label: 'revoked', expiresMs: T0 + HOUR_MS, revokedMs: T0 });

  const plain = { protocol: 'oidc', settings: {}, secret: 's', revision: 'r', testedRevision: null } as const;
  const connection = { ...plain, testedMs: null, secretExpiresMs: T0 + HOUR_MS };
  await signIn.saveConnection({ ...connection, tenantId, state: 'enforced' });
  await signIn.saveConnection({ ...connection, tenantId: '@console', state: 'enforced' });
  await signIn.saveConnection({ ...connection, tenantId: 'off', state: 'off' });
  const app = { definition: {}, createdMs: T0, modifiedMs: T0, secretExpiresMs: T0 + HOUR_MS };
  await apps.save({ ...app, id: randomUUID(), name: 'Wiki', sealedSecret: 'sealed' });
  await apps.save({ ...app, id: randomUUID(), name: 'Without a token', sealedSecret: null });
  return tenantId;
}
