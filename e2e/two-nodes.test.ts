// Several processes of the product on one PostgreSQL: all of them serve, a job runs in one of them at a time, whoever stalls
// is fenced off, and a worker goes on where a killed node stood.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import pg from 'pg';
import { type AskAdmin, askAdmin } from '../packages/lockstep/test/admin-client.ts';
import { tempFolder } from '../packages/lockstep/test/temp-folder.ts';
import { type PostgresServer, startPostgres } from '../packages/store/contract/start-postgres.ts';
import { census, crowd, startCarelessApp, startNode, until } from './nodes/start-node.ts';

let postgres: PostgresServer;

before(async () => {
  postgres = await startPostgres();
});
after(() => postgres.stop());

function list(body: JsonObject, name = 'items'): readonly JsonObject[] {
  const value = body[name];
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function declared(url: string, more: JsonObject = {}): JsonObject {
  return { name: 'App', template: 'generic', tenantUrl: url, secretToken: 'any', scope: 'all', ...more };
}

/** Lets the time of every lease pass, as two minutes would. */
async function passLeases(database: string): Promise<number> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rowCount } = await client.query('update job set lease_until_ms = 0 where lease_holder is not null');
  await client.end();
  return rowCount ?? 0;
}

/** The cycles of the app that have ended, and those among them that began before the one before them had ended. */
async function history(ask: AskAdmin): Promise<{ readonly ended: number; readonly overlapping: readonly string[] }> {
  const cycles = list((await ask('GET', '/apps/App/cycles?limit=200')).body)
    .map((one) => ({
      id: String(one['cycleId']),
      fromMs: Date.parse(String(one['startedAt'])),
      toMs: Date.parse(String(one['endedAt'])),
    }))
    .toSorted((a, b) => a.fromMs - b.fromMs);
  assert.ok(
    cycles.every((one) => one.toMs >= one.fromMs),
    'every cycle has its times',
  );
  const overlapping = cycles.filter((one, at) => at > 0 && one.fromMs < (cycles[at - 1]?.toMs ?? 0));
  return { ended: cycles.length, overlapping: overlapping.map((one) => one.id) };
}

