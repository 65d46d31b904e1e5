import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Scan } from '../src/job/finding-store.ts';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

const DAY_MS = 86_400_000;

/** The audit log, mails that wait, plans, and findings. */
export function keptContract(open: OpenStore): void {
  auditContract(open);
  mailContract(open);
  planContract(open);
  findingContract(open);
}

function auditContract(open: OpenStore): void {
  describe('the audit log', () => {
    const store = storeForSuite(open);
    const entry = (subject: string, atMs: number) =>
      ({ atMs, actor: 'owner (cli)', action: 'PUT /apps', subject, differences: [] }) as const;

    it('gives each of many entries at once its own number, and pages newest first', async () => {
      const { audit } = store();
      const subject = `app ${randomUUID()}`;
      const numbers = await Promise.all(Array.from({ length: 20 }, (_, at) => audit.append(entry(subject, T0 + at))));
      assert.equal(new Set(numbers).size, 20);
      const first = await audit.list({ subject, limit: 15 });
      const last = first.at(-1);
      const second = await audit.list({ subject, limit: 15, ...(last === undefined ? {} : { before: last.number }) });
      assert.deepEqual(
        [...first, ...second].map((one) => one.number),
        numbers.toSorted((a, b) => b - a),
      );
    });

    it('finds by part of a text in any case, takes % as it is, and by time', async () => {
      const { audit } = store();
      const subject = `app 100% ${randomUUID()}`;
      const differences = [{ what: 'tenantUrl', before: null, after: 'https://x' }];
      await audit.append({ ...entry(subject, T0 + 5), differences });
      const find = (part: string) => audit.list({ subject: part, limit: 10 });
      assert.deepEqual(
        (await find(subject.toUpperCase())).map((one) => one.differences),
        [differences],
      );
      assert.equal((await find(subject.replace('100', '%'))).length, 0);
      assert.equal((await audit.list({ subject, fromMs: T0 + 6, limit: 10 })).length, 0);
      assert.equal((await audit.list({ subject, toMs: T0 + 6, actor: 'CLI', action: 'put', limit: 10 })).length, 1);
    });

    it('finds names with letters beyond ASCII as they are written, and one entry by its number', async () => {
      const { audit } = store();
      const name = `person Érik ${randomUUID()}`;
      const number = await audit.append({ ...entry(name, T0), actor: name });
      assert.deepEqual(
        (await audit.list({ actor: name, limit: 10 })).map((one) => one.number),
        [number],
      );
      assert.equal((await audit.find(number))?.actor, name);
      assert.equal(await audit.find(number + 1_000_000), undefined);
    });

    it('drops the oldest first, and never gives a number twice', async () => {
      const { audit } = store();
      const subject = `app ${randomUUID()}`;
      const old = await audit.append(entry(subject, 5));
      assert.equal(await audit.prune(6, 100), 1);
      assert.equal(await audit.prune(6, 100), 0);
      assert.ok((await audit.append(entry(subject, 7))) > old);
    });
  });
}

function mailContract(open: OpenStore): void {
  describe('mails that wait', () => {
    const store = storeForSuite(open);
    const content = { subject: 's', paragraphs: ['p'], facts: [['a', 'b']], link: 'https://x' } as const;
    const mail = (eventKey: string) => ({ eventKey, createdMs: T0, dueMs: T0, recipients: ['a@example.com'], content });

    it('are made once for each event, however often they are asked for', async () => {
      const { mails } = store();
      const key = randomUUID();
      const made = await Promise.all([mails.add(mail(key)), mails.add(mail(key)), mails.add(mail(key))]);
      assert.equal(made.filter(Boolean).length, 1);
      assert.deepEqual((await mails.find(key))?.content, content);
    });

    it('are claimed by one sender at a time, tried again at their time, and settled for good', async () => {
      const { mails } = store();
      const key = randomUUID();
      await mails.add(mail(key));
      const claim = async (nowMs: number): Promise<number> =>
        (await mails.claimDue(nowMs, nowMs + 1_000, 1_000)).filter((one) => one.eventKey === key).length;
      assert.equal(await claim(T0 - 1), 0);
      const both = await Promise.all([claim(T0), claim(T0)]);
      assert.equal(both[0] + both[1], 1);
      await mails.settle(key, { state: 'waiting', error: 'no', dueMs: T0 + 5_000 });
      assert.deepEqual([await claim(T0 + 4_999), await claim(T0 + 5_000)], [0, 1]);
      assert.deepEqual([(await mails.find(key))?.attempts, (await mails.find(key))?.error], [2, 'no']);
      await mails.settle(key, { state: 'sent' });
      assert.equal(await claim(T0 + DAY_MS), 0);
      assert.equal(await mails.add(mail(key)), false);
      assert.ok((await mails.prune(T0 + 1, 1_000)) >= 1);
    });

    it('are told with their reason while the last attempt failed, the newest first', async () => {
      const { mails } = store();
      const base = T0 + 10 * DAY_MS;
      const keys = ['old', 'given up', 'sent'].map((name) => `${name} ${randomUUID()}`);
      const [old = '', gone = '', sent = ''] = keys;
      for (const [at, key] of keys.entries()) await mails.add({ ...mail(key), createdMs: base + at });
      await mails.settle(old, { state: 'waiting', error: 'later', dueMs: base + 9 });
      await mails.settle(gone, { state: 'failed', error: 'never' });
      await mails.settle(sent, { state: 'waiting', error: 'later', dueMs: base });
      await mails.settle(sent, { state: 'sent' });
      const found = (await mails.failures(100)).filter(({ eventKey }) => keys.includes(eventKey));
      assert.deepEqual(
        found.map(({ eventKey, state, error }) => [eventKey, state, error]),
        [
          [gone, 'failed', 'never'],
          [old, 'waiting', 'later'],
        ],
      );
      assert.equal((await mails.failures(1)).length, 1);
    });
  });
}

