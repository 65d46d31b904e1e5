import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray } from '@lockstep/scim';
import { type AdminAnswer, openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('the sample is loaded once into an empty server, by one of two who ask, and its first cycles come to their end', async (t) => {
  const { ask, services, onEvent } = await openServer(t, tempFolder(t), { logLevel: 'silent' });
  const finished = new Promise<void>((resolve) => {
    const done = new Set<string>();
    onEvent((event) => {
      if (event.kind === 'finished') done.add(event.jobId);
      if (done.size === 4) resolve();
    });
  });
  assert.deepEqual((await ask('GET', '/sample')).body, { state: 'possible' });
  assert.equal(await services.firstRun.isOpen(), true);
  const both: readonly AdminAnswer[] = await Promise.all([ask('POST', '/sample'), ask('POST', '/sample')]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), [202, 409]);
  await services.sampleLoader.settled();
  const { body } = await ask('GET', '/sample');
  assert.deepEqual([body['state'], body['people'], body['groups']], ['loaded', 1_000, 60]);
  assert.ok(isJsonArray(body['apps']) && body['apps'].length === 4);
  await finished;
  assert.equal(await services.firstRun.isOpen(), false);
  const again = await ask('POST', '/sample');
  assert.equal(again.status, 409);
  assert.equal((await services.directory.list('User', { count: 0 })).total, 1_000);
});

test('where something is already nothing is loaded, and an auditor may not ask for it', async (t) => {
  const { ask, url } = await openServer(t, tempFolder(t));
  const made = await ask('POST', '/keys', { label: 'a', role: 'auditor' });
  const headers = { authorization: `Bearer ${String(made.body['key'])}`, 'content-type': 'application/json' };
  assert.equal((await fetch(`${url}/api/v1/sample`, { method: 'POST', headers })).status, 403);
  await ask('POST', '/directory/users', { userPrincipalName: 'eva@x.example', displayName: 'Eva' });
  assert.deepEqual((await ask('GET', '/sample')).body, { state: 'notEmpty' });
  assert.equal((await ask('POST', '/sample')).status, 409);
});

test('a load that was cut short is told, and not begun over what is there', async (t) => {
  const { ask, services } = await openServer(t, tempFolder(t));
  await services.store.apps.saveSetting('sample', 'loading');
  assert.deepEqual((await ask('GET', '/sample')).body, { state: 'interrupted' });
  const refused = await ask('POST', '/sample');
  assert.match(JSON.stringify(refused.body), /Remove the data folder/);
});
