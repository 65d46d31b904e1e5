import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { type FaultyCompany, openFaultyCompany } from '../../contract/faulty-company.ts';

const opened: FaultyCompany[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.company.close();
});

/** Six people and a group of four in the app, under a guard that lets everything of the test through. */
async function settled(): Promise<{ faulty: FaultyCompany; ids: readonly string[]; group: string }> {
  const job = { guard: { maxRemovals: 5, maxMembershipRemovals: 5 } };
  const faulty = await openFaultyCompany({ job });
  opened.push(faulty);
  const { company } = faulty;
  const ids: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    const name = `person${at}`;
    const attributes = { userPrincipalName: `${name}@x.example`, displayName: name, mail: `${name}@x.example` };
    const id = await company.addUser({ ...attributes, givenName: name, mailNickname: name, accountEnabled: true });
    await company.assign(id);
    ids.push(id);
  }
  const group = await company.addGroup('Sales', ids.slice(0, 4));
  await company.assign(group, 'Group');
  await faulty.sync();
  return { faulty, ids, group };
}

describe('removals that a cycle had counted when it broke off', () => {
  test('are carried out by the next one, those of accounts and of members', async () => {
    const { faulty, ids, group } = await settled();
    const { company, server } = faulty;
    await company.deleteUser(ids[4] ?? '');
    await company.changeUser(ids[5] ?? '', { accountEnabled: false });
    await company.setMembers(group, { remove: [ids[1] ?? ''] });
    // Everything that is read is answered; whatever is written meets a page of HTML, which ends the cycle.
    server.setPlan(({ method }) => (method === 'GET' ? undefined : 'html-404'));
    assert.equal((await faulty.sync()).state, 'failed');
    server.setPlan(undefined);
    await faulty.sync();
    assert.deepEqual(faulty.actual(), await faulty.expected());
  });

  test('are not counted as failures', async () => {
    const { faulty, ids } = await settled();
    await faulty.company.deleteUser(ids[4] ?? '');
    faulty.server.setPlan(({ method }) => (method === 'GET' ? undefined : 'html-404'));
    await faulty.sync();
    faulty.server.setPlan(undefined);
    const summary = await faulty.sync();
    assert.deepEqual([summary.state, summary.counts.deleted, summary.counts.failed], ['succeeded', 1, 0]);
    assert.equal(await faulty.company.store.engine.countEscrows(faulty.job.id), 0);
  });
});