function planContract(open: OpenStore): void {
  describe('plans', () => {
    const store = storeForSuite(open);

    it('keep their items in order, and are applied by one caller', async () => {
      const { plans } = store();
      const [id, jobId] = [randomUUID(), randomUUID()];
      await plans.create({ id, jobId, kind: 'sync', createdMs: T0, expiresMs: T0 + DAY_MS, detail: {} });
      const items = Array.from({ length: 250 }, (_, position) => ({ position, item: { at: position } }));
      await plans.addItems(id, items);
      assert.equal(await plans.move(id, { from: 'ready', to: 'applying' }), false);
      assert.equal(await plans.move(id, { from: 'making', to: 'ready', detail: { count: 250 } }), true);
      const moved = await Promise.all([1, 2, 3].map(() => plans.move(id, { from: 'ready', to: 'applying' })));
      assert.equal(moved.filter(Boolean).length, 1);
      const page = await plans.items(id, { after: 199, limit: 100 });
      assert.deepEqual(
        page.map((one) => one.item['at']),
        Array.from({ length: 50 }, (_, at) => 200 + at),
      );
      await plans.settleItems(id, [{ position: 200, state: 'refused', outcome: 'moved' }]);
      assert.deepEqual((await plans.items(id, { after: 199, limit: 1 }))[0]?.outcome, 'moved');
      assert.deepEqual((await plans.find(id))?.detail, { count: 250 });
      assert.equal((await plans.list(jobId, 10)).length, 1);
    });

    it('go with their items when they have expired', async () => {
      const { plans } = store();
      const id = randomUUID();
      await plans.create({ id, jobId: 'j', kind: 'rollback', createdMs: 1, expiresMs: 2, detail: {} });
      await plans.addItems(id, [{ position: 0, item: {} }]);
      assert.equal(await plans.prune(3), 1);
      assert.deepEqual([await plans.find(id), await plans.items(id, { after: -1, limit: 1 })], [undefined, []]);
    });
  });
}

function findingContract(open: OpenStore): void {
  describe('findings', () => {
    const store = storeForSuite(open);
    const scanOf = (jobId: string, id: string): Scan => {
      const shared = { jobId, kind: 'discovery', state: 'running', startedMs: T0 } as const;
      return { ...shared, id, endedMs: null, position: '501', detail: {} };
    };

    it('are kept with how far the scan has come; what was ignored stays so unless it turns into something else', async () => {
      const { findings } = store();
      const job = randomUUID();
      const one = { id: 'user a', class: 'local', body: { userName: 'a' } };
      await findings.saveFindings(scanOf(job, 's1'), [one, { ...one, id: 'user b' }], T0);
      assert.equal((await findings.scan(job, 'discovery'))?.position, '501');
      await findings.settleFinding(job, 'discovery', { id: 'user a', state: 'ignored' });
      await findings.saveFindings(scanOf(job, 's2'), [one], T0 + 1);
      assert.equal(await findings.dropOlder(scanOf(job, 's2')), 1);
      const list = await findings.findings(job, 'discovery', { limit: 10 });
      assert.deepEqual(
        list.map(({ id, state, scanId }) => [id, state, scanId]),
        [['user a', 'ignored', 's2']],
      );
      await findings.saveFindings(scanOf(job, 's3'), [{ ...one, class: 'unassigned' }], T0 + 2);
      assert.deepEqual(await findings.countFindings(job, 'discovery', 'open'), { unassigned: 1 });
      assert.deepEqual(await findings.findings(job, 'drift', { limit: 10 }), []);
      assert.equal(
        (await findings.findings(job, 'discovery', { ids: ['user a'], class: 'local', limit: 1 })).length,
        0,
      );
    });
  });
}
