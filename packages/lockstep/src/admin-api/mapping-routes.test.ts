import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { apiKeyFile } from '../secrets/api-key.ts';

type Loose = ReturnType<typeof JSON.parse>;

interface Opened {
  readonly ask: AskAdmin;
  readonly send: (method: string, path: string, more?: { body?: unknown; ifMatch?: string }) => Promise<Response>;
}

async function open(t: TestContext): Promise<Opened> {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const key = readFileSync(apiKeyFile(folder), 'utf8').trim();
  const people = [
    ['ann', 'Sales'],
    ['bob', 'Support'],
  ];
  for (const [name, department = ''] of people) {
    await ask('POST', '/directory/users', {
      userPrincipalName: `${name}@example.com`,
      displayName: name,
      mailNickname: name,
      department,
    });
  }
  const tenant = (await ask('POST', '/providers', { profile: 'generic', title: 'T' })).body;
  const schedule = { enabled: false };
  const { scimUrl: tenantUrl, token: secretToken } = tenant;
  await ask('PUT', '/apps', { name: 'App', template: 'generic', tenantUrl, secretToken, scope: 'all', schedule });
  const send: Opened['send'] = (method, path, { body, ifMatch } = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { ask, send };
}

const ROWS = '/apps/App/mappings';
const rowPath = (target: string): string => `${ROWS}/${encodeURIComponent(target)}`;

test('a row is added, changed and deleted; each wrong one is named', async (t) => {
  const { ask } = await open(t);
  const added: Loose = await ask('POST', ROWS, { target: 'nickName', source: 'mailNickname' });
  assert.deepEqual([added.status, added.body.isChanged], [200, true]);
  assert.equal((await ask('POST', ROWS, { target: 'nickName', source: 'mail' })).status, 422);
  const path = rowPath('emails[type eq "work"].value');
  const changed: Loose = await ask('PUT', path, { target: 'x', expression: 'IIF(IsPresent([mail]), [mail], "none")' });
  assert.equal(changed.status, 200);
  assert.match(changed.body.warnings[0].message, /lists IIF with IsPresent as unsupported/);
  const wrong: Loose = await ask('PUT', rowPath('title'), { target: 'title', expression: 'Nope([a])' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.body.error.issues[0].place, /title$/);
  const kept: Loose = await ask('DELETE', rowPath('userName'));
  assert.deepEqual([kept.status, /requires/.test(kept.body.error.message)], [422, true]);
  assert.equal((await ask('DELETE', rowPath('nickName'))).status, 200);
  const { body }: Loose = await ask('GET', ROWS);
  assert.ok(!body.mappings.some((row: Loose) => row.target === 'nickName'));
});

test('a change made from an older state is refused with 412, and a dry run changes nothing', async (t) => {
  const { send, ask } = await open(t);
  const tag = (await send('GET', ROWS)).headers.get('etag') ?? '';
  const first = await send('PUT', rowPath('title'), { ifMatch: tag, body: { target: 'title', source: 'city' } });
  assert.deepEqual([first.status, first.headers.get('etag') === tag], [200, false]);
  const second = await send('PUT', rowPath('title'), { ifMatch: tag, body: { target: 'title', source: 'state' } });
  const refusal: Loose = await second.json();
  assert.deepEqual([second.status, refusal.error.code], [412, 'outdated']);
  const tries: Loose = await ask('PUT', `${rowPath('title')}?dryRun=true`, { target: 'title', source: 'state' });
  assert.deepEqual(tries.body.differences, [
    { what: 'users.mappings.title.source.name', before: 'city', after: 'state' },
  ]);
  const { body }: Loose = await ask('GET', ROWS);
  assert.equal(body.mappings.find((row: Loose) => row.target === 'title').source.name, 'city');
});

test('after a change the next cycle is initial, and the links stay', async (t) => {
  const { ask } = await open(t);
  const first: Loose = await ask('POST', '/apps/App/sync', { wait: true });
  assert.equal(first.body.counts.created, 2);
  await ask('PUT', rowPath('title'), { target: 'title', constant: 'Somebody' });
  const second: Loose = await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual([second.body.kind, second.body.counts.created, second.body.counts.updated], ['initial', 0, 2]);
});

test('LIFE-3: restoring brings the rows of the template back and has everybody looked at anew; unlike in Entra the filters stay', async (t) => {
  const { ask } = await open(t);
  await ask('POST', '/apps/App/sync', { wait: true });
  const before: Loose = await ask('GET', ROWS);
  await ask('PUT', rowPath('title'), { target: 'title', constant: 'Somebody' });
  const clauses = [{ attribute: 'department', operator: 'EQUALS', value: 'Sales' }];
  await ask('PUT', '/apps/App/scope', { users: { filters: [{ title: 'Sales only', clauses }] } });
  await ask('POST', '/apps/App/sync', { wait: true });

  const tried: Loose = await ask('POST', `${ROWS}/restore?dryRun=true`, {});
  assert.deepEqual(
    tried.body.differences.some((one: Loose) => /title/.test(one.what)),
    true,
  );
  assert.equal((await ask('POST', `${ROWS}/restore`, {})).status, 200, 'also while the app is on');
  const after: Loose = await ask('GET', ROWS);
  assert.deepEqual(after.body.mappings, before.body.mappings);
  const scope: Loose = await ask('GET', '/apps/App/scope');
  assert.equal(scope.body.users.filters[0].title, 'Sales only', 'nobody comes into the scope by restoring rows');
  const cycle: Loose = await ask('POST', '/apps/App/sync', { wait: true });
  assert.equal(cycle.body.kind, 'initial');
});

test('a preview shows each value in its place, errors and unsaved rows as well', async (t) => {
  const { ask } = await open(t);
  const rows = [
    { target: 'nickName', expression: 'ToUpper([displayName])' },
    { target: 'title', expression: 'Nope(' },
  ];
  const { body }: Loose = await ask('POST', `${ROWS}/preview`, { user: 'ann@example.com', rows });
  const of = (target: string): Loose => body.rows.find((row: Loose) => row.target === target);
  assert.deepEqual(of('nickName'), { target: 'nickName', kind: 'value', value: 'ANN' });
  assert.equal(of('title').kind, 'error');
  assert.equal(of('active').value, 'True');
  assert.equal(body.scope.inScope, true);
});

test('a preview of a group shows its rows', async (t) => {
  const { ask } = await open(t);
  await ask('POST', '/directory/groups', { displayName: 'Finance' });
  const { body }: Loose = await ask('POST', `${ROWS}/preview`, { group: 'Finance' });
  assert.equal(body.displayName, 'Finance');
  assert.deepEqual(body.scope, { inScope: true });
  const name = body.rows.find((row: Loose) => row.target === 'displayName');
  assert.deepEqual(name, { target: 'displayName', kind: 'value', value: 'Finance' });
  for (const asked of [{}, { user: 'ann@example.com', group: 'Finance' }]) {
    assert.equal((await ask('POST', `${ROWS}/preview`, asked)).status, 400);
  }
  assert.equal((await ask('POST', `${ROWS}/preview`, { group: 'Nobody' })).status, 404);
});

test('everything that is wrong with an expression is told at once', async (t) => {
  const { ask } = await open(t);
  const { status, body }: Loose = await ask('PUT', rowPath('title'), {
    target: 'title',
    expression: 'ToLowr([mail]) & Mid([x], , 2)',
  });
  assert.equal(status, 422);
  assert.match(JSON.stringify(body), /did you mean ToLower\? \(at character 1\); Mid: argument 2 \(start\) is blank/);
});

test('an attribute of type Reference says what it refers to, and no other type does', async (t) => {
  const { ask } = await open(t);
  const list = '/apps/App/attributes';
  const referencedObjects = [{ referencedObjectName: 'User' }];
  assert.equal((await ask('POST', list, { name: 'nickName' })).status, 200);
  assert.equal((await ask('PUT', `${list}/nickName`, { referencedObjects })).status, 422);
  assert.equal((await ask('PUT', `${list}/nickName`, { type: 'Reference', referencedObjects })).status, 200);
  const { targetAttributes }: Loose = (await ask('GET', ROWS)).body;
  const found = targetAttributes.find((one: Loose) => one.name === 'nickName');
  assert.deepEqual(found, { name: 'nickName', type: 'Reference', referencedObjects });
});

test('a scope is previewed, set and shown', async (t) => {
  const { ask } = await open(t);
  const clauses = [{ attribute: 'department', operator: 'EQUALS', value: 'Sales' }];
  const users = { filters: [{ title: 'Sales', clauses }] };
  const preview: Loose = (await ask('POST', '/apps/App/scope/preview', { users })).body;
  assert.deepEqual([preview.inScope, preview.total, preview.isWhole], [1, 2, true]);
  assert.deepEqual(preview.failures, [{ filter: 'Sales', clause: 'department EQUALS Sales', count: 1 }]);
  assert.match(preview.samples.find((one: Loose) => !one.inScope).text, /department is "Support"/);
  const groups = {
    filters: [{ title: 'Named', clauses: [{ attribute: 'displayName', operator: 'EQUALS', value: 'Crew' }] }],
  };
  await ask('POST', '/directory/groups', { displayName: 'Other' });
  const ofGroups: Loose = (await ask('POST', '/apps/App/scope/preview?object=group', { groups })).body;
  assert.deepEqual([ofGroups.total, ofGroups.inScope], [1, 0]);
  assert.match(ofGroups.samples[0].text, /displayName is "Other"/);
  assert.equal((await ask('PUT', '/apps/App/scope', { users })).status, 200);
  const shown: Loose = (await ask('GET', '/apps/App/scope')).body;
  assert.deepEqual([shown.scope, shown.users.filters], ['all', users.filters]);
  const bad = { filters: [{ title: 'x', clauses: [{ attribute: 'userType', operator: 'IS NULL' }] }] };
  assert.equal((await ask('PUT', '/apps/App/scope', { users: bad })).status, 422);
});

test('the attribute list is edited', async (t) => {
  const { ask } = await open(t);
  const list = '/apps/App/attributes';
  assert.equal((await ask('POST', list, { name: 'nickName', type: 'String', required: true })).status, 422);
  assert.equal((await ask('POST', list, { name: 'nickName', type: 'String' })).status, 200);
  assert.equal((await ask('PUT', `${list}/nickName`, { filterable: true })).status, 200);
  assert.equal(
    (await ask('PUT', rowPath('nickName'), { target: 'nickName', source: 'mailNickname', match: 2 })).status,
    200,
  );
  const refused: Loose = await ask('DELETE', `${list}/nickName`);
  assert.match(refused.body.error.message, /delete the mapping first/);
});

test('a schema is exported, dry-run, imported and exported again without losing a key', async (t) => {
  const { ask } = await open(t);
  const path = '/apps/App/schema';
  const exported: Loose = (await ask('GET', path)).body;
  const given = JSON.parse(JSON.stringify(exported));
  given.unheardOf = { of: ['this'] };
  given.synchronizationRules[0].objectMappings[0].attributeMappings[3].note = 'kept';
  given.synchronizationRules[0].objectMappings[0].attributeMappings[3].source = {
    type: 'Constant',
    name: 'Somebody',
    expression: '"Somebody"',
    parameters: [],
  };
  const dry: Loose = (await ask('PUT', `${path}?dryRun=true`, given)).body;
  assert.deepEqual(dry.plan, { counts: { create: 2 }, looked: 2, isWhole: true });
  assert.deepEqual(
    dry.differences.map((one: Loose) => one.what),
    ['users.mappings.title.source.kind', 'users.mappings.title.source.name', 'users.mappings.title.source.value'],
  );
  assert.equal((await ask('PUT', path, given)).status, 200);
  const again: JsonObject = (await ask('GET', path)).body;
  assert.deepEqual({ ...again, version: '' }, { ...given, version: '' });
  const wrong: Loose = await ask('PUT', path, { synchronizationRules: [{ objectMappings: [{ enabled: 'yes' }] }] });
  assert.deepEqual(
    [wrong.status, wrong.body.error.issues[0].place],
    [422, '/synchronizationRules/0/objectMappings/0/enabled'],
  );
  const app: Loose = (await ask('GET', '/apps/App')).body;
  assert.equal(app.definition.schema, undefined);
  await ask('POST', `${ROWS}/restore`, {});
  const restored: Loose = (await ask('GET', ROWS)).body;
  assert.equal(restored.mappings.find((row: Loose) => row.target === 'title').source.name, 'jobTitle');
  assert.equal((await ask('DELETE', path)).status, 200);
});

test('a role goes with everybody who held it', async (t) => {
  const { ask } = await open(t);
  await ask('POST', '/apps/App/assignments', { user: 'ann@example.com', roles: ['Uploader'] });
  const gone: Loose = await ask('DELETE', '/apps/App/roles/Uploader');
  assert.deepEqual([gone.status, gone.body], [200, { unassigned: 1 }]);
  const { body }: Loose = await ask('GET', '/apps/App/roles');
  assert.deepEqual(body.items, []);
  assert.equal((await ask('DELETE', '/apps/App/roles/Uploader')).status, 404);
});

test('nested groups are flattened and left alone again; a word for users is refused', async (t) => {
  const { ask } = await open(t);
  const nestedOf = async (): Promise<unknown> => (await ask('GET', `${ROWS}?object=group`)).body['nested'];
  assert.equal(await nestedOf(), 'ignore');
  const changed: Loose = await ask('PUT', `${ROWS}?object=group`, { nested: 'flatten' });
  assert.equal(changed.status, 200);
  assert.deepEqual(changed.body.differences, [{ what: 'nestedGroups', before: null, after: 'flatten' }]);
  assert.equal(await nestedOf(), 'flatten');
  assert.equal((await ask('PUT', `${ROWS}?object=group`, { nested: 'ignore' })).status, 200);
  assert.equal(await nestedOf(), 'ignore');
  const refused: Loose = await ask('PUT', `${ROWS}?object=user`, { nested: 'flatten' });
  assert.deepEqual([refused.status, refused.body.error.code], [422, 'invalidValue']);
  assert.equal((await ask('GET', `${ROWS}?object=user`)).body['nested'], undefined);
});
