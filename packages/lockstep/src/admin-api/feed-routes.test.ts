import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

const items = (body: JsonObject): readonly JsonObject[] =>
  isJsonArray(body['items']) ? body['items'].filter(isJsonObject) : [];

test('imports by hand and feeds of a declaration are told with their runs, in pages, and can be forgotten', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  assert.deepEqual((await ask('GET', '/directory/feeds')).body, { items: [] });
  const empty = await runWords(['directory', 'feeds', '--url', url, '--data', folder]);
  assert.match(empty.out, /Nothing was imported yet/);

  const text = 'userPrincipalName,accountEnabled\na@x.example,true\nb@x.example,false';
  const body = { format: 'csv', text, file: 'people.csv' };
  assert.equal((await ask('POST', '/directory/import', { ...body, isDryRun: true })).status, 200);
  assert.deepEqual((await ask('GET', '/directory/feeds')).body, { items: [] }, 'a preview is no run');
  assert.equal((await ask('POST', '/directory/import', body)).status, 200);
  const feed = { name: 'hr', type: 'csv', file: 'hr.csv', key: 'userPrincipalName' };
  const apply = (content: string) =>
    ask('POST', '/apply', { declaration: { directory: { feeds: [{ ...feed, text: content }] } } });
  assert.equal((await apply('userPrincipalName\nc@x.example')).status, 200);
  assert.equal((await apply('userPrincipalName,accountEnabled\nc@x.example,perhaps')).status, 422);

  const feeds = items((await ask('GET', '/directory/feeds')).body);
  assert.deepEqual(
    feeds.map((one) => [one['id'], one['kind'], one['name'], one['state']]),
    [
      ['declared:hr', 'declared', 'hr', 'refused'],
      ['file', 'file', null, 'healthy'],
    ],
  );
  const last = feeds[1]?.['lastRun'];
  assert.ok(isJsonObject(last));
  assert.match(String(last['actor']), /\(api\)$/);
  assert.deepEqual([last['file'], last['state'], last['endedAt']], ['people.csv', 'done', feeds[1]?.['lastGoodAt']]);
  assert.ok(isJsonObject(last['counts']));
  assert.equal(last['counts']['created'], 2);

  const runs = (query: string) => ask('GET', `/directory/feeds/declared%3Ahr/runs${query}`);
  const first = await runs('?limit=1');
  assert.deepEqual([items(first.body).map((one) => one['number']), first.body['next']], [[2], '2']);
  const refusal = items(first.body)[0]?.['refusal'];
  assert.ok(isJsonObject(refusal));
  assert.deepEqual(refusal['issues'], [
    { place: 'line 2, column accountEnabled', message: '"perhaps" is neither true nor false' },
  ]);
  assert.deepEqual(
    items((await runs('?after=2')).body).map((one) => one['state']),
    ['done'],
  );

  const shown = await runWords(['directory', 'feeds', '--url', url, '--data', folder]);
  assert.match(shown.out, /^hr +refused .* 1$/m);
  assert.match(shown.out, /^files by hand +healthy \S* +\S+ +2 +0 +0$/m);
  assert.match(shown.out, /hr: .*perhaps/);

  assert.equal((await ask('DELETE', '/directory/feeds/declared%3Ahr')).status, 204);
  assert.equal((await ask('DELETE', '/directory/feeds/declared%3Ahr')).status, 404);
  assert.equal((await ask('GET', '/directory/users/c@x.example')).status, 200, 'people stay');
});
