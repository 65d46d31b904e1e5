import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openSqliteStore, type Store } from '@lockstep/store';
import { askAdmin, openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from '../server/start-server.ts';
import { readSettings } from '../settings/read-settings.ts';
import { openKeyRing } from './key-ring.ts';
import { type RotationStep, rotateSecrets, secretsStanding } from './rotate-secrets.ts';
import { sealOwner } from './seal-owner.ts';
import { createSecretBox, keyIdOf } from './secret-box.ts';

interface Kept {
  readonly file: string;
  readonly store: Store;
  /** Opens everything with the keys that are on disk now. */
  readAll(): Promise<readonly string[]>;
}

const COUNT = 250;
const NOW = 1_000_000;
const nowMs = (): number => NOW;

/** A store with 250 sealed texts, more than two batches. */
async function openKept(t: TestContext): Promise<Kept> {
  const file = join(tempFolder(t), 'master-key');
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  t.after(() => store.close());
  const box = createSecretBox(openKeyRing(file, { mayMake: true }));
  for (let at = 0; at < COUNT; at += 1)
    await save(store, tenantOf(at), box.seal(`secret ${at}`, sealOwner.signIn(tenantOf(at))));
  return {
    file,
    store,
    readAll: async () => {
      const now = createSecretBox(openKeyRing(file, { mayMake: false }));
      const all = await store.signIn.connections();
      return all.map((one) => now.open(one.secret ?? '', sealOwner.signIn(one.tenantId)));
    },
  };
}

function tenantOf(at: number): string {
  return `t${String(at).padStart(4, '0')}`;
}

function save(store: Store, tenantId: string, secret: string): Promise<void> {
  const plain = { protocol: 'oidc', state: 'off', settings: {}, secretExpiresMs: null, revision: 'r' } as const;
  return store.signIn.saveConnection({ ...plain, tenantId, secret, testedRevision: null, testedMs: null });
}

const EVERYTHING = Array.from({ length: COUNT }, (_, at) => `secret ${at}`);

test('every sealed text is sealed anew, and only then is the old key put aside', async (t) => {
  const { file, store, readAll } = await openKept(t);
  const ring = openKeyRing(file, { mayMake: false });
  const before = ring.standing().keyId;
  assert.equal((await secretsStanding(ring, store.sealed)).rotatedMs, undefined);
  const done = await rotateSecrets(ring, store.sealed, { nowMs });
  assert.deepEqual([done.resealed, done.unreadable], [COUNT, []]);
  assert.notEqual(done.keyId, before);
  assert.deepEqual(ring.standing(), { keyId: done.keyId, nextKeyId: undefined, retired: [before] });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(`${file}.retired-${before}`).mode & 0o777, 0o600);
  rmSync(`${file}.retired-${before}`);
  assert.deepEqual(await readAll(), EVERYTHING);
  const { sealed, rotatedMs } = await secretsStanding(ring, store.sealed);
  assert.equal(rotatedMs, NOW);
  assert.deepEqual(sealed, [{ kind: 'signIn', keyId: done.keyId, count: COUNT, isReadable: true }]);
});

class Killed extends Error {}

const steps: readonly (readonly [RotationStep, number])[] = [
  ['begun', 1],
  ['batch', 1],
  ['batch', 2],
  ['batch', 3],
  ['resealed', 1],
  ['finished', 1],
];
for (const [step, visit] of steps) {
  test(`a change that dies at ${step} (${visit}) loses nothing and is brought to its end`, async (t) => {
    const { file, store, readAll } = await openKept(t);
    let seen = 0;
    const dying = rotateSecrets(openKeyRing(file, { mayMake: false }), store.sealed, {
      nowMs,
      reached: (at) => {
        if (at === step) seen += 1;
        if (seen === visit) throw new Killed();
      },
    });
    await assert.rejects(dying, Killed);
    assert.deepEqual(await readAll(), EVERYTHING);
    const ring = openKeyRing(file, { mayMake: false });
    if (ring.standing().nextKeyId !== undefined) await rotateSecrets(ring, store.sealed, { nowMs });
    const { keyId, nextKeyId, sealed, rotatedMs } = await secretsStanding(ring, store.sealed);
    assert.equal(rotatedMs, NOW);
    assert.deepEqual([nextKeyId, sealed], [undefined, [{ kind: 'signIn', keyId, count: COUNT, isReadable: true }]]);
    assert.deepEqual(await readAll(), EVERYTHING);
  });
}

