import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '@lockstep/scim';
import type { AskAdmin } from '../../test/admin-client.ts';
import { account, list, openPair, patch } from '../../test/app-pair.ts';

async function setTitle(ask: AskAdmin, name: string, jobTitle: string): Promise<void> {
  const { status } = await ask('PATCH', `/directory/users/${name}@example.com`, { jobTitle });
  assert.equal(status, 200);
}

test('a plan is carried out exactly: what moved since is refused with its reason, and nothing else is sent', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all' });
  const made = await ask('POST', '/apps/App/plans');
  assert.deepEqual(made.body['detail'], { counts: { create: 4 }, items: 4 });
  assert.equal((await scim('GET', '/Users')).body['totalResults'], 0);
  await setTitle(ask, 'ada', 'Boss');
  const { body: applied } = await ask('POST', `/plans/${String(made.body['id'])}/apply`);
  assert.deepEqual(applied['counts'], { done: 3, refused: 1 });
  assert.equal(await account(scim, 'ada'), undefined);
  const items = list((await ask('GET', `/plans/${String(made.body['id'])}/items`)).body);
  const refused = items.filter((one) => one['state'] === 'refused');
  assert.match(String(refused[0]?.['outcome']), /^ADA has changed in the directory/);
  assert.equal((await ask('POST', `/plans/${String(made.body['id'])}/apply`)).status, 409);
  await ask('POST', '/apps/App/sync', { wait: true });

  for (const name of ['bob', 'cia', 'dan']) await setTitle(ask, name, 'Clerk');
  const updates = await ask('POST', '/apps/App/plans');
  const cia = await account(scim, 'cia');
  await scim('PATCH', `/Users/${String(cia?.['id'])}`, patch('displayName', 'Somebody'));
  await ask('PATCH', '/directory/users/ada@example.com', { jobTitle: 'Not in the plan' });
  const { body: second } = await ask('POST', `/plans/${String(updates.body['id'])}/apply`);
  assert.deepEqual(second['counts'], { done: 2, refused: 1 });
  assert.equal((await account(scim, 'bob'))?.['title'], 'Clerk');
  assert.notEqual((await account(scim, 'cia'))?.['title'], 'Clerk');
  assert.equal((await account(scim, 'ada'))?.['title'], 'Boss');
  const why = list((await ask('GET', `/plans/${String(updates.body['id'])}/items`)).body);
  assert.match(JSON.stringify(why), /The account of CIA has changed in the app/);
});

test('a plan keeps to the guard', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all', guard: { maxRemovals: 1 } });
  await ask('POST', '/apps/App/sync', { wait: true });
  for (const name of ['ada', 'bob'])
    await ask('PATCH', `/directory/users/${name}@example.com`, { accountEnabled: false });
  const { body: plan } = await ask('POST', '/apps/App/plans');
  const { body } = await ask('POST', `/plans/${String(plan['id'])}/apply`);
  assert.deepEqual(body['counts'], { held: 2 });
  assert.equal((await account(scim, 'ada'))?.['active'], true);
  assert.equal(list((await ask('GET', '/apps/App/staged')).body).length, 2);
});

test('a rollback writes the old values back, tells conflicts and what is lost, and pauses the job', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all' });
  for (const name of ['ada', 'bob', 'cia']) await setTitle(ask, name, 'Old');
  await ask('POST', '/apps/App/sync', { wait: true });
  await setTitle(ask, 'ada', 'New');
  await setTitle(ask, 'bob', 'New');
  await ask('PATCH', '/directory/users/cia@example.com', { accountEnabled: false });
  await ask('POST', '/directory/users', { userPrincipalName: 'eve@example.com', mailNickname: 'eve' });
  const { body: cycle } = await ask('POST', '/apps/App/sync', { wait: true });
  const bob = await account(scim, 'bob');
  await scim('PATCH', `/Users/${String(bob?.['id'])}`, patch('title', 'By hand'));
  const { body: plan } = await ask('POST', '/apps/App/rollbacks', { cycle: cycle['cycleId'] });
  const detail = plan['detail'];
  assert.deepEqual(isJsonObject(detail) ? detail['counts'] : undefined, { revert: 3, delete: 1 });
  assert.equal((await account(scim, 'ada'))?.['title'], 'New');
  const { body } = await ask('POST', `/plans/${String(plan['id'])}/apply`);
  const items = list((await ask('GET', `/plans/${String(plan['id'])}/items`)).body);
  assert.deepEqual(body['counts'], { done: 3, refused: 1 }, JSON.stringify(items));
  assert.match(JSON.stringify(items), /title is By hand by now/);
  assert.deepEqual(
    [(await account(scim, 'ada'))?.['title'], (await account(scim, 'bob'))?.['title']],
    ['Old', 'By hand'],
  );
  assert.equal((await account(scim, 'cia'))?.['active'], true);
  assert.equal(await account(scim, 'eve'), undefined);
  assert.equal((await ask('GET', '/apps/App/status')).body['code'], 'Paused');
});

