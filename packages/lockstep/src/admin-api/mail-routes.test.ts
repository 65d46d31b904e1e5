import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AdminAnswer, askAdmin, openServer, testSettings } from '../../test/admin-client.ts';
import { openMailSink, SINK_PASSWORD } from '../../test/mail-sink.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from '../server/start-server.ts';

const CONTENT = { subject: 'a token ends', paragraphs: ['p'], facts: [] };

function failuresOf(answer: AdminAnswer): unknown {
  return answer.body['failures'];
}

test('without a mail server that is told, and where it would come from', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const nothing = { source: { kind: 'default', name: null }, changedAt: null, changedBy: null };
  assert.deepEqual(await ask('GET', '/mail'), {
    status: 200,
    body: {
      isOn: false,
      mailServer: { value: null, ...nothing },
      mailFrom: { value: null, ...nothing },
      mailTo: { value: [], ...nothing },
      waiting: 0,
      failed: 0,
      failures: [],
    },
  });
  assert.equal((await ask('POST', '/mail/test', { to: 'ops@x.example' })).status, 400);
});

test('settings are told without the password, a test mail arrives, and failures are told with their reason', async (t) => {
  const sink = await openMailSink(t);
  const flags = { mailUrl: sink.url, mailFrom: 'lockstep@x.example', mailTo: 'ops@x.example' };
  const folder = tempFolder(t);
  const reports: string[] = [];
  const server = await startServer(testSettings(folder, flags), { report: (message) => reports.push(message) });
  t.after(() => server.stop());
  const ask = askAdmin(server.url, folder);
  const { port } = new URL(sink.url);
  const shown = await ask('GET', '/mail');
  const held = { source: { kind: 'flag', name: 'flag' }, changedAt: null, changedBy: null };
  const value = { host: '127.0.0.1', port: Number(port), security: 'whenOffered', user: 'me', hasPassword: true };
  assert.deepEqual(shown.body['mailServer'], { value, ...held });
  assert.equal(shown.body['isOn'], true);
  assert.deepEqual(shown.body['mailFrom'], { value: flags.mailFrom, ...held });
  assert.deepEqual(shown.body['mailTo'], { value: [flags.mailTo], ...held });
  assert.equal((await ask('POST', '/mail/test', { to: 'somebody@x.example' })).status, 200);
  assert.equal(sink.mails[0]?.to?.[0]?.address, 'somebody@x.example');

  const { mail } = server.services;
  sink.refuse = { code: 550, text: `no such mailbox, password=${SINK_PASSWORD}` };
  await mail.tell('gone', CONTENT);
  await mail.sendDue(new AbortController().signal);
  sink.refuse = { code: 451, text: 'later' };
  await mail.tell('waits', { ...CONTENT, subject: 'waits' });
  await mail.sendDue(new AbortController().signal);
  const after = await ask('GET', '/mail');
  assert.deepEqual([after.body['waiting'], after.body['failed']], [1, 1]);
  const text = JSON.stringify(failuresOf(after));
  assert.match(text, /"subject":"waits","to":\["ops@x.example"\][^}]*"error":"[^"]*later[^}]*"nextAt":"2/);
  assert.match(text, /"subject":"a token ends"[^}]*no such mailbox[^}]*"nextAt":null/);
  assert.equal(JSON.stringify(after.body).includes(SINK_PASSWORD), false);
  assert.match(reports.join(), /given up after 1 attempts/);
  assert.equal(JSON.stringify(failuresOf(await ask('GET', '/mail?failures=1'))).includes('a token ends'), false);
  assert.equal((await ask('GET', '/mail?failures=1000')).status, 400);
});

test('an auditor sees how mails stand, and only who may configure sends one', async (t) => {
  const server = await openServer(t, tempFolder(t));
  const made = await server.ask('POST', '/keys', { label: 'a', role: 'auditor' });
  const headers = { authorization: `Bearer ${String(made.body['key'])}`, 'content-type': 'application/json' };
  assert.equal((await fetch(`${server.url}/api/v1/mail`, { headers })).status, 200);
  const body = JSON.stringify({ to: 'ops@x.example' });
  assert.equal((await fetch(`${server.url}/api/v1/mail/test`, { method: 'POST', headers, body })).status, 403);
});