test('a process that still seals with the old key is caught up with, and reads what the new one sealed', async (t) => {
  const { file, store, readAll } = await openKept(t);
  const other = createSecretBox(openKeyRing(file, { mayMake: false }));
  const ring = openKeyRing(file, { mayMake: false });
  let isSaved = false;
  const late: Promise<void>[] = [];
  await rotateSecrets(ring, store.sealed, {
    nowMs,
    reached: (step) => {
      if (step !== 'batch' || isSaved) return;
      isSaved = true;
      late.push(save(store, tenantOf(0), other.seal('secret 0', sealOwner.signIn(tenantOf(0)))));
    },
  });
  await Promise.all(late);
  assert.deepEqual(await readAll(), EVERYTHING);
  const [first] = await store.signIn.connections();
  assert.equal(keyIdOf(first?.secret ?? ''), ring.standing().keyId);
  assert.equal(other.open(first?.secret ?? '', sealOwner.signIn(tenantOf(0))), 'secret 0');
});

test('a running server changes its key by one command, and goes on with it', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const { body } = await server.ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const path = `/providers/${String(body['id'])}/sso`;
  const settings = { issuer: 'https://idp.example', clientId: 'c' };
  await server.ask('PUT', path, { protocol: 'oidc', secret: 'geheim', settings });
  const cli = (...words: readonly string[]) => runWords([...words, '--url', server.url, '--data', folder]);
  const before = await cli('secrets', 'status');
  assert.match(before.out, /^signIn +\w{8} +1$/m);
  const done = await cli('secrets', 'rotate');
  assert.match(done.out, /^master key \w{8}: 1 secrets sealed anew$/m);
  const { services } = server;
  const [connection] = await services.store.signIn.connections();
  assert.ok(connection !== undefined);
  assert.equal(services.sso.connections.secretOf(connection), 'geheim');
  assert.match((await cli('secrets', 'status')).out, /^retired: \w{8}$/m);
  const made = await server.ask('POST', '/keys', { label: 'a', role: 'administrator' });
  const asAdministrator = await fetch(`${server.url}/api/v1/secrets/rotate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(made.body['key'])}` },
  });
  assert.equal(asAdministrator.status, 403);
});

test('with a wrong key the server does not start, says which one is missing, and starts when what is lost is dropped', async (t) => {
  const folder = tempFolder(t);
  const settings = readSettings({
    flags: { data: folder, port: '0' },
    environment: {},
    workingFolder: folder,
  }).settings;
  const quiet = { report: (): void => undefined };
  const first = await startServer(settings, quiet);
  const ask = askAdmin(first.url, folder);
  const { body } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const sso = { protocol: 'oidc', secret: 'geheim', settings: { issuer: 'https://idp.example', clientId: 'c' } };
  await ask('PUT', `/providers/${String(body['id'])}/sso`, sso);
  await first.stop();
  const file = join(folder, 'master-key');
  copyFileSync(file, `${file}.aside`);
  writeFileSync(file, Buffer.alloc(32, 7).toString('base64'));
  const refusal = await startServer(settings, quiet).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(refusal instanceof Error);
  assert.match(refusal.message, /is not the one that 1 stored secrets were sealed with \(\w{8}\)/);
  assert.equal(refusal.message.includes(readFileSync(file, 'utf8').trim()), false);
  copyFileSync(`${file}.aside`, file);
  await (await startServer(settings, quiet)).stop();
  writeFileSync(file, Buffer.alloc(32, 7).toString('base64'));
  assert.match((await runWords(['secrets', 'drop', '--data', folder])).out, /^1 of signIn would go/);
  assert.match((await runWords(['secrets', 'drop', '--data', folder, '--yes'])).out, /^1 of signIn taken away/);
  const again = await startServer(settings, quiet);
  const [connection] = await again.services.store.signIn.connections();
  await again.stop();
  assert.equal(connection?.secret, null);
});
