import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('a key is made, listed without itself and revoked', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const run = (words: readonly string[]) => runWords([...words, '--url', server.url, '--data', folder]);
  const made = await run(['key', 'new', 'export', '--role', 'auditor']);
  const key = made.out.trim();
  assert.match(key, /^lsk_[0-9a-f]{16}_[0-9a-f]{64}$/);
  const listed = await run(['key', 'list']);
  assert.match(listed.out, /export +auditor/);
  assert.equal(listed.out.includes(key), false);
  const refused = await run(['key', 'new', 'more', '--role', 'owner', '--key', key]);
  assert.deepEqual([refused.code, /needs the permission people/.test(refused.error)], [1, true]);
  assert.equal((await run(['key', 'revoke', key.split('_')[1] ?? ''])).code, 0);
  assert.equal((await run(['status', '--key', key])).code, 1);
});

test('break-glass and the state of single sign-on are there on the command line', async (t) => {
  const folder = tempFolder(t);
  const server = await openServer(t, folder);
  const run = (words: readonly string[]) => runWords([...words, '--url', server.url, '--data', folder]);
  await run(['provider', 'add', '--profile', 'generic', '--title', 'Test']);
  const link = await run(['provider', 'sso', 'break-glass', 'Test']);
  assert.match(link.out, /\/portal\/[^/]+\/break-glass\?token=/);
  assert.match((await run(['provider', 'sso', 'show', 'Test'])).error, /has no single sign-on yet/);
});
