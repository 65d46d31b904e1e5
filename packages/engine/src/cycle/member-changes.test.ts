import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type Company, openCompany } from '../../contract/company.ts';

const opened: Company[] = [];

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

async function crowd(size: number): Promise<{ company: Company; ids: string[]; group: string }> {
  const company = await openCompany();
  opened.push(company);
  const ids: string[] = [];
  for (let at = 0; at < size; at += 1) {
    const name = `p${at}`;
    const mail = `${name}@x.example`;
    ids.push(
      await company.addUser({
        userPrincipalName: mail,
        displayName: name,
        mail,
        mailNickname: name,
        accountEnabled: true,
      }),
    );
  }
  const group = await company.addGroup('All', ids);
  await company.assign(group, 'Group');
  return { company, ids, group };
}

test('a membership change reads only the members that changed, however big the group is', async () => {
  const { company, ids, group } = await crowd(250);
  await company.sync();
  const asked: (number | undefined)[] = [];
  const { directory } = company.ports;
  const watched = {
    ...directory,
    memberIds: (id: string, page: Parameters<typeof directory.memberIds>[1]) => {
      asked.push(page.among?.length);
      return directory.memberIds(id, page);
    },
  };
  Object.assign(company.ports, { directory: watched });
  await company.setMembers(group, { remove: ids.slice(0, 2) });
  await company.sync();
  assert.deepEqual(asked, [2]);
  const members = (await company.groups()).get('All')?.['members'];
  assert.equal(Array.isArray(members) ? members.length : 0, 248);
});

test('REF-5: members that have no account are told by name, once', async () => {
  const { company, ids, group } = await crowd(2);
  await company.changeUser(ids[0] ?? '', { accountEnabled: false });
  await company.sync();
  const records = async (): Promise<readonly string[]> =>
    (await company.store.engine.log({ sourceId: group, limit: 20 })).flatMap((one) =>
      one.error?.code === 'UnableToResolveReferenceAttributeValue' ? [one.error.reason] : [],
    );
  assert.equal((await records()).length, 1);
  assert.match((await records())[0] ?? '', /p0/);
  await company.sync();
  assert.equal((await records()).length, 1);
});
