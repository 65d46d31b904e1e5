import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { type Company, openCompany } from '../../contract/company.ts';
import { compileJob, provisionOnDemand } from '../index.ts';

const opened: Company[] = [];
const GUARD = { guard: { maxRemovals: 1 } };
const DAY_MS = 86_400_000;

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

async function assigned(company: Company, name: string, more: JsonObject = {}): Promise<string> {
  const attributes = { userPrincipalName: `${name}@x.example`, displayName: name, mail: `${name}@x.example` };
  const id = await company.addUser({ ...attributes, mailNickname: name, accountEnabled: true, ...more });
  await company.assign(id);
  return id;
}

async function threePeople(): Promise<{ company: Company; ids: readonly string[] }> {
  const company = await openCompany();
  opened.push(company);
  const ids = [await assigned(company, 'anna'), await assigned(company, 'bert'), await assigned(company, 'carl')];
  await company.sync(GUARD);
  return { company, ids };
}

function held(company: Company) {
  return company.store.engine.staged('job-1', { limit: 10 });
}

async function actives(company: Company): Promise<readonly unknown[]> {
  return [...(await company.accounts()).values()].map((account) => account['active']);
}

describe('removals that the guard holds', () => {
  test('DEL-1, DEL-2: N+1 are stored one by one with their reason, N are sent, and the job is in quarantine', async () => {
    const { company, ids } = await threePeople();
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await company.sync(GUARD);
    const rows = await held(company);
    assert.deepEqual(rows.map((one) => one.sourceId).sort(), ids.slice(0, 2).sort());
    assert.ok(
      rows.every((one) => one.kind === 'disable' && one.state === 'pending' && /not assigned/.test(one.reason)),
    );
    assert.deepEqual(await actives(company), [true, true, true]);
    const life = await company.store.engine.life('job-1');
    assert.deepEqual([life.state, life.quarantine?.reason], ['Quarantine', 'TooManyDeletes']);
    const logged = await company.store.engine.log({ jobId: 'job-1', action: 'stagedDelete', limit: 10 });
    assert.equal(logged.length, 2);
  });

  test('DEL-3: one of them can be approved; the other keeps waiting, whatever the limit', async () => {
    const { company, ids } = await threePeople();
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await company.sync(GUARD);
    const [first] = await held(company);
    const decided = await company.store.engine.decideStaged('job-1', { state: 'approved', ids: [first?.id ?? ''] });
    assert.equal(decided, 1);
    assert.equal((await company.sync({ guard: { maxRemovals: 100 } })).counts.disabled, 1);
    assert.equal((await held(company)).length, 1);
  });

  test('an approved removal that is no longer true is not sent', async () => {
    const { company, ids } = await threePeople();
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await company.sync(GUARD);
    for (const id of ids.slice(0, 2)) await company.assign(id);
    await company.store.engine.decideStaged('job-1', { state: 'approved' });
    assert.equal((await company.sync(GUARD)).counts.disabled, 0);
    assert.deepEqual(await held(company), []);
    assert.equal((await company.store.engine.life('job-1')).state, 'Active');
  });

  test('DEL-4: a rejected removal is kept back until the person changes', async () => {
    const { company, ids } = await threePeople();
    const [anna = '', bert = ''] = ids;
    for (const id of [anna, bert]) await company.unassign(id);
    await company.sync(GUARD);
    await company.store.engine.decideStaged('job-1', { state: 'rejected' });
    await company.store.engine.reset('job-1', { watermark: true, links: false, escrows: false });
    const again = await company.sync(GUARD);
    assert.equal(again.counts.disabled, 0);
    assert.equal(again.counts.skippedBy['RemovalRejected'], 2);
    await company.changeUser(anna, { displayName: 'Anna B' });
    assert.equal((await company.sync(GUARD)).counts.disabled, 1);
    assert.equal((await held(company)).length, 1);
  });

  test('after its time a removal counts as rejected, and the log says so', async () => {
    const { company, ids } = await threePeople();
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await company.sync(GUARD);
    company.clock.set(company.clock.nowMs() + 14 * DAY_MS);
    await company.sync(GUARD);
    assert.deepEqual(
      (await held(company)).map((one) => one.state),
      ['rejected', 'rejected'],
    );
    const records = await company.store.engine.log({ jobId: 'job-1', limit: 20 });
    assert.equal(records.filter((one) => one.error?.code === 'RemovalExpired').length, 2);
    assert.equal((await company.store.engine.life('job-1')).state, 'Active');
  });

  test('provisioning one person on demand is a word for that person', async () => {
    const { company, ids } = await threePeople();
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await company.sync(GUARD);
    const subject = { objectType: 'user', sourceId: ids[0] ?? '', isDryRun: false } as const;
    const record = await provisionOnDemand(compileJob({ ...company.job, ...GUARD }), company.ports, subject);
    assert.equal(record.action, 'disable');
    assert.equal((await held(company)).length, 1);
  });

  test('members leaving groups, new sign-in names and new mails are held by limits of their own', async () => {
    const { company, ids } = await threePeople();
    const guard = { guard: { maxMembershipRemovals: 1, maxIdentityChanges: 1 } };
    const group = await company.addGroup('Sales', ids);
    await company.assign(group, 'Group');
    await company.sync(guard);
    await company.setMembers(group, { remove: ids.slice(0, 2) });
    for (const id of ids.slice(0, 2)) await company.changeUser(id, { mail: `new-${id}@x.example` });
    await company.changeUser(ids[2] ?? '', { displayName: 'Carl C' });
    const summary = await company.sync(guard);
    const kinds = (await held(company)).map((one) => one.kind).sort();
    assert.deepEqual(kinds, ['identity', 'identity', 'membership', 'membership']);
    assert.equal(summary.counts.updated, 1);
    const membersOf = async (): Promise<number> => {
      const members = (await company.groups()).get('Sales')?.['members'];
      return Array.isArray(members) ? members.length : 0;
    };
    assert.equal(await membersOf(), 3);
    await company.store.engine.decideStaged('job-1', { state: 'approved' });
    await company.sync(guard);
    assert.equal(await membersOf(), 1);
    assert.deepEqual(await held(company), []);
  });
});
