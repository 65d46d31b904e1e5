import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isJsonObject } from '@lockstep/scim';
import type { Company } from '../../contract/company.ts';
import { companies, hire, person, writes } from '../../contract/people.ts';
import { applyPlan, compileJob, type StagedItem, stageCycle } from '../index.ts';

const open = companies();
const EXTENSION = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

async function planOf(company: Company): Promise<readonly StagedItem[]> {
  const items: StagedItem[] = [];
  for await (const page of stageCycle(compileJob(company.job), company.ports)) items.push(...page.items);
  return items;
}

function actions(items: readonly StagedItem[]): readonly string[] {
  return items.map((item) => `${item.action} ${item.source.displayName.split(' ')[0]}`).toSorted();
}

async function apply(company: Company, items: readonly StagedItem[]): Promise<readonly string[]> {
  const { outcomes } = await applyPlan(compileJob(company.job), company.ports, items);
  return outcomes.map(({ at, state }) => `${items[at]?.action} ${state}`).toSorted();
}

async function managerOf(company: Company, name: string): Promise<string | undefined> {
  const accounts = await company.accounts();
  const extension = accounts.get(`${name}@company.example`)?.[EXTENSION];
  const manager = isJsonObject(extension) && isJsonObject(extension['manager']) ? extension['manager']['value'] : '';
  return [...accounts.values()]
    .find((one) => one['id'] === manager)
    ?.['userName']?.toString()
    .split('@')[0];
}

describe('a plan shows whom people refer to, and', () => {
  test('the accounts and managers of a first cycle are carried out together', async () => {
    const company = await open();
    const anna = await hire(company, 'anna');
    await hire(company, 'bert', { manager: anna });
    const plan = await planOf(company);
    assert.deepEqual(actions(plan), ['create anna', 'create bert', 'references bert']);
    const item = plan.find((one) => one.action === 'references');
    assert.match(item?.changes[0]?.attribute ?? '', /manager/);
    assert.deepEqual(
      item?.references?.map((one) => one.referencedId),
      [anna],
    );
    assert.deepEqual(writes(company), [], 'a plan sends nothing that writes');
    assert.deepEqual(await apply(company, plan), ['create done', 'create done', 'references done']);
    assert.equal(await managerOf(company, 'bert'), 'anna');
    assert.deepEqual((await company.sync()).counts.failed, 0);
    assert.deepEqual(await planOf(company), [], 'nothing is left to be done');
  });

  test('a change of manager alone is an item of its own, with old and new account', async () => {
    const company = await open();
    const [anna, carl] = [await hire(company, 'anna'), await hire(company, 'carl')];
    const bert = await hire(company, 'bert', { manager: anna });
    await company.sync();
    await company.changeUser(bert, { manager: carl });
    const plan = await planOf(company);
    assert.deepEqual(actions(plan), ['references bert']);
    const ids = new Map([...(await company.accounts())].map(([name, one]) => [name.split('@')[0], one['id']]));
    const [change] = plan[0]?.changes ?? [];
    assert.deepEqual([change?.oldValue, change?.newValue], [ids.get('anna'), ids.get('carl')]);
    assert.deepEqual(await apply(company, plan), ['references done']);
    assert.equal(await managerOf(company, 'bert'), 'carl');
  });

  test('somebody who waits is named when the one they wait for gets an account', async () => {
    const company = await open();
    const anna = await company.addUser(person('anna'));
    await hire(company, 'bert', { manager: anna });
    await company.sync();
    await company.assign(anna);
    const plan = await planOf(company);
    assert.deepEqual(actions(plan), ['create anna', 'references bert']);
    assert.deepEqual(await apply(company, plan), ['create done', 'references done']);
    assert.equal(await managerOf(company, 'bert'), 'anna');
  });

  test('a reference that the plan does not name is not written', async () => {
    const company = await open();
    const [anna, carl] = [await hire(company, 'anna'), await hire(company, 'carl')];
    const bert = await hire(company, 'bert');
    const dora = await hire(company, 'dora');
    await company.sync();
    await company.changeUser(bert, { manager: anna });
    const plan = await planOf(company);
    await company.changeUser(dora, { manager: carl });
    assert.deepEqual(await apply(company, plan), ['references done']);
    assert.equal(await managerOf(company, 'dora'), undefined);
    await company.sync();
    assert.equal(await managerOf(company, 'dora'), 'carl');
  });
});

describe('a reference of a plan is refused when', () => {
  async function changing(): Promise<{ company: Company; bert: string; carl: string; plan: readonly StagedItem[] }> {
    const company = await open();
    const [anna, carl] = [await hire(company, 'anna'), await hire(company, 'carl')];
    const bert = await hire(company, 'bert', { manager: anna });
    await company.sync();
    await company.changeUser(bert, { manager: carl });
    return { company, bert, carl, plan: await planOf(company) };
  }

  test('the directory names somebody else by now', async () => {
    const { company, bert, plan } = await changing();
    await company.changeUser(bert, { manager: await hire(company, 'emil') });
    company.requests.length = 0;
    assert.deepEqual(await apply(company, plan), ['references refused']);
    assert.deepEqual(writes(company), []);
  });

  test('the app has another manager by now', async () => {
    const { company, plan } = await changing();
    const accounts = await company.accounts();
    const [own, other] = ['bert', 'bert'].map((name) => accounts.get(`${name}@company.example`)?.['id']);
    await company.client.update('/Users', String(own), {
      operations: [
        { op: 'replace', path: { attribute: { urn: EXTENSION, name: 'manager' } }, value: { value: other ?? '' } },
      ],
    });
    assert.deepEqual(await apply(company, plan), ['references refused']);
    assert.equal(await managerOf(company, 'bert'), 'bert');
  });

  test('the one it names has no account any more', async () => {
    const { company, carl, plan } = await changing();
    await company.store.engine.recordOutcomes('job-1', [{ objectType: 'user', sourceId: carl, link: null }]);
    assert.deepEqual(await apply(company, plan), ['references refused']);
    assert.equal(await managerOf(company, 'bert'), 'anna');
  });
});
