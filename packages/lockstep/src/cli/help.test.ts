import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runWords } from '../../test/run-words.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['start'],
  ['apply'],
  ['directory', 'import'],
  ['directory', 'get'],
  ['directory', 'set'],
  ['directory', 'add'],
  ['directory', 'remove'],
  ['directory', 'assign'],
  ['directory', 'unassign'],
  ['app', 'list'],
  ['app', 'show'],
  ['app', 'test'],
  ['app', 'schema', 'export'],
  ['app', 'schema', 'import'],
  ['mapping', 'list'],
  ['mapping', 'set'],
  ['mapping', 'remove'],
  ['mapping', 'switch'],
  ['mapping', 'restore'],
  ['mapping', 'preview'],
  ['attribute', 'list'],
  ['attribute', 'add'],
  ['attribute', 'set'],
  ['attribute', 'remove'],
  ['scope', 'show'],
  ['scope', 'set'],
  ['scope', 'preview'],
  ['role', 'list'],
  ['role', 'add'],
  ['role', 'remove'],
  ['sync'],
  ['provision'],
  ['status'],
  ['logs'],
  ['provider', 'add'],
  ['provider', 'list'],
  ['provider', 'token', 'new'],
  ['provider', 'token', 'revoke'],
  ['provider', 'roles', 'list'],
  ['provider', 'roles', 'add'],
  ['provider', 'roles', 'remove'],
  ['provider', 'roles', 'map'],
  ['provider', 'roles', 'unmap'],
  ['provider', 'roles', 'title'],
  ['provider', 'roles', 'admin'],
  ['provider', 'roles', 'preview'],
  ['provider', 'account', 'list'],
  ['provider', 'account', 'add'],
  ['provider', 'account', 'edit'],
  ['provider', 'account', 'remove'],
  ['provider', 'account', 'admin'],
  ['provider', 'portal', 'link'],
  ['provider', 'portal', 'admins'],
  ['provider', 'portal', 'add-admin'],
  ['provider', 'portal', 'password-link'],
  ['provider', 'portal', 'remove-admin'],
  ['provider', 'setup-link', 'new'],
  ['provider', 'setup-link', 'list'],
  ['provider', 'setup-link', 'revoke'],
  ['provider', 'source', 'list'],
  ['provider', 'source', 'add'],
  ['provider', 'source', 'change'],
  ['provider', 'source', 'remove'],
  ['provider', 'source', 'token'],
  ['provider', 'provisioning'],
  ['provider', 'client', 'new'],
  ['provider', 'client', 'list'],
  ['provider', 'client', 'revoke'],
  ['provider', 'webhook', 'add'],
  ['provider', 'webhook', 'list'],
  ['provider', 'webhook', 'remove'],
  ['provider', 'webhook', 'dead-letters'],
  ['provider', 'webhook', 'redeliver'],
  ['provider', 'sso', 'show'],
  ['provider', 'sso', 'set'],
  ['provider', 'sso', 'state'],
  ['provider', 'sso', 'test'],
  ['provider', 'sso', 'break-glass'],
  ['key', 'new'],
  ['key', 'list'],
  ['key', 'revoke'],
  ['console-sign-in', 'show'],
  ['console-sign-in', 'set'],
  ['console-sign-in', 'on'],
  ['console-sign-in', 'off'],
  ['secrets', 'status'],
  ['secrets', 'rotate'],
  ['secrets', 'drop'],
  ['expression', 'run'],
  ['config', 'check'],
];

for (const words of COMMANDS) {
  test(`${words.join(' ')} explains itself with an example`, async () => {
    const { code, out, error } = await runWords([...words, '--help']);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /\nExamples?:\n {2}\$ .*lockstep /);
  });
}

for (const words of [['dance'], ['sync'], ['status', '--colour'], ['directory', 'set', 'eva'], ['provider', 'add']]) {
  test(`lockstep ${words.join(' ')} is wrong usage`, async () => {
    const { code, out, error } = await runWords(words);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /error: /);
  });
}
