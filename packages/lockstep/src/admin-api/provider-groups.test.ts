import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUP_SCHEMA, isJsonArray, isJsonObject, type JsonObject, USER_SCHEMA } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function items(body: JsonObject): readonly JsonObject[] {
  const list = body['items'];
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

test('groups that a directory sent are listed, read and paged by member, by API and command line', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Acme' });
  const path = `/providers/${String(tenant['id'])}`;
  const send = async (endpoint: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${String(tenant['token'])}`, 'content-type': 'application/scim+json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const made: unknown = await (await fetch(`${String(tenant['scimUrl'])}${endpoint}`, init)).json();
    assert.ok(isJsonObject(made));
    return String(made['id']);
  };
  const members: { readonly value: string }[] = [];
  for (const userName of ['eva', 'finn', 'gwen']) {
    members.push({
      value: await send('/Users', { schemas: [USER_SCHEMA], userName, displayName: `${userName} Lind` }),
    });
  }
  const crew = await send('/Groups', { schemas: [GROUP_SCHEMA], displayName: 'Crew', externalId: 'x1', members });
  await send('/Groups', { schemas: [GROUP_SCHEMA], displayName: 'Sales' });

  assert.equal((await ask('GET', path)).body['hasGroups'], true);
  const all = await ask('GET', `${path}/groups`);
  assert.deepEqual(
    items(all.body).map(({ displayName, members: count, hasMoreMembers }) => [displayName, count, hasMoreMembers]),
    [
      ['Crew', 3, false],
      ['Sales', 0, false],
    ],
  );
  const first = await ask('GET', `${path}/groups?limit=1`);
  assert.deepEqual(
    items((await ask('GET', `${path}/groups?limit=1&after=${String(first.body['next'])}`)).body).map(
      (one) => one['id'],
    ),
    items(all.body)
      .slice(1)
      .map((one) => one['id']),
  );
  assert.deepEqual(
    items((await ask('GET', `${path}/groups?search=sal`)).body).map((one) => one['displayName']),
    ['Sales'],
  );
  const { body: one } = await ask('GET', `${path}/groups/${crew}`);
  assert.deepEqual([one['externalId'], one['members']], ['x1', 3]);
  const page = await ask('GET', `${path}/groups/${crew}/members?limit=2`);
  assert.deepEqual(
    items(page.body).map((member) => member['display']),
    ['eva Lind', 'finn Lind'],
  );
  const rest = await ask('GET', `${path}/groups/${crew}/members?after=${String(page.body['next'])}`);
  assert.deepEqual(
    [items(rest.body).map((member) => member['display']), rest.body['next']],
    [['gwen Lind'], undefined],
  );
  const { body: other } = await ask('POST', '/providers', { profile: 'zenvoices', title: 'None' });
  const otherPath = `/providers/${String(other['id'])}`;
  for (const wrong of [
    `${path}/groups/nobody`,
    `${path}/groups/nobody/members`,
    `${otherPath}/groups/${crew}/members`,
  ]) {
    assert.equal((await ask('GET', wrong)).status, 404, wrong);
  }
  assert.deepEqual(
    [(await ask('GET', otherPath)).body['hasGroups'], items((await ask('GET', `${otherPath}/groups`)).body)],
    [false, []],
  );

  const run = (...words: readonly string[]) =>
    runWords(['provider', 'group', ...words, '--url', url, '--data', folder], { workingFolder: folder });
  assert.match((await run('list', 'Acme', '--search', 'cr')).out, /Crew +3/);
  const listed = await run('members', 'Acme', crew, '--limit', '2');
  assert.match(listed.out, /User +eva Lind/);
  assert.match(listed.error, /there are more: --after /);
  assert.match((await run('list', 'None')).out, /there are no groups/);
});
