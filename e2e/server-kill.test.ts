// The whole server is killed in the middle of cycles and started again: nobody is lost, nobody is made twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAdmin } from '../packages/lockstep/test/admin-client.ts';
import { tempFolder } from '../packages/lockstep/test/temp-folder.ts';
import { census, crowd, type Node, startCarelessApp, startNode, until } from './nodes/start-node.ts';

const PEOPLE = 240;

test('a server killed in mid cycle, three times, goes on by itself and loses and doubles nobody', async (t) => {
  const { url, app } = await startCarelessApp(t);
  const data = tempFolder(t);
  const start = (): Promise<Node> => startNode(t, ['start', '--data', data]);
  let node = await start();
  const ask = (...given: Parameters<ReturnType<typeof askAdmin>>) => askAdmin(node.url, data)(...given);
  await ask('POST', '/directory/import', { format: 'json', text: crowd(PEOPLE) });
  const declared = {
    name: 'App',
    template: 'generic',
    tenantUrl: url,
    secretToken: 'any',
    scope: 'all',
    rate: { requestsPerSecond: 200 },
  };
  assert.equal((await ask('PUT', '/apps', declared)).status, 200);

  for (const share of [0.25, 0.6]) {
    await until(`${share} of the people are there`, () => app.users().length >= PEOPLE * share);
    assert.ok(app.users().length < PEOPLE, 'the cycle has not ended yet');
    await node.signal('SIGKILL');
    node = await start();
  }
  await until('everybody is there', () => census(app).names === PEOPLE);
  const cycles = async (): Promise<string> => JSON.stringify((await ask('GET', '/apps/App/cycles')).body);
  await until('the cycle has ended', async () => (await cycles()).includes('succeeded'));
  assert.deepEqual(census(app), { accounts: PEOPLE, names: PEOPLE });

  const before = app.requests();
  await ask('POST', '/directory/import', { format: 'json', text: crowd(PEOPLE, () => ({ jobTitle: 'Clerk' })) });
  await until('a third of the changes are sent', () => app.requests() - before > PEOPLE / 3);
  await node.signal('SIGKILL');
  node = await start();
  await until('every change is there', () => app.users().every((user) => user['title'] === 'Clerk'));
  assert.deepEqual(census(app), { accounts: PEOPLE, names: PEOPLE });
  await ask('POST', '/apps/App/sync', { wait: true });
  const sent = app.requests();
  await ask('POST', '/apps/App/sync', { wait: true });
  assert.equal(app.requests(), sent, 'nothing is left to be done');
  const { body: verdict } = await ask('GET', '/logs/verify');
  assert.equal(verdict['isIntact'], true, JSON.stringify(verdict));
  assert.equal(await node.signal('SIGTERM'), 0);
});
