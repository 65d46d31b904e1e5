import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { isJsonObject } from '@lockstep/scim';
import { type Company, openCompany } from '../../contract/company.ts';
import { applyPlan, compileJob, type StagedItem, stageCycle } from '../index.ts';

const opened: Company[] = [];

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

/** Bert, whose manager is Anna. */
async function pair(): Promise<{ company: Company; anna: string }> {
  const company = await openCompany();
  opened.push(company);
  const ids: string[] = [];
  for (const [name, manager] of [
    ['anna', undefined],
    ['bert', 0],
  ] as const) {
    const mail = `${name}@x.example`;
    const who = { userPrincipalName: mail, mail, mailNickname: name, displayName: name, accountEnabled: true };
    const id = await company.addUser(manager === undefined ? who : { ...who, manager: ids[manager] ?? '' });
    await company.assign(id);
    ids.push(id);
  }
  return { company, anna: ids[0] ?? '' };
}

async function idAndManager(company: Company): Promise<{ anna: unknown; managerOfBert: unknown }> {
  const accounts = await company.accounts();
  const bert = accounts.get('bert@x.example') ?? {};
  const extension = bert['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
  const manager = isJsonObject(extension) ? extension['manager'] : undefined;
  return {
    anna: accounts.get('anna@x.example')?.['id'],
    managerOfBert: isJsonObject(manager) ? manager['value'] : manager,
  };
}

test('after an account was made anew, people who referred to the old one refer to the new one', async () => {
  const { company, anna } = await pair();
  const job = { afterVanished: 'recreate' } as const;
  await company.sync(job);
  const before = await idAndManager(company);
  assert.equal(before.managerOfBert, before.anna);
  await company.client.delete('/Users', String(before.anna));
  await company.changeUser(anna, { displayName: 'Anna again' });
  await company.sync(job);
  const after = await idAndManager(company);
  assert.notEqual(after.anna, before.anna);
  assert.equal(after.managerOfBert, after.anna);
});

test('a plan that is carried out writes the references of the people in it', async () => {
  const { company } = await pair();
  const job = compileJob(company.job);
  const items: StagedItem[] = [];
  for await (const page of stageCycle(job, company.ports)) items.push(...page.items);
  const { outcomes } = await applyPlan(job, company.ports, items);
  assert.deepEqual(
    outcomes.map((one) => one.state),
    ['done', 'done', 'done'],
  );
  const seen = await idAndManager(company);
  assert.equal(seen.managerOfBert, seen.anna);
});
