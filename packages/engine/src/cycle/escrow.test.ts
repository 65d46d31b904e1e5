import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import type { Fetch } from '@lockstep/scim/client';
import { type Company, type CompanyOptions, openCompany } from '../../contract/company.ts';
import { changeLife, scheduleOf } from '../lifecycle/change-life.ts';
import { nextAttemptMs } from './failure.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const opened: Company[] = [];

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

async function open(options: CompanyOptions = {}): Promise<Company> {
  const company = await openCompany(options);
  opened.push(company);
  return company;
}

async function assigned(company: Company, name: string, more: JsonObject = {}): Promise<string> {
  const attributes = { userPrincipalName: `${name}@x.example`, displayName: name, mailNickname: name };
  const id = await company.addUser({ ...attributes, accountEnabled: true, ...more });
  await company.assign(id);
  return id;
}

/** Refuses some requests with a status as long as it is told to. */
function refusing(matches: (method: string, url: string, body: string) => boolean) {
  const state = { status: 400 as number | undefined };
  const wrap =
    (fetch: Fetch): Fetch =>
    async (request) => {
      const { status } = state;
      if (status === undefined || !matches(request.method, request.url, request.body ?? '')) return fetch(request);
      const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail: 'no' };
      return { status, headers: { get: () => null }, text: JSON.stringify(body) };
    };
  return { state, wrap };
}

test('ERR-2: what may pass by itself comes back in the next cycle, then after 40, 80, 160 minutes, a day at most', () => {
  const failure = { code: 'Timeout', text: 'no answer', retry: 'next-cycle' } as const;
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((failures) => nextAttemptMs(failure, failures, 0) / MINUTE_MS);
  assert.deepEqual(waits, [0, 40, 80, 160, 320, 640, 1_280, 1_440, 1_440]);
});

test('ERR-2: everything else after 6, 12, 24 and then 24 hours', () => {
  const failure = { code: 'EntryConflict', text: 'taken', retry: 'ladder' } as const;
  const waits = [1, 2, 3, 4, 9].map((failures) => nextAttemptMs(failure, failures, 0) / HOUR_MS);
  assert.deepEqual(waits, [6, 12, 24, 24, 24]);
});

describe('a person the app refuses', () => {
  const refusal = () => refusing((method, _url, body) => method === 'POST' && body.includes('eva@'));

  test('ERR-1: is tried again when the time has come, and at once when the person changes', async () => {
    const { state, wrap } = refusal();
    const company = await open({ wrap });
    const eva = await assigned(company, 'eva');
    await company.sync();
    assert.equal((await company.sync()).counts.failed, 0, 'not due yet');
    company.clock.set(company.clock.nowMs() + 6 * HOUR_MS);
    assert.equal((await company.sync()).counts.failed, 1);
    const [escrow] = await company.store.engine.escrows('job-1', 'user', [eva]);
    assert.deepEqual([escrow?.failures, escrow?.errorCode], [2, 'BadResponse']);
    state.status = undefined;
    await company.changeUser(eva, { displayName: 'Eva' });
    assert.equal((await company.sync()).counts.created, 1);
    assert.equal(await company.store.engine.countEscrows('job-1'), 0);
  });

  test('is given up after 28 days with a record, and comes back when the person changes', async () => {
    const { wrap } = refusal();
    const company = await open({ wrap });
    const eva = await assigned(company, 'eva');
    await company.sync();
    company.clock.set(company.clock.nowMs() + 28 * 24 * HOUR_MS);
    await company.sync();
    const [record] = await company.store.engine.log({ limit: 1 });
    assert.equal(record?.error?.code, 'EscrowExpired');
    assert.equal(await company.store.engine.countEscrows('job-1'), 0);
    await company.changeUser(eva, { displayName: 'Eva' });
    assert.equal((await company.sync()).counts.failed, 1);
  });

  test('leaves request and answer in the log, with what to do', async () => {
    const { wrap } = refusal();
    const company = await open({ wrap });
    await assigned(company, 'eva');
    await company.sync();
    const [record] = await company.store.engine.log({ status: 'failure', limit: 1 });
    assert.equal(record?.wire?.at(-1)?.status, 400);
    assert.match(record?.wire?.at(-1)?.requestBody ?? '', /eva@x\.example/);
    assert.match(record?.wire?.at(-1)?.responseBody ?? '', /"detail":"no"/);
    assert.ok((record?.error?.recommendedAction ?? '').length > 0);
  });
});

test('an app that asks for patience (429) never counts toward quarantine', async () => {
  const { state, wrap } = refusing((method) => method === 'POST');
  state.status = 429;
  const company = await open({ wrap });
  for (let at = 0; at < 5; at += 1) await assigned(company, `p${at}`);
  const summary = await company.sync({ quarantine: { failuresMin: 1, failuresMax: 1 } });
  assert.equal(summary.counts.failed, 5);
  assert.equal((await company.store.engine.life('job-1')).state, 'Active');
});

