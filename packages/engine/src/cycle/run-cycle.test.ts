import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { type Fetch, TransportError } from '@lockstep/scim/client';
import { type Company, type CompanyOptions, openCompany } from '../../contract/company.ts';
import { compileJob, JobBusyError, planCycle, provisionOnDemand, runCycle } from '../index.ts';

const opened: Company[] = [];

async function open(options: CompanyOptions = {}): Promise<Company> {
  const company = await openCompany(options);
  opened.push(company);
  return company;
}

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

function person(name: string, more: JsonObject = {}): JsonObject {
  return {
    userPrincipalName: `${name}@company.example`,
    displayName: `${name} Person`,
    givenName: name,
    surname: 'Person',
    mail: `${name}@company.example`,
    mailNickname: name,
    accountEnabled: true,
    ...more,
  };
}

async function assigned(company: Company, name: string, more: JsonObject = {}): Promise<string> {
  const id = await company.addUser(person(name, more));
  await company.assign(id);
  return id;
}

function writes(company: Company): readonly string[] {
  return company.requests.filter((request) => !request.startsWith('GET '));
}

describe('the initial cycle', () => {
  test('creates who is assigned and nobody else', async () => {
    const company = await open();
    await assigned(company, 'eva');
    await company.addUser(person('olaf'));
    const summary = await company.sync();
    assert.equal(summary.state, 'succeeded');
    assert.deepEqual([...(await company.accounts()).keys()], ['eva@company.example']);
  });

  test('links an account that matches, and writes only what differs', async () => {
    const company = await open();
    await company.client.create('/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'EVA@company.example',
      title: 'Kept by the app',
    });
    company.requests.length = 0;
    await assigned(company, 'eva');
    const summary = await company.sync();
    assert.equal(summary.counts.linked, 1);
    assert.equal(summary.counts.created, 0);
    const [account] = (await company.accounts()).values();
    assert.equal(account?.['title'], 'Kept by the app');
    assert.equal(account?.['displayName'], 'eva Person');
  });

  test('REF-1: writes managers after both people exist, even when they manage each other', async () => {
    const company = await open();
    const anna = await assigned(company, 'anna');
    const bert = await assigned(company, 'bert', { manager: anna });
    await company.changeUser(anna, { manager: bert });
    await company.sync();
    const accounts = await company.accounts();
    const managerOf = (name: string): unknown => {
      const extension = accounts.get(`${name}@company.example`)?.[
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
      ];
      return isJsonObject(extension) && isJsonObject(extension['manager']) ? extension['manager']['value'] : undefined;
    };
    assert.equal(managerOf('bert'), accounts.get('anna@company.example')?.['id']);
    assert.equal(managerOf('anna'), accounts.get('bert@company.example')?.['id']);
  });

  test('provisions the members of an assigned group, and the group with them', async () => {
    const company = await open();
    const eva = await company.addUser(person('eva'));
    const group = await company.addGroup('Sales', [eva]);
    await company.assign(group, 'Group');
    await company.sync();
    const [sales] = (await company.groups()).values();
    const [account] = (await company.accounts()).values();
    assert.deepEqual(memberIds(sales), [account?.['id']]);
  });

  test('SCOPE-1: does not look into nested groups: only direct members count as assigned', async () => {
    const company = await open();
    const eva = await company.addUser(person('eva'));
    const inner = await company.addGroup('Inner', [eva]);
    const outer = await company.addGroup('Outer', [inner]);
    await company.assign(outer, 'Group');
    await company.sync();
    assert.equal((await company.accounts()).size, 0);
  });

  test('lists the accounts of the app once instead of asking for each person', async () => {
    const company = await open();
    for (let at = 0; at < 60; at += 1) await assigned(company, `person${at}`);
    await company.sync();
    const looks = company.requests.filter((request) => request.startsWith('GET '));
    assert.equal(looks.length, 1);
    assert.equal((await company.accounts()).size, 60);
  });

  test('tells how far it is in small steps, and never more than there is', async () => {
    const company = await open();
    for (let at = 0; at < 200; at += 1) await assigned(company, `person${at}`);
    const told: { done: number; total: number }[] = [];
    const onEvent: Company['ports']['onEvent'] = (event) => {
      if (event.kind === 'progress') told.push({ done: event.done, total: event.total });
    };
    await runCycle(compileJob(company.job), { ...company.ports, onEvent });
    assert.ok(told.length >= 4, `${told.length} times`);
    assert.ok(told.every(({ done, total }) => done <= total && total >= 200));
    assert.equal(told.at(-1)?.done, 200);
  });

  test('SCOPE-4: skips disabled people who never had an account, and says so', async () => {
    const company = await open();
    await assigned(company, 'eva', { accountEnabled: false });
    const summary = await company.sync();
    assert.deepEqual(summary.counts.skippedBy, { NotEffectivelyEntitled: 1 });
    const [record] = await company.store.engine.log({ limit: 1 });
    assert.match(record?.error?.reason ?? '', /disabled/);
  });
});

