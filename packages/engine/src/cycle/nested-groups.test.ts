import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { type Company, openCompany } from '../../contract/company.ts';

const opened: Company[] = [];

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

/** Sales holds Field, which holds Ada; Sales is assigned. */
async function nested(): Promise<{ company: Company; ada: string; field: string; sales: string }> {
  const company = await openCompany();
  opened.push(company);
  const ada = await company.addUser(personOf('Ada', 'Byron'));
  const field = await company.addGroup('Field', [ada]);
  const sales = await company.addGroup('Sales', [field]);
  await company.assign(sales, 'Group');
  return { company, ada, field, sales };
}

async function membersOf(company: Company, name: string): Promise<readonly string[]> {
  const accounts = await company.accounts();
  const names = new Map([...accounts].map(([userName, account]) => [account['id'], userName]));
  const members = (await company.groups()).get(name)?.['members'];
  const ids = isJsonArray(members) ? members.map((one) => (isJsonObject(one) ? one['value'] : one)) : [];
  return ids.map((id) => names.get(id) ?? '?').toSorted();
}

const FLATTEN = { nestedGroups: 'flatten' } as const;

test('SCOPE-1: without a word nested groups bring nobody in', async () => {
  const { company } = await nested();
  await company.sync();
  assert.equal((await company.accounts()).size, 0);
});

test('flattened, people in inner groups get accounts and are members of the outer group', async () => {
  const { company } = await nested();
  await company.sync(FLATTEN);
  assert.deepEqual([...(await company.accounts()).keys()], ['ada.byron@x.example']);
  assert.deepEqual([...(await company.groups()).keys()], ['Sales']);
  assert.deepEqual(await membersOf(company, 'Sales'), ['ada.byron@x.example']);
});

test('flattened, what changes in an inner group reaches the app in the next cycle', async () => {
  const { company, ada, field, sales } = await nested();
  await company.sync(FLATTEN);
  const bob = await company.addUser(personOf('Bob', 'Noyce'));
  await company.setMembers(field, { add: [bob], remove: [ada] });
  await company.sync(FLATTEN);
  assert.deepEqual(await membersOf(company, 'Sales'), ['bob.noyce@x.example']);
  const isActive = async (name: string): Promise<unknown> => (await company.accounts()).get(name)?.['active'];
  assert.equal(await isActive('ada.byron@x.example'), false);
  await company.setMembers(sales, { remove: [field] });
  await company.sync(FLATTEN);
  assert.deepEqual(await membersOf(company, 'Sales'), []);
  assert.equal(await isActive('bob.noyce@x.example'), false);
  await company.setMembers(sales, { add: [field] });
  await company.sync(FLATTEN);
  assert.deepEqual(await membersOf(company, 'Sales'), ['bob.noyce@x.example']);
  assert.equal(await isActive('bob.noyce@x.example'), true);
  const quiet = company.requests.length;
  await company.sync(FLATTEN);
  assert.equal(company.requests.length, quiet);
});

test('flattened, groups that hold each other end', async () => {
  const { company, field, sales } = await nested();
  await company.setMembers(field, { add: [sales] });
  const summary = await company.sync(FLATTEN);
  assert.equal(summary.state, 'succeeded');
  assert.deepEqual(await membersOf(company, 'Sales'), ['ada.byron@x.example']);
});

function personOf(givenName: string, surname: string): JsonObject {
  const name = `${givenName}.${surname}`.toLowerCase();
  const mail = `${name}@x.example`;
  const displayName = `${givenName} ${surname}`;
  return { userPrincipalName: mail, mail, mailNickname: name, displayName, givenName, surname, accountEnabled: true };
}