test('Q-2: too many failing people put the job into quarantine, and a good cycle takes it out', async () => {
  const { state, wrap } = refusing((method, _url, body) => method === 'POST' && body.includes('bad'));
  const company = await open({ wrap });
  const limits = { quarantine: { failuresMin: 2 } };
  await assigned(company, 'good');
  await company.sync(limits);
  for (const name of ['bad1', 'bad2']) await assigned(company, name);
  await company.sync(limits);
  const held = await company.store.engine.life('job-1');
  assert.equal(held.quarantine?.reason, 'EncounteredEscrowProportionThreshold');
  state.status = undefined;
  company.clock.set(held.quarantine?.nextAttemptMs ?? 0);
  await company.sync(limits);
  assert.deepEqual(await company.store.engine.life('job-1'), { state: 'Active', hasRun: true });
});

test('LIFE-4: too many failures in the initial cycle: it ends, the failures are thrown away, the job pauses', async () => {
  const { wrap } = refusing((method, _url, body) => method === 'POST' && body.includes('bad'));
  const company = await open({ wrap });
  for (const name of ['bad1', 'bad2', 'good']) await assigned(company, name);
  const summary = await company.sync({ quarantine: { failuresMin: 2 } });
  assert.deepEqual([summary.kind, summary.counts.created], ['initial', 1]);
  assert.equal((await company.store.engine.life('job-1')).state, 'Paused');
  assert.equal(await company.store.engine.countEscrows('job-1'), 0);
  const state = await company.store.engine.state('job-1');
  assert.deepEqual([state.kind, state.statistics?.escrowsPruned], ['incremental', true]);
});

test('LIFE-4: the failures are thrown away at the moment they pass the limit, also when the rest of the cycle is well', async () => {
  const { state, wrap } = refusing((method, _url, body) => method === 'POST' && body.includes('bad'));
  state.status = 400;
  const seen: { escrows: number; pruned: boolean | undefined }[] = [];
  const watching =
    (fetch: Fetch): Fetch =>
    async (request) => {
      if (request.method === 'POST' && request.body?.includes('last@') === true) {
        const { statistics } = await company.store.engine.state('job-1');
        const escrows = await company.store.engine.countEscrows('job-1');
        seen.push({ escrows, pruned: statistics?.escrowsPruned });
      }
      return wrap(fetch)(request);
    };
  const company = await open({ wrap: watching });
  const names = ['bad1', 'bad2', 'good1', 'good2', 'good3', 'good4', 'good5', 'last'];
  for (const name of names) await assigned(company, name);
  Object.assign(company.ports, { pageSize: 2 });
  const summary = await company.sync({ quarantine: { failuresMin: 2 } });
  assert.deepEqual([summary.kind, summary.counts.created, summary.counts.failed], ['initial', 6, 2]);
  assert.deepEqual(seen, [{ escrows: 0, pruned: true }]);
  const life = await company.store.engine.life('job-1');
  assert.deepEqual([life.state, life.hasRun], ['Paused', true]);
  assert.match(life.because ?? '', /2 of 2 objects fail/);
});

test('a job that is paused while a cycle runs finishes it, and start reads nothing again', async () => {
  const pausing =
    (fetch: Fetch): Fetch =>
    async (request) => {
      if (request.method === 'POST') {
        await company.store.engine.changeLife('job-1', (life) => changeLife(life, { event: 'pause' }));
      }
      return fetch(request);
    };
  const company = await open({ wrap: pausing });
  for (const name of ['anna', 'bert', 'carl']) await assigned(company, name);
  Object.assign(company.ports, { pageSize: 1, concurrency: 1 });
  const summary = await company.sync();
  assert.deepEqual([summary.state, summary.counts.created], ['succeeded', 3]);
  const { engine } = company.store;
  const paused = await engine.life('job-1');
  assert.deepEqual([paused.state, paused.hasRun, scheduleOf(paused).isRunning], ['Paused', true, false]);
  const started = await engine.changeLife('job-1', (life) => changeLife(life, { event: 'start' }));
  assert.equal(started?.state, 'Active');
  company.requests.length = 0;
  const next = await company.sync();
  assert.deepEqual([next.kind, next.counts.skipped, company.requests], ['incremental', 0, []]);
});

test('ERR-4: a membership that failed is tried again, apart from the failures of objects', async () => {
  const { state, wrap } = refusing((method, url) => method === 'PATCH' && url.includes('/Groups/'));
  state.status = 500;
  const company = await open({ wrap });
  const eva = await assigned(company, 'eva');
  const group = await company.addGroup('Sales', [eva]);
  await company.assign(group, 'Group');
  await company.sync();
  assert.equal(await company.store.engine.countEscrows('job-1'), 0);
  const [escrow] = await company.store.engine.referenceEscrows('job-1', 'group', [group]);
  assert.equal(escrow?.failures, 1);
  state.status = undefined;
  await company.sync();
  const members = (await company.groups()).get('Sales')?.['members'];
  assert.equal(Array.isArray(members) ? members.length : 0, 1);
  assert.deepEqual(await company.store.engine.referenceEscrows('job-1', 'group', [group]), []);
});

test('Q-1: a list that answers 404 with a page of HTML is a quarantine', async () => {
  const wrap = (): Fetch => async () => ({ status: 404, headers: { get: () => 'text/html' }, text: '<html></html>' });
  const company = await open({ wrap });
  await assigned(company, 'eva');
  const summary = await company.sync();
  assert.equal(summary.error?.code, 'ServiceIncompatible');
  assert.equal((await company.store.engine.life('job-1')).quarantine?.reason, 'EncounteredQuarantineException');
});