test('a plan holds memberships, sends exactly those, and refuses a group that moved', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all', groups: { enabled: true } });
  const group = async (displayName: string): Promise<string> => {
    const { body: made } = await ask('POST', '/directory/groups', { displayName });
    return String(made['objectId'] ?? (isJsonObject(made['entry']) ? made['entry']['objectId'] : ''));
  };
  const [crew, club] = [await group('Crew'), await group('Club')];
  const change = (id: string, add: readonly string[], remove: readonly string[] = []) =>
    ask('POST', `/directory/groups/${id}/members`, {
      add: add.map((name) => `${name}@example.com`),
      remove: remove.map((name) => `${name}@example.com`),
    });
  const sizes = async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      list((await scim('GET', '/Groups')).body, 'Resources').map((one) => [
        one['displayName'],
        list(one, 'members').length,
      ]),
    );
  const outcomes = async (planId: unknown): Promise<readonly string[]> => {
    const items = list((await ask('GET', `/plans/${String(planId)}/items`)).body);
    return items
      .map((one) => (isJsonObject(one['item']) ? `${String(one['item']['action'])} ${String(one['state'])}` : '?'))
      .toSorted();
  };
  await change(crew, ['ada', 'bob']);
  await change(club, ['cia']);
  const { body: first } = await ask('POST', '/apps/App/plans');
  assert.deepEqual(first['detail'], { counts: { create: 6, members: 2 }, items: 8 });
  const applied = await ask('POST', `/plans/${String(first['id'])}/apply`);
  assert.deepEqual(applied.body['counts'], { done: 8 }, JSON.stringify(await outcomes(first['id'])));
  assert.deepEqual(await sizes(), { Crew: 2, Club: 1 });

  await ask('POST', '/apps/App/sync', { wait: true });
  await change(crew, ['dan'], ['ada']);
  await change(club, ['dan']);
  const { body: second } = await ask('POST', '/apps/App/plans');
  assert.match(JSON.stringify(second['detail']), /"members":2/);
  await change(club, [], ['dan']);
  await change(crew, ['cia']);
  await ask('POST', `/plans/${String(second['id'])}/apply`);
  assert.deepEqual(await outcomes(second['id']), ['members done', 'members refused']);
  assert.deepEqual(await sizes(), { Crew: 2, Club: 1 }, 'cia is not in the plan, so she is not sent');
  await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual(await sizes(), { Crew: 3, Club: 1 });
});

test('a rollback takes members back whom the cycle moved, and leaves the others', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all', groups: { enabled: true } });
  const { body: made } = await ask('POST', '/directory/groups', { displayName: 'Crew' });
  const crew = String(made['objectId'] ?? (isJsonObject(made['entry']) ? made['entry']['objectId'] : ''));
  const change = (add: readonly string[], remove: readonly string[]) =>
    ask('POST', `/directory/groups/${crew}/members`, { add, remove });
  const members = async (): Promise<readonly string[]> => {
    const [group] = list((await scim('GET', '/Groups')).body, 'Resources');
    const names: string[] = [];
    for (const one of list(group ?? {}, 'members')) {
      names.push(String((await scim('GET', `/Users/${String(one['value'])}`)).body['userName']).slice(0, 3));
    }
    return names.toSorted();
  };
  assert.equal((await change(['ada@example.com', 'bob@example.com'], [])).status, 200);
  await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual(await members(), ['ada', 'bob']);
  await change(['cia@example.com'], ['ada@example.com']);
  const { body: cycle } = await ask('POST', '/apps/App/sync', { wait: true });
  assert.deepEqual(await members(), ['bob', 'cia']);
  const { body: plan } = await ask('POST', '/apps/App/rollbacks', { cycle: cycle['cycleId'] });
  const items = list((await ask('GET', `/plans/${String(plan['id'])}/items`)).body);
  assert.match(JSON.stringify(items), /1 members are put back and 1 taken out/);
  const { body } = await ask('POST', `/plans/${String(plan['id'])}/apply`);
  assert.deepEqual(body['counts'], { done: 1 });
  assert.deepEqual(await members(), ['ada', 'bob']);
});

