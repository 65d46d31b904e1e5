import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailUrl } from './mail-server.ts';

test('the address of a mail server is read with its usual port, and what is escaped is opened', () => {
  assert.deepEqual(readMailUrl('smtps://ops%40x.example:p%3Ass@mail.x.example'), {
    host: 'mail.x.example',
    port: 465,
    security: 'tls',
    user: 'ops@x.example',
    password: 'p:ss',
  });
  const plain = { host: '::1', port: 2525, security: 'whenOffered', user: null, password: null };
  assert.deepEqual(readMailUrl('smtp://[::1]:2525'), plain);
  assert.equal(readMailUrl('smtp://mail.x.example').port, 587);
});
