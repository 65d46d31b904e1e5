import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { profiles } from '@lockstep/gallery';
import { createProvider } from '@lockstep/provider';
import { openSqliteStore, type Store } from '@lockstep/store';
import { createAppService } from '../apps/app-service.ts';
import { createDirectoryService } from '../directory/directory-service.ts';
import { singleKey } from '../secrets/key-ring.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { systemClock, systemRandom } from '../system-clock.ts';
import { loadSample, type SampleTargets } from './load-sample.ts';
import { SAMPLE_LINKED_ACCOUNTS } from './sample-apps.ts';

async function openTargets(): Promise<SampleTargets & { readonly store: Store }> {
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  const [clock, random] = [systemClock, systemRandom];
  const directory = createDirectoryService({
    realms: store.realms,
    groups: store.groups,
    realm: store.directoryRealm,
    clock,
    random,
  });
  const secrets = createSecretBox(singleKey({ id: 'test', bytes: randomBytes(32) }));
  const apps = createAppService({ apps: store.apps, directory, secrets, clock, random });
  const provider = createProvider({
    profiles: Object.values(profiles),
    realms: store.realms,
    tenants: store.tenants,
    nowMs: clock.nowMs,
    newId: random.guid,
    randomBytes,
    hashText: (text) => hash('sha256', text),
  });
  return { store, directory, apps, provider, appsUrl: () => 'http://127.0.0.1:4600' };
}

test('the sample is loaded into an empty installation, and only there', async () => {
  const targets = await openTargets();
  const told: string[] = [];
  const load = await loadSample(targets, { onApp: (app) => told.push(app.name) });
  assert.equal(load.kind, 'loaded');
  assert.deepEqual(told, ['Zenya', 'Zero', 'Ziflow', 'Zenvoices']);
  const [people, groups] = [await targets.directory.list('User', {}), await targets.directory.list('Group', {})];
  assert.deepEqual([people.total, groups.total], [1_000, 60]);
  assert.deepEqual(await loadSample(targets), { kind: 'notEmpty' });
  assert.equal((await targets.directory.list('User', {})).total, 1_000);
  await targets.store.close();
});

test('Zenvoices has its roles, its local accounts and a fixed Admin that nobody sees', async () => {
  const targets = await openTargets();
  await loadSample(targets);
  const { store, apps } = targets;
  const app = await apps.find('Zenvoices');
  assert.equal(app.definition.tenantUrl, 'http://127.0.0.1:4600/zenvoices/api/scim/entra/1234');
  assert.equal((await apps.roles(app.id)).length, 5);
  const tenant = await store.tenants.findTenant('1234');
  assert.deepEqual(tenant?.settings.roleNames, ['Uploader', 'Authorizer', 'Viewer', 'Controller']);
  assert.equal(await store.realms.count(tenant.realm, 'User'), SAMPLE_LINKED_ACCOUNTS + 2);
  await assert.rejects(targets.provider.admin.addLocalAccount('1234', { resource: { userName: 'admin' } }), {
    code: 'forbidden',
  });
  await store.close();
});

test('a load that was cut short is not taken for a whole one', async () => {
  const targets = await openTargets();
  await targets.store.apps.saveSetting('sample', 'loading');
  assert.deepEqual(await loadSample(targets), { kind: 'interrupted' });
  assert.equal((await targets.directory.list('User', {})).total, 0);
  await targets.store.close();
});

test('of two loads at once one loads, and tells how far it is', async () => {
  const targets = await openTargets();
  const steps: number[] = [];
  let total = 0;
  const options = {
    onStep: (step: { readonly done: number; readonly total: number }) => {
      steps.push(step.done);
      total = step.total;
    },
  };
  const both = await Promise.all([loadSample(targets, options), loadSample(targets, options)]);
  assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['interrupted', 'loaded']);
  assert.deepEqual([steps.at(-1), total], [1_120, 1_120]);
  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => a - b),
  );
  assert.equal((await targets.directory.list('User', {})).total, 1_000);
  await targets.store.close();
});