function memberIds(group: JsonObject | undefined): readonly unknown[] {
  const members = group?.['members'];
  return Array.isArray(members) ? members.map((member: JsonObject) => member['value']) : [];
}

describe('the incremental cycle', () => {
  test('sends nothing at all when nothing changed', async () => {
    const company = await open();
    await assigned(company, 'eva');
    await company.sync();
    company.requests.length = 0;
    const summary = await company.sync();
    assert.equal(summary.kind, 'incremental');
    assert.deepEqual(company.requests, []);
  });

  test('sends one PATCH with what differs, and logs old and new value', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    await company.sync();
    company.requests.length = 0;
    await company.changeUser(eva, { givenName: 'Evi' });
    await company.sync();
    assert.equal(company.requests.length, 1);
    const [record] = await company.store.engine.log({ limit: 1 });
    const change = record?.modifiedProperties.find((one) => one.displayName === 'name.givenName');
    assert.deepEqual(change, { displayName: 'name.givenName', oldValue: 'eva', newValue: 'Evi' });
  });

  test('disables on unassignment, lets go, and takes the account up again on return', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    await company.sync();
    const activeOf = async (): Promise<unknown> => (await company.accounts()).get('eva@company.example')?.['active'];
    await company.unassign(eva);
    assert.equal((await company.sync()).counts.disabled, 1);
    assert.equal(await activeOf(), false);
    company.requests.length = 0;
    await company.changeUser(eva, { givenName: 'Unseen' });
    await company.sync();
    assert.deepEqual(writes(company), []);
    await company.assign(eva);
    await company.sync();
    assert.equal(await activeOf(), true);
    assert.equal((await company.accounts()).size, 1);
  });

  test('sends no DELETE for a person who was unassigned before the deletion (rule D4)', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    await company.sync();
    await company.unassign(eva);
    await company.sync();
    await company.deleteUser(eva);
    await company.sync();
    assert.equal((await company.accounts()).size, 1);
  });

  test('disables on accountEnabled=false and on the recycle bin, deletes on hard delete', async () => {
    const company = await open();
    const anna = await assigned(company, 'anna');
    const bert = await assigned(company, 'bert');
    const carl = await assigned(company, 'carl');
    await company.sync();
    await company.changeUser(anna, { accountEnabled: false });
    await company.changeUser(bert, { deletedDateTime: '2026-01-05T08:00:00Z' });
    await company.deleteUser(carl);
    const summary = await company.sync();
    assert.equal(summary.counts.disabled, 2);
    assert.equal(summary.counts.deleted, 1);
    const accounts = await company.accounts();
    assert.deepEqual(
      [...accounts.values()].map((account) => account['active']),
      [false, false],
    );
  });

  test('REF-2: unlike in Entra a manager who comes into scope later is written without a restart', async () => {
    const company = await open();
    const boss = await company.addUser(person('boss'));
    await assigned(company, 'eva', { manager: boss });
    await company.sync();
    await company.assign(boss);
    await company.sync();
    const eva = (await company.accounts()).get('eva@company.example');
    const extension = eva?.['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
    assert.ok(isJsonObject(extension) && isJsonObject(extension['manager']));
  });

  test('REF-3: unlike in Entra a member who comes into scope later joins the group without a restart', async () => {
    const company = await open();
    const eva = await company.addUser(person('eva', { accountEnabled: false }));
    const group = await company.addGroup('Sales', [eva]);
    await company.assign(group, 'Group');
    await company.sync();
    await company.changeUser(eva, { accountEnabled: true });
    await company.sync();
    assert.equal(memberIds((await company.groups()).get('Sales')).length, 1);
  });

  test('takes a removed member out of the group by one request', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    const group = await company.addGroup('Sales', [eva]);
    await company.assign(group, 'Group');
    await company.sync();
    company.requests.length = 0;
    await company.setMembers(group, { remove: [eva] });
    await company.sync();
    assert.equal(writes(company).filter((request) => request.includes('/Groups/')).length, 1);
    assert.deepEqual(memberIds((await company.groups()).get('Sales')), []);
  });

  test('removes the manager in the app when the directory has none any more', async () => {
    const company = await open();
    const boss = await assigned(company, 'boss');
    const eva = await assigned(company, 'eva', { manager: boss });
    await company.sync();
    await company.changeUser(eva, { manager: null });
    await company.sync();
    const account = (await company.accounts()).get('eva@company.example');
    assert.equal(account?.['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'], undefined);
  });
});

