import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isJsonObject, type Json } from '@lockstep/scim';
import { type AdminAnswer, askAdmin, openServer, testSettings } from '../../test/admin-client.ts';
import { openMailSink, SINK_PASSWORD } from '../../test/mail-sink.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from '../server/start-server.ts';
import { readSettings } from '../settings/read-settings.ts';

function settingValue({ body }: AdminAnswer, name: string): Json | undefined {
  const setting = body[name];
  return isJsonObject(setting) ? setting['value'] : undefined;
}

function messageOf({ body }: AdminAnswer): string {
  return isJsonObject(body['error']) ? String(body['error']['message']) : '';
}

async function openSinkServer(t: TestContext) {
  const sink = await openMailSink(t);
  const server = { host: '127.0.0.1', port: Number(new URL(sink.url).port), security: 'whenOffered', user: 'me' };
  return { sink, server };
}

test('the base URL is changed while the server runs, shown in links at once, and is there after a restart', async (t) => {
  const folder = tempFolder(t);
  const first = await startServer(testSettings(folder));
  const ask = askAdmin(first.url, folder);
  assert.equal(settingValue(await ask('GET', '/settings'), 'publicUrl'), first.url);
  const changed = await ask('PATCH', '/settings', { publicUrl: 'https://lockstep.example.com/' });
  assert.deepEqual([changed.status, settingValue(changed, 'publicUrl')], [200, 'https://lockstep.example.com']);
  const invited = await ask('POST', '/people', { name: 'Bob', role: 'auditor' });
  assert.match(String(invited.body['link']), /^https:\/\/lockstep\.example\.com\/first-run\?token=/);
  const audit = JSON.stringify((await ask('GET', '/audit?subject=settings')).body);
  assert.match(audit, /"actor":"owner key \(api\)","action":"PATCH \/settings"[^}]*settings of the server/);
  assert.match(audit, /"after":"https:\/\/lockstep\.example\.com"/);
  await first.stop();

  const second = await startServer(testSettings(folder));
  t.after(() => second.stop());
  assert.equal(second.services.publicUrl(), 'https://lockstep.example.com');
  const again = askAdmin(second.url, folder);
  assert.equal(settingValue(await again('PATCH', '/settings', { publicUrl: null }), 'publicUrl'), second.url);
});

test('a mail server is set, its password sealed, and mails go out by it at once', async (t) => {
  const folder = tempFolder(t);
  const { sink, server } = await openSinkServer(t);
  const { ask, services } = await openServer(t, folder);
  assert.equal((await ask('POST', '/mail/test', { to: 'a@x.example' })).status, 400);
  const mailServer = { ...server, password: SINK_PASSWORD };
  const change = { mailServer, mailFrom: 'lockstep@x.example', mailTo: ['ops@x.example'] };
  const changed = await ask('PATCH', '/settings', change);
  assert.deepEqual(settingValue(changed, 'mailServer'), { ...server, hasPassword: true });
  assert.equal((await ask('POST', '/mail/test', { to: 'a@x.example' })).status, 200);
  assert.equal(sink.mails[0]?.from?.address, 'lockstep@x.example');
  await services.mail.tell('a', { subject: 's', paragraphs: [], facts: [] });
  await services.mail.sendDue(new AbortController().signal);
  assert.equal(sink.mails[1]?.to?.[0]?.address, 'ops@x.example');

  const { services: _unused, ...told } = { services, mail: await ask('GET', '/mail'), settings: changed };
  const audit = JSON.stringify(await services.store.audit.list({ limit: 100 }));
  const rows = JSON.stringify(await services.store.serverSettings.list());
  const file = readFileSync(join(folder, 'lockstep.db'), 'latin1');
  for (const text of [JSON.stringify(told), audit, rows, file]) assert.equal(text.includes(SINK_PASSWORD), false);
  await ask('POST', '/secrets/rotate');
  assert.equal((await ask('POST', '/mail/test', { to: 'b@x.example' })).status, 200, 'sealed anew, and still opened');

  const without = await ask('PATCH', '/settings', { mailServer: null });
  assert.equal(settingValue(without, 'mailServer'), null);
  assert.equal((await ask('POST', '/mail/test', { to: 'a@x.example' })).status, 400);
});

test('a stored password goes to no other server, user or weaker way, and to none in the clear', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const { server } = await openSinkServer(t);
  const set = (change: object): Promise<AdminAnswer> =>
    ask('PATCH', '/settings', { mailServer: { ...server, ...change } });
  assert.match(messageOf(await set({})), /password: it has to be given/);
  assert.equal((await set({ password: 'geheim' })).status, 200);
  assert.equal((await set({})).status, 200, 'it stays for the very same');
  for (const other of [{ host: 'localhost' }, { port: 25 }, { user: 'other' }]) {
    const answer = await set(other);
    assert.deepEqual([answer.status, /stored one belongs to another/.test(messageOf(answer))], [422, true]);
  }
  const clear = await set({ host: 'mail.example.com', password: 'geheim' });
  assert.match(messageOf(clear), /a password needs tls or starttls/);
  const strong = { host: 'mail.example.com', security: 'starttls', password: 'geheim' };
  assert.equal((await set(strong)).status, 200);
  assert.equal(
    (await set({ host: 'mail.example.com', security: 'tls' })).status,
    200,
    'a safer way is no other server',
  );
});

