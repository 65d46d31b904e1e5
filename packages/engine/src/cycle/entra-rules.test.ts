// Rules of Entra's provisioning service that no other test of the cycle names, each seen from outside: what the app is
// asked and told, and what the log says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { Fetch } from '@lockstep/scim/client';
import type { Company } from '../../contract/company.ts';
import { companies, hire, person, writes } from '../../contract/people.ts';
import { compileJob, type JobDefinition, provisionOnDemand } from '../index.ts';

const open = companies();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const HOUR_MS = 3_600_000;

async function names(company: Company): Promise<readonly string[]> {
  return [...(await company.accounts()).keys()].toSorted();
}

function managerOf(account: JsonObject | undefined): unknown {
  const extension = account?.[ENTERPRISE];
  const manager = isJsonObject(extension) ? extension['manager'] : undefined;
  return isJsonObject(manager) ? manager['value'] : undefined;
}

/** The users mapping with other matching rows than those of the template. */
function matchingBy(company: Company, precedence: Readonly<Record<string, number>>): Partial<JobDefinition> {
  const { users } = company.job;
  const mappings = users.mappings.map(({ matchingPrecedence: _none, ...row }) => {
    const wanted = precedence[row.target];
    return wanted === undefined ? row : { ...row, matchingPrecedence: wanted };
  });
  const { targetAttributes = [] } = users;
  const listed = Object.keys(precedence).filter((name) => !targetAttributes.some((one) => one.name === name));
  const more = listed.map((name) => ({ name, type: 'String', filterable: true }) as const);
  const filterable = targetAttributes.map((one) => (precedence[one.name] ? { ...one, filterable: true } : one));
  return { users: { ...users, mappings, targetAttributes: [...filterable, ...more] } };
}

describe('scope', () => {
  test('SCOPE-2: assigning a group provisions its members, and the group itself only where groups are mapped', async () => {
    for (const enabled of [false, true]) {
      const company = await open();
      const group = await company.addGroup('Sales', [await company.addUser(person('eva'))]);
      await company.assign(group, 'Group');
      await company.sync({ groups: { ...company.job.groups, enabled } });
      assert.deepEqual(await names(company), ['eva@company.example']);
      assert.equal((await company.groups()).size, enabled ? 1 : 0);
    }
  });

  test('SCOPE-3: Default Access, an assignment without a role, is as good as any other', async () => {
    for (const app of ['generic', 'zenya'] as const) {
      const company = await open({ app });
      const eva = await company.addUser(person('eva'));
      await company.assign(eva, 'User', '');
      const summary = await company.sync();
      assert.deepEqual([summary.counts.created, summary.counts.skipped], [1, 0], app);
    }
  });
});

