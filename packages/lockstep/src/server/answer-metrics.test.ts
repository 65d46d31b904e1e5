import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { answerMetrics } from './answer-metrics.ts';
import { createMetrics, type Standing } from './metrics.ts';

const NOTHING: Standing = { apps: [], mailsWaiting: 0, mailsFailed: 0, requestsDropped: 0 };

async function serve(t: TestContext, readStanding: () => Promise<Standing>) {
  const reports: string[] = [];
  const metrics = createMetrics(readStanding);
  const server = createServer((_, response) => {
    const report = (message: string, error: unknown) => reports.push(`${message}: ${String(error)}`);
    void answerMetrics(metrics, response, { report, headers: {}, waitMs: 20 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const look = async () => {
    const answer = await fetch(`http://127.0.0.1:${address.port}/metrics`, { headers: { connection: 'close' } });
    return { status: answer.status, text: await answer.text() };
  };
  return { look, reports };
}

test('metrics that cannot be read are answered 503, told to the log, and asked for anew the next time', async (t) => {
  let isAway = true;
  const { look, reports } = await serve(t, async () => {
    if (isAway) throw new Error('the database is away');
    return NOTHING;
  });
  const away = await look();
  assert.equal(away.status, 503);
  assert.doesNotMatch(away.text, /lockstep_/);
  assert.deepEqual(reports, ['the metrics could not be read: Error: the database is away']);
  isAway = false;
  assert.equal((await look()).status, 200);
});

test('metrics that take too long are answered 503', async (t) => {
  const { look, reports } = await serve(t, () => new Promise<Standing>(() => undefined));
  assert.equal((await look()).status, 503);
  assert.match(reports.join(), /no answer within 20 ms/);
});
