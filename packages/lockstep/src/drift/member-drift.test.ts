import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { account, list, openPair, type Pair } from '../../test/app-pair.ts';

interface Crew extends Pair {
  readonly groupId: string;
  /** First names of the members the app shows. */
  readonly members: () => Promise<readonly string[]>;
  readonly change: (op: 'add' | 'remove', name: string) => Promise<void>;
}

/** Ada and Bob are in the group Crew, in the directory and in the app. */
async function openCrew(t: TestContext, more: JsonObject = {}): Promise<Crew> {
  const pair = await openPair(t, 'generic', { scope: 'all', groups: { enabled: true }, ...more });
  const { ask, scim } = pair;
  const { body: made } = await ask('POST', '/directory/groups', { displayName: 'Crew' });
  const id = String(made['objectId'] ?? (isJsonObject(made['entry']) ? made['entry']['objectId'] : ''));
  await ask('POST', `/directory/groups/${id}/members`, { add: ['ada@example.com', 'bob@example.com'], remove: [] });
  await ask('POST', '/apps/App/sync', { wait: true });
  const names = new Map<string, string>();
  for (const name of ['ada', 'bob', 'cia', 'dan']) names.set(String((await account(scim, name))?.['id']), name);
  const group = async (): Promise<JsonObject> => list((await scim('GET', '/Groups')).body, 'Resources')[0] ?? {};
  const groupId = String((await group())['id']);
  return {
    ...pair,
    groupId,
    members: async () =>
      list(await group(), 'members')
        .map((one) => names.get(String(one['value'])) ?? '?')
        .toSorted(),
    change: async (op, name) => {
      const value = String((await account(scim, name))?.['id']);
      const operation =
        op === 'add' ? { op, path: 'members', value: [{ value }] } : { op, path: `members[value eq "${value}"]` };
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
      const { status } = await scim('PATCH', `/Groups/${groupId}`, { schemas, Operations: [operation] });
      assert.ok(status < 300);
    },
  };
}

async function scan({ ask }: Pair): Promise<unknown> {
  return (await ask('POST', '/apps/App/drift/scan')).body['detail'];
}

async function apply({ ask }: Pair, body: JsonObject): Promise<readonly unknown[]> {
  const answer = await ask('POST', '/apps/App/drift/apply', body);
  return list(answer.body, 'results').map((one) => one['state']);
}

test('drift in memberships is found, told with who it is, and overwritten both ways', async (t) => {
  const crew = await openCrew(t);
  assert.deepEqual(await scan(crew), { counts: {} });
  await crew.change('add', 'dan');
  await crew.change('remove', 'ada');
  assert.deepEqual(await crew.members(), ['bob', 'dan']);
  assert.deepEqual(await scan(crew), { counts: { extraMembers: 1, missingMembers: 1 } });
  const findings = list((await crew.ask('GET', '/apps/App/drift')).body);
  const dan = await account(crew.scim, 'dan');
  const extra = findings.find((one) => one['class'] === 'extraMembers')?.['body'];
  const told = isJsonObject(extra) ? [extra['displayName'], extra['memberIds']] : [];
  assert.deepEqual(told, ['Crew', [dan?.['id']]]);
  assert.deepEqual(await apply(crew, { action: 'overwrite' }), ['done', 'done']);
  assert.deepEqual(await crew.members(), ['ada', 'bob']);
  assert.deepEqual(await scan(crew), { counts: {} });
  const logs = list((await crew.ask('GET', '/logs?app=App&limit=5')).body);
  assert.match(JSON.stringify(logs), /1 were taken out/);
});

test('one finding is overwritten, the other is left as it is and ignored from then on', async (t) => {
  const crew = await openCrew(t);
  await crew.change('add', 'dan');
  await crew.change('remove', 'ada');
  await scan(crew);
  const findings = list((await crew.ask('GET', '/apps/App/drift')).body);
  const idOf = (kind: string) => findings.find((one) => one['class'] === kind)?.['id'] ?? null;
  assert.deepEqual(await apply(crew, { action: 'overwrite', ids: [idOf('missingMembers')] }), ['done']);
  await apply(crew, { action: 'ignore', ids: [idOf('extraMembers')] });
  assert.deepEqual(await crew.members(), ['ada', 'bob', 'dan']);
  assert.deepEqual(await scan(crew), { counts: {} });
});

test('members that would be taken out are held by the guard, those put back are not', async (t) => {
  const crew = await openCrew(t, { guard: { maxMembershipRemovals: 1 } });
  for (const name of ['cia', 'dan']) await crew.change('add', name);
  await crew.change('remove', 'ada');
  await scan(crew);
  const states = await apply(crew, { action: 'overwrite' });
  assert.deepEqual(states.toSorted(), ['done', 'held']);
  assert.deepEqual(await crew.members(), ['ada', 'bob', 'cia', 'dan']);
});
