// A group of 2,000 provisioned by hand: everybody in it, none twice, in requests the app accepts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonArray, isJsonObject } from '@lockstep/scim';
import type { Company } from '../../contract/company.ts';
import { companies, person } from '../../contract/people.ts';
import { compileJob, provisionOnDemand } from '../index.ts';

const open = companies();
const SIZE = 2_000;

async function staff(company: Company, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push(await company.addUser(person(`p${number}`)));
  return ids;
}

async function memberIds(company: Company): Promise<readonly unknown[]> {
  const members = (await company.groups()).get('Everybody')?.['members'];
  assert.ok(isJsonArray(members));
  return members.map((member) => (isJsonObject(member) ? member['value'] : undefined));
}

test('a group of 2,000 is provisioned on demand with all its members, and again only with what changed', async () => {
  const company = await open();
  const people = await staff(company, SIZE + 2);
  const [left = '', stranger = ''] = [people[0], people.at(-1)];
  const group = await company.addGroup('Everybody', people.slice(0, SIZE));
  await company.assign(group, 'Group');
  const { users, groups } = company.job;
  await company.sync({ groups: { ...groups, enabled: false } });

  const job = compileJob({ ...company.job, users, groups: { ...groups, enabled: true } });
  const provision = () =>
    provisionOnDemand(job, company.ports, { objectType: 'group', sourceId: group, isDryRun: false });
  company.requests.length = 0;
  const first = await provision();
  assert.deepEqual([first.action, first.status], ['create', 'success'], first.error?.reason);
  const accounts = [...(await company.accounts()).values()].map((account) => account['id']);
  const members = await memberIds(company);
  assert.equal(members.length, SIZE);
  assert.deepEqual(new Set(members), new Set(accounts));
  assert.ok(company.requests.length <= 2 + Math.ceil(SIZE / 100) * 2, `${company.requests.length} requests`);

  await company.assign(stranger);
  await company.sync({ groups: { ...groups, enabled: false } });
  await company.setMembers(group, { add: [stranger], remove: [left] });
  company.requests.length = 0;
  const second = await provision();
  assert.deepEqual([second.action, second.status], ['update', 'success'], second.error?.reason);
  const changed = second.modifiedProperties.map(({ displayName }) => displayName);
  assert.ok(changed.every((name) => /^members/.test(name)) && changed.length > 0, changed.join());
  assert.match(second.steps.at(-1)?.description ?? '', /1 .*member|member.* 1/i);
  const links = await company.store.engine.links('job-1', 'user', [left, stranger]);
  const after = new Set(await memberIds(company));
  assert.equal(after.size, SIZE);
  assert.ok(after.has(links.get(stranger)?.targetId) && !after.has(links.get(left)?.targetId));
  assert.ok(company.requests.filter((request) => request.startsWith('PATCH')).length <= 2, company.requests.join('\n'));

  const third = await provision();
  assert.deepEqual([third.status, third.error?.code], ['skipped', 'RedundantExport'], 'nothing is left to do');
});