test('two servers serve alike, and whichever runs a job runs it alone', async (t) => {
  const { url, app } = await startCarelessApp(t);
  const [database, data] = [await postgres.freshDatabase(), tempFolder(t)];
  const words = ['start', '--database', database, '--data', data];
  const one = await startNode(t, words);
  const two = await startNode(t, words);
  const [askOne, askTwo] = [askAdmin(one.url, data), askAdmin(two.url, data)];

  const { body: tenant } = await askOne('POST', '/providers', { profile: 'generic', title: 'Tenant' });
  const path = new URL(String(tenant['scimUrl'])).pathname;
  const look = async (base: string): Promise<number> => {
    const headers = { authorization: `Bearer ${String(tenant['token'])}` };
    return (await fetch(`${base}${path}/Users`, { headers })).status;
  };
  assert.deepEqual([await look(one.url), await look(two.url)], [200, 200], 'both know the tenant and its token');

  assert.equal((await askOne('PUT', '/apps', declared(url, { rate: { requestsPerSecond: 300 } }))).status, 200);
  await askTwo('POST', '/directory/import', { format: 'json', text: crowd(150) });
  const both = await Promise.all([
    askOne('POST', '/apps/App/sync', { wait: true }),
    askTwo('POST', '/apps/App/sync', { wait: true }),
  ]);
  assert.deepEqual(
    both.map((answer) => answer.status),
    [200, 200],
    JSON.stringify(both),
  );
  await until('everybody is there', () => census(app).names === 150);
  for (let round = 0; round < 6; round += 1) {
    const ask = round % 2 === 0 ? askOne : askTwo;
    const text = crowd(150, (at) => ({ jobTitle: at % 6 === round ? `Round ${round}` : 'None' }));
    await ask('POST', '/directory/import', { format: 'json', text });
  }
  await until('the last round is there', () => app.users().filter((user) => user['title'] === 'Round 5').length === 25);
  await askOne('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual(census(app), { accounts: 150, names: 150 });
  const { ended, overlapping } = await history(askOne);
  assert.ok(ended >= 3);
  assert.deepEqual(overlapping, []);

  await askTwo('POST', '/apps/App/pause');
  await until('the pause is seen', async () => (await askOne('GET', '/apps/App/status')).body['code'] === 'Paused');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const requests = app.requests();
  await askOne('POST', '/directory/import', { format: 'json', text: crowd(150, () => ({ jobTitle: 'Paused' })) });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  assert.equal(app.requests(), requests, 'neither runs a job that one of them paused');
  await askTwo('POST', '/apps/App/start');
  await until('it goes on', () => app.users().every((user) => user['title'] === 'Paused'));

  const { body: verdict } = await askTwo('GET', '/logs/verify');
  assert.equal(verdict['isIntact'], true, JSON.stringify(verdict));
  for (const node of [one, two]) {
    assert.equal(await node.signal('SIGTERM'), 0);
    assert.doesNotMatch(node.printed(), /error|could not/i);
  }
});

test('a node that stalls in mid cycle is fenced off: it sends and stores nothing more of that cycle', async (t) => {
  const { url, app } = await startCarelessApp(t);
  const [database, data] = [await postgres.freshDatabase(), tempFolder(t)];
  const one = await startNode(t, ['start', '--database', database, '--data', data]);
  const ask = askAdmin(one.url, data);
  await ask('POST', '/directory/import', { format: 'json', text: crowd(200) });
  await ask('PUT', '/apps', declared(url, { rate: { requestsPerSecond: 150 } }));
  await until('some are there', () => app.users().length > 40);
  one.stall(true);
  const stalledMs = Date.now();
  const two = await startNode(t, ['worker', '--database', database, '--data', data]);
  assert.equal(await passLeases(database), 1);
  await until('the worker has brought everybody', () => census(app).names === 200);
  // A lease that has run out is 120 s old; from 30 s on its holder asks before it sends.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, stalledMs + 31_000 - Date.now())));
  one.stall(false);
  await until('the first node answers again', async () => (await ask('GET', '/apps/App/status')).status === 200);
  await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual(census(app), { accounts: 200, names: 200 });
  assert.deepEqual((await ask('GET', '/logs/verify')).body['isIntact'], true);
  for (const node of [one, two]) assert.equal(await node.signal('SIGTERM'), 0);
});

test('a worker runs cycles, answers health and metrics alone, and goes on where a killed server stood', async (t) => {
  const { url, app } = await startCarelessApp(t);
  const [database, data] = [await postgres.freshDatabase(), tempFolder(t)];
  const server = await startNode(t, ['start', '--database', database, '--data', data]);
  const ask = askAdmin(server.url, data);
  await ask('POST', '/directory/import', { format: 'json', text: crowd(200) });
  const worker = await startNode(t, ['worker', '--database', database, '--data', data]);
  await ask('PUT', '/apps', declared(url, { rate: { requestsPerSecond: 150 } }));
  await until('some are there', () => app.users().length > 40);
  await server.signal('SIGKILL');
  await passLeases(database);
  await until('the worker has brought everybody', () => census(app).names === 200);
  assert.deepEqual(census(app), { accounts: 200, names: 200 });

  const text = async (path: string): Promise<string> => {
    const answer = await fetch(`${worker.url}${path}`);
    return `${answer.status} ${await answer.text()}`;
  };
  assert.match(await text('/health/ready'), /^200 ready/);
  assert.match(await text('/metrics'), /lockstep_schedule_cycles\{state="planned"\} [01]/);
  assert.match(await text('/api/v1/apps'), /^404 This is a worker/);
  assert.equal(await worker.signal('SIGTERM'), 0);
  assert.match(worker.printed(), /stopped/);
});

test('a worker that is told to stop in mid cycle leaves the rest to the server, without waiting for a lease', async (t) => {
  const { url, app } = await startCarelessApp(t);
  const [database, data] = [await postgres.freshDatabase(), tempFolder(t)];
  const server = await startNode(t, ['start', '--database', database, '--data', data]);
  const ask = askAdmin(server.url, data);
  await ask('POST', '/directory/import', { format: 'json', text: crowd(200) });
  await ask('PUT', '/apps', declared(url, { rate: { requestsPerSecond: 100 }, schedule: { enabled: false } }));
  const worker = await startNode(t, ['worker', '--database', database, '--data', data]);
  server.stall(true);
  // Only the worker can take the job: the server stands still before it could see that the schedule is on.
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const on = `replace(definition, '"isEnabled":false', '"isEnabled":true')`;
  await client.query(`update app set definition = ${on}, modified_ms = modified_ms + 1`);
  await client.end();
  await until('some are there', () => app.users().length > 30);
  server.stall(false);
  assert.equal(await worker.signal('SIGTERM'), 0);
  assert.ok(app.users().length < 200, 'the worker did not bring everybody');
  await until('everybody is there', () => census(app).names === 200, 30_000);
  assert.deepEqual(census(app), { accounts: 200, names: 200 });
  assert.equal(await server.signal('SIGTERM'), 0);
});

test('a worker without the master key, or on SQLite, says what it needs', async (t) => {
  const [database, data] = [await postgres.freshDatabase(), tempFolder(t)];
  const server = await startNode(t, ['start', '--database', database, '--data', data]);
  await askAdmin(server.url, data)('PUT', '/apps', declared('http://127.0.0.1:9/'));
  await assert.rejects(startNode(t, ['worker', '--database', database, '--data', tempFolder(t)]), /master key/);
  await assert.rejects(startNode(t, ['worker', '--data', tempFolder(t)]), /database that processes share/);
  assert.equal(await server.signal('SIGTERM'), 0);
});