test('drift is found in every shape, and overwritten', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all' });
  await ask('POST', '/apps/App/sync', { wait: true });
  const [ada, bob] = [await account(scim, 'ada'), await account(scim, 'bob')];
  await scim('PATCH', `/Users/${String(ada?.['id'])}`, patch('displayName', 'Drifted'));
  await scim('DELETE', `/Users/${String(bob?.['id'])}`);
  await scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'stranger@example.com',
    externalId: 'x-1',
  });
  const { body: scan } = await ask('POST', '/apps/App/drift/scan');
  assert.deepEqual(scan['detail'], { counts: { changedAttributes: 1, extraAccount: 1, missingAccount: 1 } });
  const findings = list((await ask('GET', '/apps/App/drift')).body);
  assert.match(JSON.stringify(findings), /"oldValue":"Drifted","newValue":"ADA"/);
  const { body } = await ask('POST', '/apps/App/drift/apply', { action: 'overwrite' });
  assert.deepEqual(
    list(body, 'results')
      .map((one) => one['state'])
      .toSorted(),
    ['done', 'done', 'refused'],
  );
  assert.equal((await account(scim, 'ada'))?.['displayName'], 'ADA');
  assert.notEqual(await account(scim, 'bob'), undefined);
  const stranger = findings.find((one) => one['class'] === 'extraAccount');
  await ask('POST', '/apps/App/drift/apply', { action: 'ignore', ids: [stranger?.['id']] });
  assert.deepEqual((await ask('POST', '/apps/App/drift/scan')).body['detail'], { counts: {} });
});

test('what the app has can be taken over into the directory', async (t) => {
  const { ask, scim } = await openPair(t, 'generic', { scope: 'all' });
  await ask('POST', '/apps/App/sync', { wait: true });
  const ada = await account(scim, 'ada');
  await scim('PATCH', `/Users/${String(ada?.['id'])}`, patch('displayName', 'Ada of the app'));
  await ask('POST', '/apps/App/drift/scan');
  const { body } = await ask('POST', '/apps/App/drift/apply', { action: 'adopt' });
  assert.deepEqual(
    list(body, 'results').map((one) => one['state']),
    ['done'],
  );
  const { body: user } = await ask('GET', '/directory/users/ada@example.com');
  assert.match(JSON.stringify(user), /Ada of the app/);
});

test('accounts are taken over by rule: those of a class that a filter matches', async (t) => {
  const { ask, scim } = await openPair(t, 'generic');
  for (const [name, title] of [
    ['ada', 'Clerk'],
    ['bob', 'Boss'],
  ]) {
    const made = await scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${name}@example.com`,
      title,
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
  }
  await ask('POST', '/apps/App/import/scan');
  const rule = { action: 'assign', class: 'unassigned' };
  const applied = await ask('POST', '/apps/App/import/apply', { ...rule, filter: 'title eq "clerk"' });
  assert.deepEqual(
    list(applied.body, 'results').map((one) => one['text']),
    ['ada@example.com is linked and assigned.'],
  );
  assert.equal((await ask('POST', '/apps/App/import/apply', { ...rule, filter: 'title eq' })).status, 422);
});

for (const profile of ['generic', 'zenya', 'zero', 'ziflow', 'zenvoices'] as const) {
  test(`accounts of ${profile} are classified and taken over`, async (t) => {
    const { ask, scim } = await openPair(t, profile);
    const roles = profile === 'zenvoices' ? ['Uploader'] : [];
    const assigned = await ask('POST', '/apps/App/assignments', { user: 'ada@example.com', roles });
    assert.equal(assigned.status, 200, JSON.stringify(assigned.body));
    await ask('POST', '/apps/App/sync', { wait: true });
    assert.notEqual(await account(scim, 'ada'), undefined);
    for (const name of ['bob', 'local']) {
      const found = name === 'bob' ? (await ask('GET', '/directory/users/bob@example.com')).body['entry'] : undefined;
      const made = await scim('POST', '/Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `${name}@example.com`,
        externalId: isJsonObject(found) ? found['objectId'] : `${name}-ext`,
        displayName: name,
        name: { givenName: name, familyName: 'Lind', formatted: `${name} Lind` },
        emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
        active: true,
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
    }
    const { body: scan, status } = await ask('POST', '/apps/App/import/scan');
    assert.equal(status, 200, JSON.stringify(scan));
    assert.deepEqual(scan['detail'], { counts: { assigned: 1, local: 1, unassigned: 1 } });
    const dry = await ask('POST', '/apps/App/import/apply', { action: 'create', class: 'local', isDryRun: true });
    assert.equal(list(dry.body, 'results')[0]?.['state'], 'planned');
    const role = roles[0] === undefined ? {} : { role: roles[0] };
    const linked = await ask('POST', '/apps/App/import/apply', { action: 'assign', class: 'unassigned', ...role });
    assert.equal(list(linked.body, 'results')[0]?.['state'], 'done', JSON.stringify(linked.body));
    const created = await ask('POST', '/apps/App/import/apply', { action: 'create', class: 'local', ...role });
    assert.equal(list(created.body, 'results')[0]?.['state'], 'done', JSON.stringify(created.body));
    assert.equal((await ask('GET', '/directory/users/local@example.com')).status, 200);
    const again = await ask('POST', '/apps/App/import/scan');
    assert.deepEqual(again.body['detail'], { counts: { assigned: 3 } });
    const { body: cycle } = await ask('POST', '/apps/App/sync', { wait: true });
    assert.equal(isJsonObject(cycle['counts']) ? cycle['counts']['created'] : -1, 0);
  });
}