describe('matching', () => {
  const stranger = { schemas: [USER], userName: 'old-name', externalId: 'eva' };

  test('MATCH-1: the second attribute is asked for only when the first gives no hit', async () => {
    const company = await open();
    await company.client.create('/Users', stranger);
    await company.client.create('/Users', { schemas: [USER], userName: 'anna@company.example', externalId: 'other' });
    const job = matchingBy(company, { userName: 1, externalId: 2 });
    for (const name of ['anna', 'eva']) await hire(company, name);
    company.requests.length = 0;
    const summary = await company.sync(job);
    assert.deepEqual([summary.counts.linked, summary.counts.created], [2, 0]);
    const asked = company.requests.filter((request) => request.includes('filter='));
    assert.deepEqual(asked.map((request) => /filter=(\w+) eq "([^"]*)"/.exec(request)?.slice(1).join(' ')).toSorted(), [
      'externalId eva',
      'userName anna@company.example',
      'userName eva@company.example',
    ]);
  });

  test('MATCH-2: a matching value may be made by an expression', async () => {
    const company = await open();
    await company.client.create('/Users', { schemas: [USER], userName: 'EVA-X' });
    const { users } = company.job;
    const mappings = users.mappings.map((row) =>
      row.target === 'userName'
        ? { ...row, source: { kind: 'expression', text: 'Append(ToUpper([mailNickname]), "-X")' } as const }
        : row,
    );
    await hire(company, 'eva');
    const summary = await company.sync({ users: { ...users, mappings } });
    assert.deepEqual([summary.counts.linked, summary.counts.created], [1, 0]);
    assert.deepEqual(await names(company), ['EVA-X']);
  });

  test('MATCH-3: without a value for any matching attribute a person is skipped as ImportSkipped, and nothing is sent', async () => {
    const company = await open();
    await hire(company, 'eva', { mailNickname: null });
    const summary = await company.sync(matchingBy(company, { externalId: 1 }));
    assert.deepEqual(summary.counts.skippedBy, { ImportSkipped: 1 });
    assert.deepEqual(writes(company), []);
    const [record] = await company.store.engine.log({ limit: 1 });
    assert.match(record?.error?.reason ?? '', /No matching attribute has a value \(externalId\)/);
  });

  test('MATCH-6: a list where one account was asked for is a failure of that object, and nothing is written', async () => {
    const company = await open({ wrap: listForOne });
    const eva = await hire(company, 'eva');
    await company.sync();
    await company.changeUser(eva, { givenName: 'Evi' });
    company.requests.length = 0;
    const record = await provisionOnDemand(compileJob(company.job), company.ports, {
      objectType: 'user',
      sourceId: eva,
      isDryRun: false,
    });
    assert.equal(record.status, 'failure');
    assert.deepEqual(writes(company), []);
    assert.match(record.error?.code ?? '', /MultipleEntriesInResponse/);
  });

  test('MATCH-8: unlike in Entra signs of every kind in a matching value find the account', async () => {
    const company = await open();
    const signs = ['Café & "Co"', 'back\\slash', 'a+b=c%20#d?', "O'Neil; x or y", '日本 👩‍💻', 'x eq "y") or (a pr'];
    for (const displayName of signs) {
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
      await company.client.create('/Groups', { schemas, displayName });
      await company.assign(await company.addGroup(displayName, []), 'Group');
    }
    const summary = await company.sync();
    assert.deepEqual([summary.counts.linked, summary.counts.created, summary.counts.failed], [signs.length, 0, 0]);
    assert.deepEqual([...(await company.groups()).keys()].toSorted(), signs.toSorted());
  });
});

/** An app that answers a list with two entries where one account is read by its id. */
function listForOne(fetch: Fetch): Fetch {
  return async (request) => {
    const answer = await fetch(request);
    const isRead = request.method === 'GET' && /\/Users\/[^?/]+/.test(request.url);
    if (!isRead || answer.status !== 200) return answer;
    const one: unknown = JSON.parse(answer.text);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
    return { ...answer, text: JSON.stringify({ schemas, totalResults: 2, Resources: [one, one] }) };
  };
}

test('REF-4: a reference goes by both links, and unlike in Entra one person can be provisioned before their manager', async () => {
  const company = await open();
  const boss = await hire(company, 'boss');
  const eva = await hire(company, 'eva', { manager: boss });
  const job = compileJob(company.job);
  const provision = (sourceId: string) =>
    provisionOnDemand(job, company.ports, { objectType: 'user', sourceId, isDryRun: false });
  const first = await provision(eva);
  assert.deepEqual([first.action, first.status], ['create', 'success']);
  assert.equal(managerOf((await company.accounts()).get('eva@company.example')), undefined, 'no account to name yet');
  await provision(boss);
  const accounts = await company.accounts();
  const bossAccount = accounts.get('boss@company.example')?.['id'];
  assert.equal(managerOf(accounts.get('eva@company.example')), bossAccount);
  const link = (await company.store.engine.links('job-1', 'user', [boss])).get(boss);
  assert.equal(bossAccount, link?.targetId);
});

test('ERR-3: clearing stored failures stops their retries, and nobody is looked at again before they change', async () => {
  let isRefusing = true;
  const company = await open({
    wrap: (fetch) => async (request) => {
      if (!isRefusing || request.method !== 'POST') return fetch(request);
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
      return { status: 400, headers: { get: () => null }, text: JSON.stringify({ schemas, status: '400' }) };
    },
  });
  const eva = await hire(company, 'eva');
  await company.sync();
  const { engine } = company.store;
  assert.equal(await engine.countEscrows('job-1'), 1);
  await engine.reset('job-1', { watermark: false, links: false, escrows: true });
  isRefusing = false;
  company.clock.set(company.clock.nowMs() + 48 * HOUR_MS);
  company.requests.length = 0;
  await company.sync();
  assert.deepEqual([company.requests, await engine.countEscrows('job-1')], [[], 0]);
  await company.changeUser(eva, { displayName: 'Eva' });
  assert.equal((await company.sync()).counts.created, 1);
});
