import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject, type Json } from '@lockstep/scim';
import { type AdminAnswer, openServer } from '../../test/admin-client.ts';
import { tempFolder } from '../../test/temp-folder.ts';

/** Status, code and the places of the faults. */
function refusal({ status, body }: AdminAnswer): readonly [number, Json | undefined, readonly (Json | undefined)[]] {
  const error = body['error'];
  if (!isJsonObject(error)) return [status, undefined, []];
  const issues = isJsonArray(error['issues']) ? error['issues'].filter(isJsonObject) : [];
  return [status, error['code'], issues.map((issue) => issue['place'])];
}

test('a change made from an older state of a person is refused, and one from the newest goes through', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const made = await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com', department: 'IT' });
  const path = `/directory/users/${String(made.body['objectId'])}`;
  const read = await ask('GET', path);
  assert.equal(read.etag, made.etag);
  const first = await ask('PATCH', path, { department: 'Sales' }, { 'if-match': String(read.etag) });
  assert.equal(first.status, 200);
  assert.notEqual(first.etag, read.etag);
  const late = await ask('PATCH', path, { jobTitle: 'Late' }, { 'if-match': String(read.etag) });
  assert.deepEqual(refusal(late), [412, 'outdated', []]);
  assert.equal((await ask('GET', path)).etag, first.etag, 'nothing was written');
  assert.equal((await ask('PATCH', path, { jobTitle: 'Right' }, { 'if-match': String(first.etag) })).status, 200);
  assert.equal((await ask('PATCH', path, { jobTitle: 'Any' })).status, 200);
});

test('the tag of a group is about its attributes and not about its members', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com' });
  const group = await ask('POST', '/directory/groups', { displayName: 'Sales' });
  await ask('POST', '/directory/groups/Sales/members', { add: ['ann@example.com'] });
  assert.equal((await ask('GET', '/directory/groups/Sales')).etag, group.etag);
});

test('what is wrong with a person is told at its attribute', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  const ann = await ask('POST', '/directory/users', { userPrincipalName: 'ann@example.com' });
  const path = `/directory/users/${String(ann.body['objectId'])}`;
  const create = (body: object): Promise<AdminAnswer> => ask('POST', '/directory/users', body);
  const taken = await create({ userPrincipalName: 'ANN@example.com' });
  assert.deepEqual(refusal(taken), [409, 'conflict', ['userPrincipalName']]);
  assert.deepEqual(refusal(await create({ displayName: 'X' })), [422, 'invalidValue', ['userPrincipalName']]);
  const nobody = await create({ userPrincipalName: 'b@example.com', manager: 'nobody' });
  assert.deepEqual(refusal(nobody), [422, 'invalidValue', ['manager']]);
  assert.deepEqual(refusal(await ask('PATCH', path, { manager: 'ann@example.com' })), [
    422,
    'invalidValue',
    ['manager'],
  ]);
  const wrong = await ask('PATCH', path, { userType: 'Robot', employeeHireDate: 'soon' });
  assert.deepEqual(refusal(wrong), [422, 'invalidValue', ['userType', 'employeeHireDate']]);
  assert.deepEqual(refusal(await ask('POST', '/directory/groups', {})), [422, 'invalidValue', ['displayName']]);
});

test('the recycle bin is listed by itself, and the attributes tell which texts are possible', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  for (const name of ['Ann', 'Anton', 'Ben']) {
    await ask('POST', '/directory/users', { userPrincipalName: `${name}@example.com`, displayName: name });
  }
  for (const name of ['Ann', 'Ben']) await ask('DELETE', `/directory/users/${name}@example.com`);
  const { body } = await ask('GET', '/directory/users?state=deleted&search=a');
  const items = isJsonArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  assert.deepEqual(
    items.map((one) => one['displayName']),
    ['Ann'],
  );
  const users = (await ask('GET', '/directory/attributes')).body['users'];
  const userType = isJsonArray(users)
    ? users.filter(isJsonObject).find((one) => one['name'] === 'userType')
    : undefined;
  assert.deepEqual(userType?.['values'], ['Member', 'Guest']);
});

test('members of groups are added all or none, told by the way they come, and a circle is refused', async (t) => {
  const { ask } = await openServer(t, tempFolder(t));
  for (const name of ['ann', 'ben', 'cem']) {
    await ask('POST', '/directory/users', { userPrincipalName: `${name}@example.com`, displayName: name });
  }
  for (const displayName of ['Outer', 'Inner']) await ask('POST', '/directory/groups', { displayName });
  const add = (group: string, ...names: readonly string[]): Promise<AdminAnswer> =>
    ask('POST', `/directory/groups/${group}/members`, { add: names });
  const wrong = await add('Outer', 'ann', 'nobody', 'noone');
  assert.deepEqual(refusal(wrong), [404, 'notFound', ['add[1]', 'add[2]']]);
  assert.deepEqual((await ask('GET', '/directory/groups/Outer/members')).body['items'], []);
  await add('Outer', 'ann', 'Inner');
  await add('Inner', 'ann', 'ben', 'cem');
  const list = async (path: string): Promise<readonly (readonly (Json | undefined)[])[]> => {
    const { items, next } = (await ask('GET', `/directory/groups/Outer/${path}`)).body;
    const shown = isJsonArray(items) ? items.filter(isJsonObject) : [];
    return [...shown.map((one) => [one['displayName'], one['through']]), [next === undefined ? 'end' : 'more']];
  };
  const inner = (await ask('GET', '/directory/groups/Inner')).body['entry'];
  const through = [{ objectId: isJsonObject(inner) ? inner['objectId'] : '', displayName: 'Inner' }];
  assert.deepEqual(await list('inherited?limit=5'), [['ben', through], ['cem', through], ['end']]);
  assert.deepEqual(await list('inherited?limit=1'), [['ben', through], ['more']]);
  assert.deepEqual(await list('groups'), [['Inner', undefined], ['end']]);
  assert.equal(refusal(await add('Inner', 'Outer'))[1], 'conflict');
});