/** Answers that get lost after the app has done its work. */
function losing(method: string, times: number): (fetch: Fetch) => Fetch {
  let left = times;
  return (fetch) => async (request) => {
    const answer = await fetch(request);
    if (request.method !== method || left === 0) return answer;
    left -= 1;
    throw new TransportError('connection', 'the connection was lost', { sent: 'maybe' });
  };
}

function answering(
  status: number,
  method: string,
  headers: Readonly<Record<string, string>> = {},
): (fetch: Fetch) => Fetch {
  return (fetch) => async (request) => {
    if (request.method !== method) return fetch(request);
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail: 'no' };
    return { status, headers: { get: (name) => headers[name] ?? null }, text: JSON.stringify(body) };
  };
}

describe('an app that misbehaves', () => {
  test('a lost answer to a create is probed, not repeated', async () => {
    const company = await open({ wrap: losing('POST', 1) });
    await assigned(company, 'eva');
    const summary = await company.sync();
    assert.equal(summary.counts.created, 1);
    assert.equal(company.requests.filter((request) => request.startsWith('POST ')).length, 1);
    assert.equal((await company.accounts()).size, 1);
  });

  test('a lost answer to an update is followed by a look', async () => {
    const company = await open({ wrap: losing('PATCH', 1) });
    const eva = await assigned(company, 'eva');
    await company.sync();
    await company.changeUser(eva, { givenName: 'Evi' });
    const summary = await company.sync();
    assert.equal(summary.counts.updated, 1);
    assert.equal(summary.counts.failed, 0);
  });

  test('a person the app refuses is kept and tried again, and the others go on', async () => {
    let isRefusing = true;
    const company = await open({
      wrap: (fetch) => async (request) =>
        isRefusing && request.body?.includes('bad@') === true && request.method === 'POST'
          ? answering(503, 'POST')(fetch)(request)
          : fetch(request),
    });
    await assigned(company, 'bad');
    await assigned(company, 'good');
    const first = await company.sync();
    assert.equal(first.state, 'entryLevelErrors');
    assert.deepEqual([...(await company.accounts()).keys()], ['good@company.example']);
    isRefusing = false;
    const second = await company.sync();
    assert.equal(second.counts.created, 1);
    assert.equal(await company.store.engine.countEscrows('job-1'), 0);
  });

  test('credentials that do not work end the cycle, and say why', async () => {
    const company = await open({ wrap: answering(401, 'GET') });
    await assigned(company, 'eva');
    const summary = await company.sync();
    assert.equal(summary.state, 'failed');
    assert.equal(summary.error?.code, 'InvalidCredentials');
    const next = await company.store.engine.state('job-1');
    assert.equal(next.kind, 'initial');
  });

  test('an app that cannot be reached ends the cycle after a few people, and nobody is lost', async () => {
    let isDown = true;
    const company = await open({
      wrap: (fetch) => async (request) => {
        if (isDown && request.method === 'POST') throw new TransportError('connection', 'refused', { sent: 'no' });
        return fetch(request);
      },
    });
    for (let at = 0; at < 100; at += 1) await assigned(company, `person${at}`);
    const summary = await company.sync();
    assert.equal(summary.state, 'failed');
    assert.equal(summary.error?.code, 'TargetUnreachable');
    isDown = false;
    await company.sync();
    assert.equal((await company.accounts()).size, 100);
  });

  test('MATCH-5: two accounts that match are a failure that writes nothing', async () => {
    const page = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 2,
      Resources: [
        { id: '1', userName: 'eva@company.example' },
        { id: '2', userName: 'eva@company.example' },
      ],
    };
    const company = await open({
      wrap: (fetch) => async (request) =>
        request.url.includes('filter=')
          ? { status: 200, headers: { get: () => null }, text: JSON.stringify(page) }
          : fetch(request),
    });
    await assigned(company, 'eva');
    await company.sync();
    assert.deepEqual(writes(company), []);
    const [record] = await company.store.engine.log({ limit: 1 });
    assert.equal(record?.error?.code, 'DuplicateTargetEntries');
  });
});

