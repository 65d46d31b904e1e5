import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../../test/temp-folder.ts';
import { apiKeyFile, type HashStore, openApiKey } from './api-key.ts';
import { openKeyRing } from './key-ring.ts';
import { readMasterKey } from './master-key.ts';
import { createSecretBox } from './secret-box.ts';

test('a master key is made once, for its owner alone', (t) => {
  const file = join(tempFolder(t), 'deep', 'master-key');
  const made = readMasterKey(file, { mayMake: true });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readMasterKey(file, { mayMake: false }), made);
});

test('a configured master key has to be there and to be one', (t) => {
  const file = join(tempFolder(t), 'master-key');
  assert.throws(() => readMasterKey(file, { mayMake: false }), /there is no master key file/);
  writeFileSync(file, 'too short');
  assert.throws(() => readMasterKey(file, { mayMake: true }), /holds no master key/);
});

test('a sealed text opens for its owner, with its key, and unchanged', (t) => {
  const folder = tempFolder(t);
  const box = createSecretBox(openKeyRing(join(folder, 'a'), { mayMake: true }));
  const sealed = box.seal('geheim', 'app-1');
  assert.equal(box.open(sealed, 'app-1'), 'geheim');
  assert.equal(sealed.includes('geheim'), false);
  assert.notEqual(box.seal('geheim', 'app-1'), sealed);
  assert.throws(() => box.open(sealed, 'app-2'), /cannot be opened/);
  assert.throws(() => box.open(`${sealed.slice(0, -3)}AAA`, 'app-1'), /cannot be opened/);
  assert.throws(() => box.open('plain', 'app-1'), /its form is unknown/);
  const other = createSecretBox(openKeyRing(join(folder, 'b'), { mayMake: true }));
  assert.throws(() => other.open(sealed, 'app-1'), /another master key/);
});

function memorySettings(): HashStore & { readonly values: ReadonlyMap<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    setting: async (name) => values.get(name),
    saveSetting: async (name, value) => {
      values.set(name, value);
    },
  };
}

test('the API key is made at first start, kept as a hash, and stays good without its file', async (t) => {
  const folder = tempFolder(t);
  const store = memorySettings();
  const first = await openApiKey(folder, store);
  const text = readFileSync(apiKeyFile(folder), 'utf8').trim();
  assert.equal(statSync(apiKeyFile(folder)).mode & 0o777, 0o600);
  assert.equal(first.matches(text), true);
  assert.equal(first.matches(`${text}x`), false);
  assert.equal(
    [...store.values.values()].some((value) => value.includes(text)),
    false,
  );
  rmSync(apiKeyFile(folder));
  assert.equal((await openApiKey(folder, store)).matches(text), true);
});

test('a key written into the file replaces the old one', async (t) => {
  const folder = tempFolder(t);
  const store = memorySettings();
  await openApiKey(folder, store);
  const old = readFileSync(apiKeyFile(folder), 'utf8').trim();
  writeFileSync(apiKeyFile(folder), 'my-own-key\n');
  const key = await openApiKey(folder, store);
  assert.equal(key.matches('my-own-key'), true);
  assert.equal(key.matches(old), false);
});
