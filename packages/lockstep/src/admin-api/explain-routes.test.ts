import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

function member(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

const items = (body: JsonObject): readonly JsonObject[] =>
  isJsonArray(body['items']) ? body['items'].filter(isJsonObject) : [];

test('what every app does with somebody is told in pages, with who assigned them, the account, and what comes next', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'T' });
  const { body: eva } = await ask('POST', '/directory/users', {
    userPrincipalName: 'eva@x.example',
    mailNickname: 'eva',
    displayName: 'Eva',
    department: 'IT',
  });
  await ask('POST', '/directory/groups', { displayName: 'Crew' });
  await ask('POST', '/directory/groups/Crew/members', { add: ['eva@x.example'] });
  const clause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' };
  const declare = (name: string, more: JsonObject) =>
    ask('PUT', '/apps', {
      name,
      template: 'generic',
      tenantUrl: String(tenant['scimUrl']),
      secretToken: String(tenant['token']),
      schedule: { enabled: false },
      ...more,
    });
  await declare('C outside', { scope: 'all', filters: [{ title: 'Sales only', clauses: [clause] }] });
  await declare('A linked', { scope: 'assigned', assignments: [{ group: 'Crew' }] });
  await declare('B unassigned', { scope: 'assigned' });
  await ask('POST', '/apps/A%20linked/sync', { wait: true });
  await ask('PATCH', '/directory/users/eva@x.example', { displayName: 'Eva Lind' });

  const path = `/directory/users/${String(eva['objectId'])}/explain`;
  const first = await ask('GET', `${path}?limit=2`);
  assert.deepEqual(
    items(first.body).map((one) => one['app']),
    ['A linked', 'B unassigned'],
  );
  const rest = await ask('GET', `${path}?limit=2&after=${encodeURIComponent(String(first.body['next']))}`);
  assert.deepEqual([items(rest.body).map((one) => one['app']), rest.body['next']], [['C outside'], undefined]);

  const [linked, unassigned] = items(first.body).map((one) => one['explanation']);
  assert.deepEqual(
    [member(linked, 'inScope'), member(linked, 'account'), member(linked, 'standing', 'state')],
    [true, 'eva@x.example', 'Paused'],
  );
  const assignedBy = member(linked, 'assignedBy');
  assert.ok(isJsonArray(assignedBy));
  assert.deepEqual(
    assignedBy.map((one) => [member(one, 'how'), member(one, 'displayName')]),
    [['group', 'Crew']],
  );
  assert.equal(member(linked, 'next', 'do'), 'update');
  const changes = member(linked, 'next', 'changes');
  assert.ok(isJsonArray(changes));
  assert.ok(changes.some((one) => member(one, 'newValue') === 'Eva Lind' && member(one, 'oldValue') === 'Eva'));
  const records = member(linked, 'records');
  assert.ok(isJsonArray(records));
  assert.deepEqual(
    records.map((one) => [member(one, 'action'), member(one, 'status'), member(one, 'steps'), member(one, 'wire')]),
    [['create', 'success', [], undefined]],
  );
  assert.deepEqual([member(unassigned, 'because'), member(unassigned, 'next', 'do')], ['not-assigned', 'nothing']);
  const outside = items(rest.body)[0]?.['explanation'];
  assert.equal(member(outside, 'because'), 'filter');
  assert.match(String(member(outside, 'scope')), /Sales only.*department is "IT"/);

  const group = await ask('GET', '/directory/groups/Crew/explain');
  assert.equal(member(items(group.body)[0], 'explanation', 'assignedBy') !== undefined, true);
  assert.equal((await ask('GET', '/directory/users/nobody/explain')).status, 404);

  const told = await runWords(['directory', 'explain', 'eva@x.example', '--url', url, '--data', folder]);
  assert.match(told.out, /^A linked\n- In scope of the app\.\n- Assigned by the group "Crew"\./m);
  assert.match(told.out, /^C outside\n- Out of scope: Filter "Sales only"/m);
});