describe('a guard over removals', () => {
  test('holds every removal of a cycle that has too many, and lets the rest through', async () => {
    const company = await open();
    const ids = await Promise.all(['anna', 'bert', 'carl'].map((name) => assigned(company, name)));
    const guard = { guard: { maxRemovals: 1 } };
    await company.sync(guard);
    for (const id of ids.slice(0, 2)) await company.unassign(id);
    await assigned(company, 'dora');
    const held = await company.sync(guard);
    assert.equal(held.counts.disabled, 0);
    assert.equal(held.counts.created, 1);
    assert.equal(held.counts.skippedBy['TooManyDeletes'], 2);
    const still = await company.sync({ guard: { maxRemovals: 2 } });
    assert.equal(still.counts.disabled, 0, 'what waits for a word is not sent because a limit was raised');
    await company.store.engine.decideStaged('job-1', { state: 'approved' });
    const released = await company.sync(guard);
    assert.equal(released.counts.disabled, 2);
  });
});

describe('running cycles', () => {
  test('a job runs once at a time', async () => {
    const company = await open();
    await assigned(company, 'eva');
    await company.store.engine.acquireLease('job-1', 'other', {
      nowMs: company.clock.nowMs(),
      untilMs: company.clock.nowMs() + 1,
    });
    await assert.rejects(() => company.sync(), JobBusyError);
    company.clock.set(company.clock.nowMs() + 2);
    assert.equal((await company.sync()).counts.created, 1);
  });

  test('a cycle whose job was taken over stops writing at once', async () => {
    const company = await open({
      wrap: (fetch) => async (request) => {
        const answer = await fetch(request);
        if (request.method === 'POST') company.clock.set(company.clock.nowMs() + 130_000);
        const nowMs = company.clock.nowMs();
        await company.store.engine.acquireLease('job-1', 'other', { nowMs, untilMs: nowMs + 120_000 });
        return answer;
      },
    });
    for (let at = 0; at < 10; at += 1) await assigned(company, `person${at}`);
    const summary = await runCycle(compileJob(company.job), { ...company.ports, concurrency: 1 });
    assert.equal(summary.state, 'failed');
    assert.equal(summary.error?.code, 'LeaseLost');
    assert.equal((await company.accounts()).size, 1);
  });

  test('writes that waited for their turn while the job was taken over are not sent any more', async () => {
    const company = await open();
    for (let at = 0; at < 10; at += 1) await assigned(company, `person${at}`);
    const { client, clock, store } = company;
    let waiting = 0;
    const late = (beforeWrite?: () => Promise<void>) => async (): Promise<never> => {
      // All of them stand in the queue of the app's pace when the process stands still for longer than its lease.
      waiting += 1;
      if (waiting === 1) {
        clock.set(clock.nowMs() + 130_000);
        const nowMs = clock.nowMs();
        await store.engine.acquireLease('job-1', 'other', { nowMs, untilMs: nowMs + 120_000 });
      }
      await beforeWrite?.();
      throw new Error('a request went out');
    };
    const ports = {
      ...company.ports,
      tracedClient: (_listener: unknown, beforeWrite?: () => Promise<void>) => ({
        ...client,
        create: late(beforeWrite),
      }),
    };
    const summary = await runCycle(compileJob(company.job), ports);
    assert.deepEqual([summary.state, summary.error?.code], ['failed', 'LeaseLost']);
    assert.equal((await company.accounts()).size, 0);
  });

  test('roles are refused with the scope "all", where nobody needs an assignment', async () => {
    const company = await open({ app: 'zenvoices' });
    assert.throws(() => compileJob({ ...company.job, scope: 'all' }), /app roles need the scope "assigned"/);
  });

  test('a cycle that is asked to stop ends in good order and goes on later', async () => {
    const company = await open();
    for (let at = 0; at < 40; at += 1) await assigned(company, `person${at}`);
    let asked = 0;
    const isStopping = (): boolean => {
      asked += 1;
      return asked > 25;
    };
    const stopping = { ...company.ports, pageSize: 10, concurrency: 1, isStopping };
    const summary = await runCycle(compileJob(company.job), stopping);
    assert.equal(summary.state, 'stopped');
    assert.deepEqual(await company.store.engine.openIntents('job-1'), []);
    const soFar = (await company.accounts()).size;
    assert.ok(soFar > 0 && soFar < 40, `${soFar} accounts`);
    const rest = await company.sync();
    assert.equal(rest.counts.created, 40 - soFar);
    assert.equal(rest.cycleId, summary.cycleId);
  });

  test('the plan of a cycle is what the cycle then does, and planning writes nothing', async () => {
    const company = await open();
    const anna = await assigned(company, 'anna');
    await company.sync();
    await company.changeUser(anna, { givenName: 'Ann' });
    await assigned(company, 'bert');
    company.requests.length = 0;
    const planned = [];
    for await (const one of planCycle(compileJob(company.job), company.ports)) planned.push(one);
    assert.deepEqual(writes(company), []);
    assert.deepEqual(planned.map((one) => one.action).sort(), ['create', 'update']);
    const summary = await company.sync();
    assert.equal(summary.counts.created, 1);
    assert.equal(summary.counts.updated, 1);
  });

  test('provision on demand does for one person what the cycle would, and a dry run only tells', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    const job = compileJob(company.job);
    const told = await provisionOnDemand(job, company.ports, { objectType: 'user', sourceId: eva, isDryRun: true });
    assert.equal(told.action, 'create');
    assert.deepEqual(writes(company), []);
    const done = await provisionOnDemand(job, company.ports, { objectType: 'user', sourceId: eva, isDryRun: false });
    assert.equal(done.status, 'success');
    assert.deepEqual(
      done.steps.map((step) => step.name),
      ['EntryImportAdd', 'EntryImport', 'EntrySynchronizationScoping', 'EntryExportAdd'],
    );
    assert.equal((await company.sync()).counts.created, 0);
  });

  test('after a restart, who left the scope meanwhile is disabled though the change is long past', async () => {
    const company = await open();
    const eva = await assigned(company, 'eva');
    await assigned(company, 'olaf');
    await company.sync();
    await company.unassign(eva);
    await company.store.engine.reset('job-1', { watermark: true, links: false, escrows: false });
    const summary = await company.sync();
    assert.equal(summary.kind, 'initial');
    assert.equal((await company.accounts()).get('eva@company.example')?.['active'], false);
  });
});
