import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../../store/contract/start-postgres.ts';
import { askAdmin, testSettings } from '../../test/admin-client.ts';
import { openMailSink, SINK_PASSWORD } from '../../test/mail-sink.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from '../server/start-server.ts';

test('another server on the same database knows a changed base URL and mail server within seconds', async (t) => {
  const postgres = await startPostgres();
  t.after(() => postgres.stop());
  const folder = tempFolder(t);
  const settings = testSettings(folder, { database: await postgres.freshDatabase() });
  const [first, second] = [await startServer(settings), await startServer(settings)];
  t.after(() => Promise.all([first.stop(), second.stop()]));
  const sink = await openMailSink(t);
  const server = { host: '127.0.0.1', port: Number(new URL(sink.url).port), security: 'whenOffered', user: 'me' };
  const mailServer = { ...server, password: SINK_PASSWORD };
  const ask = askAdmin(first.url, folder);
  assert.equal((await ask('PATCH', '/settings', { publicUrl: 'https://x.example', mailServer })).status, 200);
  assert.equal(first.services.publicUrl(), 'https://x.example', 'at once where it was changed');
  for (const endMs = Date.now() + 20_000; second.services.publicUrl() !== 'https://x.example'; await pause(100)) {
    assert.ok(Date.now() < endMs, 'the other server never looked');
  }
  await second.services.mail.test('a@x.example');
  assert.equal(sink.mails.length, 1);
});
