import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPostgres } from '../../../store/contract/start-postgres.ts';
import { testSettings } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { startServer } from './start-server.ts';
import { startWorker } from './start-worker.ts';

test('with the database away a server and a worker answer 503 to whoever asks for metrics, and live on', async (t) => {
  const postgres = await startPostgres();
  const settings = testSettings(tempFolder(t), { database: await postgres.freshDatabase() });
  const nodes = [await startServer(settings), await startWorker(settings)];
  t.after(async () => {
    for (const node of nodes) await node.stop().catch(() => undefined);
  });
  const look = (path: string) =>
    Promise.all(
      nodes.map(async ({ url }) => {
        const answer = await fetch(`${url}${path}`);
        return { status: answer.status, text: await answer.text() };
      }),
    );
  for (const { status, text } of await look('/metrics')) {
    assert.equal(status, 200);
    assert.match(text, /lockstep_mails\{state="waiting"\} 0/);
  }

  await postgres.stop();

  for (const { status, text } of await look('/metrics')) {
    assert.equal(status, 503, 'figures that cannot be read are not told as zero');
    assert.match(text, /could not be read/);
    assert.doesNotMatch(text, /password|postgres:\/\//);
  }
  for (const { status } of await look('/health/live')) assert.equal(status, 200);
});