test('values that cannot be are refused with their place', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const refused = async (body: object): Promise<string> => {
    const answer = await ask('PATCH', '/settings', body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    return messageOf(answer);
  };
  for (const url of ['ftp://x', 'https://me:pw@x', 'https://x?y=1', 'nonsense', `https://${'x'.repeat(2_000)}`]) {
    assert.match(await refused({ publicUrl: url }), /^publicUrl: /, url);
  }
  const server = { host: 'x', port: 25, security: 'tls', user: null };
  assert.match(await refused({ mailServer: { ...server, port: 70_000 } }), /^mailServer\.port: /);
  assert.match(await refused({ mailServer: { ...server, host: 'a b' } }), /^mailServer\.host: /);
  assert.match(await refused({ mailServer: { ...server, security: 'none' } }), /^mailServer\.security: /);
  assert.match(await refused({ mailFrom: 'a@x\r\nBcc: b@x' }), /^mailFrom: /);
  assert.match(await refused({ mailTo: ['not an address'] }), /^mailTo\.0: /);
  assert.match(await refused({ surprise: 1 }), /surprise/);
});

test('what is fixed from outside wins, says by what, and cannot be set', async (t) => {
  const folder = tempFolder(t);
  const environment = { LOCKSTEP_PUBLIC_URL: 'https://fixed.example.com' };
  const flags = { data: folder, port: '0' };
  const { settings } = readSettings({ flags, environment, workingFolder: folder });
  const server = await startServer(settings);
  t.after(() => server.stop());
  const ask = askAdmin(server.url, folder);
  const { publicUrl } = (await ask('GET', '/settings')).body;
  const source = { kind: 'environment', name: 'LOCKSTEP_PUBLIC_URL' };
  assert.deepEqual(publicUrl, { value: environment.LOCKSTEP_PUBLIC_URL, source, changedAt: null, changedBy: null });
  const refused = await ask('PATCH', '/settings', { publicUrl: 'https://other.example.com', mailFrom: 'a@x.example' });
  assert.deepEqual([refused.status, messageOf(refused)], [409, 'publicUrl is fixed by LOCKSTEP_PUBLIC_URL']);
  assert.equal(settingValue(await ask('GET', '/settings'), 'mailFrom'), null, 'nothing of it was done');
});

test('an administrator sees the settings and may not change them; a mail server of a forbidden address is not called', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder, { outgoing: '10.0.0.0/8' });
  const made = await ask('POST', '/keys', { label: 'a', role: 'administrator' });
  const headers = { authorization: `Bearer ${String(made.body['key'])}`, 'content-type': 'application/json' };
  assert.equal((await fetch(`${url}/api/v1/settings`, { headers })).status, 200);
  const body = JSON.stringify({ publicUrl: 'https://evil.example' });
  assert.equal((await fetch(`${url}/api/v1/settings`, { method: 'PATCH', headers, body })).status, 403);

  const { server, sink } = await openSinkServer(t);
  for (const host of ['127.0.0.1', 'localhost']) {
    await ask('PATCH', '/settings', { mailServer: { ...server, host, password: SINK_PASSWORD } });
    const answer = await ask('POST', '/mail/test', { to: 'a@x.example' });
    assert.equal(answer.status, 502);
    assert.match(messageOf(answer), /the setting outgoing = 10\.0\.0\.0\/8 does not allow/);
  }
  assert.equal(sink.mails.length, 0);
});

test('settings are shown, set and cleared by command line, and no password stands in its words', async (t) => {
  const folder = tempFolder(t);
  const { url } = await openServer(t, folder);
  const run = (...words: readonly string[]) =>
    runWords([...words, '--url', url, '--data', folder], { environment: { MAIL_PASSWORD: 'geheim' } });
  const set = await run(
    ...['settings', 'set', '--base-url', 'https://x.example', '--mail-server', 'smtp://ops%40x.example@mail.x.example'],
    ...['--mail-password', 'env:MAIL_PASSWORD', '--mail-to', 'a@x.example', 'b@x.example'],
  );
  assert.equal(set.code, 0, set.error);
  assert.equal(
    set.out,
    [
      'base URL: https://x.example (set here)',
      'mail server: mail.x.example:587, starttls, as ops@x.example (set here)',
      'from: lockstep@mail.x.example',
      'to: a@x.example, b@x.example (set here)',
      '',
    ].join('\n'),
  );
  const cleared = await run('settings', 'clear', 'mail-server', 'base-url');
  assert.match(cleared.out, /^base URL: http:\/\/127\.0\.0\.1:\d+\nmail server: none/);
  const wrong = ['settings', 'set', '--mail-server', 'smtp://me:geheim@x'] as const;
  assert.deepEqual([(await run(...wrong)).code, (await run('settings', 'set')).code], [2, 2]);
  const plain = await run('settings', 'set', '--mail-server', 'smtp://me@x', '--mail-password', 'geheim');
  assert.match(plain.error, /--mail-password: give env:NAME or file:PATH/);
  assert.equal((await run('settings', 'clear', 'everything')).code, 2);
});
