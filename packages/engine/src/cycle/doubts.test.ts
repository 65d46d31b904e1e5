import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Fetch, TransportError } from '@lockstep/scim/client';
import type { Company } from '../../contract/company.ts';
import { companies, hire, writes } from '../../contract/people.ts';

const MINUTE_MS = 60_000;
const open = companies();

interface Silence {
  isSilent: boolean;
  /** Looks that were not answered. */
  looks: number;
}

/** Answers to writes get lost after the app has done its work, and every look after it fails, as long as it is told to. */
async function openSilent(method: 'POST' | 'PATCH'): Promise<{ state: Silence; company: Company }> {
  const state: Silence = { isSilent: true, looks: 0 };
  let isWritten = method === 'PATCH';
  const wrap =
    (fetch: Fetch): Fetch =>
    async (request) => {
      if (!state.isSilent) return fetch(request);
      if (request.method === 'GET' && isWritten) {
        state.looks += 1;
        throw new TransportError('timeout', 'no answer', { sent: 'maybe' });
      }
      const answer = await fetch(request);
      if (request.method !== method) return answer;
      isWritten = true;
      throw new TransportError('connection', 'the connection was lost', { sent: 'maybe' });
    };
  return { state, company: await open({ wrap }) };
}

async function looksOf(state: { looks: number }, act: () => Promise<unknown>): Promise<number> {
  const before = state.looks;
  await act();
  return state.looks - before;
}

async function intents(company: Company): Promise<number> {
  return (await company.store.engine.openIntents('job-1')).length;
}

describe('ERR-2: a write nobody knows the end of', () => {
  test('is looked at on the ladder, not in every cycle, and is not made twice', async () => {
    const { state, company } = await openSilent('POST');
    await hire(company, 'eva');
    await company.sync();
    assert.equal(await intents(company), 1);
    assert.ok((await looksOf(state, () => company.sync())) > 0, 'the next cycle looks');
    assert.equal(await looksOf(state, () => company.sync()), 0, 'then it waits for 40 minutes');
    company.clock.set(company.clock.nowMs() + 41 * MINUTE_MS);
    assert.ok((await looksOf(state, () => company.sync())) > 0);
    company.clock.set(company.clock.nowMs() + 41 * MINUTE_MS);
    assert.equal(await looksOf(state, () => company.sync()), 0, 'the second wait is 80 minutes');
    state.isSilent = false;
    company.clock.set(company.clock.nowMs() + 81 * MINUTE_MS);
    const summary = await company.sync();
    assert.deepEqual([summary.counts.failed, (await company.accounts()).size], [0, 1]);
    assert.equal(writes(company).filter((request) => request.startsWith('POST ')).length, 1);
    assert.equal(await intents(company), 0);
  });

  test('is looked at once the person changes, however far the ladder is', async () => {
    const { state, company } = await openSilent('POST');
    const eva = await hire(company, 'eva');
    for (let at = 0; at < 2; at += 1) await company.sync();
    state.isSilent = false;
    assert.equal(await looksOf(state, () => company.sync()), 0);
    await company.changeUser(eva, { displayName: 'Eva Lind' });
    await company.sync();
    const [account] = [...(await company.accounts()).values()];
    assert.deepEqual([(await company.accounts()).size, account?.['displayName']], [1, 'Eva Lind']);
    assert.equal(await intents(company), 0);
  });

  test('is looked at once the person leaves the scope: the account that was made is disabled', async () => {
    const { state, company } = await openSilent('POST');
    const eva = await hire(company, 'eva');
    for (let at = 0; at < 2; at += 1) await company.sync();
    state.isSilent = false;
    await company.unassign(eva);
    await company.sync();
    const [account] = [...(await company.accounts()).values()];
    assert.deepEqual([(await company.accounts()).size, account?.['active']], [1, false]);
    assert.equal(await intents(company), 0);
  });

  test('is looked at once the mapping changes: the failures are cleared then', async () => {
    const { state, company } = await openSilent('POST');
    await hire(company, 'eva');
    for (let at = 0; at < 2; at += 1) await company.sync();
    state.isSilent = false;
    await company.store.engine.reset('job-1', { watermark: true, links: false, escrows: true });
    await company.sync();
    assert.equal((await company.accounts()).size, 1);
    assert.equal(writes(company).filter((request) => request.startsWith('POST ')).length, 1);
    assert.equal(await intents(company), 0);
  });

  test('that was an update is undone when the person is as before: the account is read, not remembered', async () => {
    const { state, company } = await openSilent('PATCH');
    state.isSilent = false;
    const eva = await hire(company, 'eva', { jobTitle: 'Clerk' });
    await company.sync();
    state.isSilent = true;
    await company.changeUser(eva, { jobTitle: 'Boss' });
    for (let at = 0; at < 2; at += 1) await company.sync();
    assert.equal(await intents(company), 1);
    state.isSilent = false;
    await company.changeUser(eva, { jobTitle: 'Clerk' });
    await company.sync();
    const [account] = [...(await company.accounts()).values()];
    assert.equal(account?.['title'], 'Clerk');
    assert.equal(await intents(company), 0);
  });

  test('that was a group is settled on the ladder, members included', async () => {
    const { state, company } = await openSilent('PATCH');
    state.isSilent = false;
    const eva = await hire(company, 'eva');
    const group = await company.addGroup('Sales', [eva]);
    await company.assign(group, 'Group');
    await company.sync();
    state.isSilent = true;
    const bert = await hire(company, 'bert');
    await company.setMembers(group, { add: [bert] });
    for (let at = 0; at < 2; at += 1) await company.sync();
    assert.equal(await looksOf(state, () => company.sync()), 0);
    state.isSilent = false;
    company.clock.set(company.clock.nowMs() + 81 * MINUTE_MS);
    await company.sync();
    const members = (await company.groups()).get('Sales')?.['members'];
    assert.equal(Array.isArray(members) ? members.length : 0, 2);
    assert.equal(await intents(company), 0);
  });
});
