import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import type { Fetch } from '@lockstep/scim/client';
import type { Company } from '../../contract/company.ts';
import { companies, hire } from '../../contract/people.ts';

const open = companies();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** An app that tells names apart by case when it filters, and does not when it judges whether a name is taken. */
function caseExactFilter(fetch: Fetch): Fetch {
  return async (request) => {
    const answer = await fetch(request);
    const filter = new URL(request.url).searchParams.get('filter');
    const wanted = filter?.match(/eq "(.*)"$/)?.[1];
    if (wanted === undefined || answer.text === '') return answer;
    const body: unknown = JSON.parse(answer.text);
    if (!isJsonObject(body) || !isJsonArray(body['Resources'])) return answer;
    const hits = body['Resources'].filter((one) => JSON.stringify(one).includes(`"${wanted}"`));
    return { ...answer, text: JSON.stringify({ ...body, totalResults: hits.length, Resources: hits }) };
  };
}

async function codes(company: Company): Promise<readonly (string | undefined)[]> {
  const records = await company.store.engine.log({ status: 'failure', limit: 10 });
  return records.map((one) => one.error?.code);
}

async function accountList(company: Company): Promise<readonly JsonObject[]> {
  return [...(await company.accounts()).values()];
}

describe('MATCH-9: a creation is refused for an account that the filter does not find', () => {
  for (const userName of ['EVA@company.example', 'eva@company.example']) {
    test(`onConflict: link takes ${userName} over, since userName has no exact case`, async () => {
      const company = await open({ wrap: caseExactFilter });
      await company.client.create('/Users', { schemas: [USER], userName });
      await hire(company, 'Eva');
      const summary = await company.sync();
      assert.deepEqual([summary.counts.linked, summary.counts.failed], [1, 0]);
      assert.deepEqual(
        (await accountList(company)).map((one) => one['displayName']),
        ['Eva Person'],
      );
    });
  }

  test('onConflict: report writes nothing and says what to do', async () => {
    const company = await open({ wrap: caseExactFilter });
    await company.client.create('/Users', { schemas: [USER], userName: 'EVA@company.example' });
    await hire(company, 'Eva');
    const summary = await company.sync({ onConflict: 'report' });
    assert.deepEqual([summary.counts.linked, summary.counts.failed], [0, 1]);
    assert.deepEqual(await codes(company), ['EntryConflict']);
    assert.equal((await accountList(company))[0]?.['displayName'], undefined);
  });

  test('an attribute whose case is exact is not looked for in another case', async () => {
    const company = await open({ wrap: caseExactFilter });
    await company.client.create('/Users', { schemas: [USER], userName: 'EVA@company.example' });
    await hire(company, 'Eva');
    const { targetAttributes = [], ...users } = company.job.users;
    const exact = targetAttributes.map((one) => (one.name === 'userName' ? { ...one, caseExact: true } : one));
    const summary = await company.sync({ users: { ...users, targetAttributes: exact } });
    assert.deepEqual([summary.counts.linked, summary.counts.failed], [0, 1]);
  });

  test('many conflicts list the app once', async () => {
    const company = await open({ wrap: caseExactFilter });
    for (const name of ['ANNA', 'BERT', 'CARL']) {
      await company.client.create('/Users', { schemas: [USER], userName: `${name}@company.example` });
    }
    company.requests.length = 0;
    for (const name of ['Anna', 'Bert', 'Carl']) await hire(company, name);
    assert.equal((await company.sync()).counts.linked, 3);
    const lists = company.requests.filter((one) => one.startsWith('GET ') && !one.includes('filter='));
    assert.equal(lists.length, 1);
  });
});

describe('MATCH-5: two people of the directory match one account', () => {
  const byName = ({ job }: Company) => {
    const mappings = job.users.mappings.map(({ matchingPrecedence: _none, ...row }) =>
      row.target === 'displayName' ? { ...row, matchingPrecedence: 1 } : row,
    );
    const { targetAttributes = [] } = job.users;
    const displayName = { name: 'displayName', type: 'String', filterable: true } as const;
    const others = targetAttributes.filter((one) => one.name !== 'displayName');
    return { users: { ...job.users, mappings, targetAttributes: [...others, displayName] } };
  };

  test('in one cycle: the first gets it, the second is told, and nothing is written for it', async () => {
    const company = await open();
    await company.client.create('/Users', { schemas: [USER], userName: 'old', displayName: 'Same' });
    await hire(company, 'anna', { displayName: 'Same' });
    await hire(company, 'bert', { displayName: 'Same' });
    const summary = await company.sync(byName(company));
    assert.deepEqual([summary.counts.linked, summary.counts.failed, summary.counts.created], [1, 1, 0]);
    assert.deepEqual(await codes(company), ['DuplicateSourceEntries']);
    assert.equal((await accountList(company)).length, 1);
  });

  test('in a later cycle: the account stays whose it is', async () => {
    const company = await open();
    await hire(company, 'anna', { displayName: 'Same' });
    await company.sync(byName(company));
    await hire(company, 'bert', { displayName: 'Same' });
    assert.equal((await company.sync(byName(company))).counts.failed, 1);
    assert.deepEqual(await codes(company), ['DuplicateSourceEntries']);
    assert.deepEqual(
      (await accountList(company)).map((one) => one['userName']),
      ['anna@company.example'],
    );
  });
});

describe('rehire: a new object of the directory matches the account of the old one', () => {
  const leavings = {
    'was unassigned': (company: Company, id: string) => company.unassign(id),
    'lies in the recycle bin': (company: Company, id: string) =>
      company.changeUser(id, { deletedDateTime: '2026-01-05T08:00:00Z' }),
  };
  for (const [how, leave] of Object.entries(leavings)) {
    test(`who ${how}: the account goes on with its id, and the old groups do not come with it`, async () => {
      const company = await open();
      const old = await hire(company, 'eva');
      const sales = await company.addGroup('Sales', [old]);
      await company.assign(sales, 'Group');
      await company.sync();
      const [before] = await accountList(company);
      await company.setMembers(sales, { remove: [old] });
      await leave(company, old);
      await company.changeUser(old, { userPrincipalName: 'gone@company.example', mail: null, mailNickname: 'gone' });
      const fresh = await hire(company, 'eva', { mailNickname: 'eva2' });
      for (let at = 0; at < 2; at += 1) await company.sync();
      const [after] = await accountList(company);
      assert.deepEqual([after?.['id'], after?.['active']], [before?.['id'], true]);
      const link = await company.store.engine.linkByTarget('job-1', 'user', String(after?.['id']));
      assert.equal(link?.sourceId, fresh);
      assert.deepEqual((await company.groups()).get('Sales')?.['members'] ?? [], []);
      await company.deleteUser(old);
      await company.sync({ deleteReleased: true });
      assert.equal((await accountList(company)).length, 1, 'the end of the old object is not the end of the account');
    });
  }
});
