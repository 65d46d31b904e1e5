import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { type Fault, faults, type Quirk, quirks } from '@lockstep/checker';
import { type FaultyCompany, type FaultyCompanyOptions, openFaultyCompany } from '../../contract/faulty-company.ts';

const opened: FaultyCompany[] = [];

async function open(options: FaultyCompanyOptions = {}): Promise<FaultyCompany> {
  const faulty = await openFaultyCompany(options);
  opened.push(faulty);
  return faulty;
}

afterEach(async () => {
  for (const one of opened.splice(0)) await one.company.close();
});

async function hire(faulty: FaultyCompany, name: string, manager?: string): Promise<string> {
  const id = await faulty.company.addUser({
    userPrincipalName: `${name}@company.example`,
    displayName: name,
    givenName: name,
    surname: 'Person',
    mail: `${name}@company.example`,
    mailNickname: name,
    accountEnabled: true,
    ...(manager === undefined ? {} : { manager }),
  });
  await faulty.company.assign(id);
  return id;
}

interface People {
  readonly ids: readonly string[];
  readonly group: string;
}

async function firstDay(faulty: FaultyCompany): Promise<People> {
  const ids: string[] = [];
  for (let at = 0; at < 8; at += 1) ids.push(await hire(faulty, `person${at}`, ids[Math.floor((at - 1) / 2)]));
  const group = await faulty.company.addGroup('Sales', ids.slice(0, 5));
  await faulty.company.assign(group, 'Group');
  return { ids, group };
}

/** A change of every kind: update, disable, delete, create, member in, member out. */
async function secondDay({ company }: FaultyCompany, { ids, group }: People, hired: string): Promise<void> {
  const [, renamed = '', disabled = '', gone = '', , , left = ''] = ids;
  await company.changeUser(renamed, { givenName: 'Married' });
  await company.changeUser(disabled, { accountEnabled: false });
  await company.deleteUser(gone);
  await company.unassign(left);
  await company.setMembers(group, { add: [hired], remove: [renamed] });
}

/** Every third request fails, and on the second day every second one. */
async function liveThrough(faulty: FaultyCompany, fault: Fault): Promise<void> {
  const people = await firstDay(faulty);
  faulty.server.setPlan(({ number }) => (number % 3 === 0 ? fault : undefined));
  await faulty.sync();
  await faulty.sync();
  const hired = await hire(faulty, 'hired', people.ids[0]);
  await secondDay(faulty, people, hired);
  faulty.server.setPlan(({ number }) => (number % 2 === 0 ? fault : undefined));
  await faulty.sync();
  await faulty.sync();
  await faulty.recover();
}

describe('after a fault is over the app equals the directory, nobody lost and nobody twice', () => {
  for (const fault of faults) {
    for (const app of ['takes-duplicates', undefined] as const) {
      test(`${fault}${app === undefined ? '' : ', in an app that takes duplicates'}`, async () => {
        const faulty = await open(app === undefined ? {} : { quirks: [app] });
        await liveThrough(faulty, fault);
        assert.deepEqual(faulty.actual(), await faulty.expected());
      });
    }
  }

  test('also when the very first writes of each kind are lost after they were carried out', async () => {
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      const faulty = await open({ quirks: ['takes-duplicates'] });
      let lost = 0;
      const people = await firstDay(faulty);
      faulty.server.setPlan((request) => (request.method === method && lost++ < 3 ? 'drop-after-commit' : undefined));
      await faulty.sync();
      await secondDay(faulty, people, await hire(faulty, 'hired'));
      await faulty.sync();
      await faulty.recover();
      assert.deepEqual(faulty.actual(), await faulty.expected(), method);
    }
  });
});

describe('an app that behaves oddly for good ends up equal to the directory all the same', () => {
  for (const quirk of quirks) {
    test(quirk, async () => {
      const faulty = await open({ quirks: [quirk] });
      for (let at = 0; at < 60; at += 1) await hire(faulty, `crowd${at}`);
      const people = await firstDay(faulty);
      await faulty.sync();
      await secondDay(faulty, people, await hire(faulty, 'hired', people.ids[0]));
      await faulty.recover();
      assert.deepEqual(faulty.actual(), await faulty.expected());
    });
  }

  for (const quirk of ['no-put', 'filter-ignored', 'case-exact-filter'] satisfies readonly Quirk[]) {
    test(`accounts that were there before are linked: ${quirk}`, async () => {
      const faulty = await open({ quirks: [quirk] });
      const users = faulty.server.shelves.get('/Users');
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
      for (const name of ['stranger', 'person1', 'person4']) {
        users?.create({ schemas, userName: `${name}@company.example`, active: name !== 'stranger' });
      }
      await firstDay(faulty);
      await faulty.recover();
      assert.deepEqual(faulty.actual(), await faulty.expected());
      assert.equal(faulty.server.users().length, 9, 'the stranger is still there, and nobody is there twice');
    });
  }
});

describe('what 429 asks for is done and never held against the job', () => {
  test('a storm of refusals leaves no failure that counts toward quarantine', async () => {
    const faulty = await open();
    await firstDay(faulty);
    faulty.server.setPlan(({ method }) => (method === 'POST' ? 'throttle-without-time' : undefined));
    await faulty.sync();
    const counts = await faulty.company.store.engine.failureCounts('job-1');
    assert.equal(counts.failures, 0);
    await faulty.recover();
    assert.deepEqual(faulty.actual(), await faulty.expected());
  });

  test('an app that asks to be left alone for a day gets its wish', async () => {
    const faulty = await open();
    await hire(faulty, 'eva');
    faulty.server.setPlan(({ method }) => (method === 'POST' ? 'throttle-huge' : undefined));
    await faulty.sync();
    faulty.server.setPlan(undefined);
    const before = faulty.server.requests();
    await faulty.sync();
    assert.equal(faulty.server.requests(), before);
    faulty.company.clock.set(faulty.company.clock.nowMs() + 86_400_000);
    await faulty.sync();
    assert.equal(faulty.server.users().length, 1);
  });
});

describe('policies', () => {
  const remove = (faulty: FaultyCompany): void => {
    const [account] = faulty.server.users();
    faulty.server.shelves.get('/Users')?.remove(String(account?.['id']));
  };

  test('MATCH-7: a linked account that is gone is reported as InvalidAnchor, unless the job says otherwise', async () => {
    const faulty = await open();
    const eva = await hire(faulty, 'eva');
    await faulty.sync();
    remove(faulty);
    await faulty.company.changeUser(eva, { givenName: 'Evi' });
    assert.equal((await faulty.sync()).counts.failed, 1);
    const [record] = await faulty.company.store.engine.log({ limit: 1 });
    assert.equal(record?.error?.code, 'InvalidAnchor');
    assert.equal(faulty.server.users().length, 0);
  });

  test('afterVanished: recreate makes the account anew, with its groups', async () => {
    const faulty = await open({ job: { afterVanished: 'recreate' } });
    const people = await firstDay(faulty);
    await faulty.sync();
    remove(faulty);
    for (const id of people.ids.slice(0, 1)) await faulty.company.changeUser(id, { givenName: 'Back' });
    await faulty.recover();
    const members = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('group'));
    assert.equal(members(faulty.actual()), members(await faulty.expected()));
    assert.equal(faulty.server.users().length, 8);
  });

  test('afterVanished: recreate has nothing to do for somebody who leaves', async () => {
    const faulty = await open({ job: { afterVanished: 'recreate' } });
    const eva = await hire(faulty, 'eva');
    await faulty.sync();
    remove(faulty);
    await faulty.company.unassign(eva);
    assert.equal((await faulty.sync()).counts.failed, 0);
    assert.equal(faulty.server.users().length, 0);
  });

  for (const onConflict of ['link', 'report'] as const) {
    test(`onConflict: ${onConflict}`, async () => {
      const faulty = await open({ job: { onConflict } });
      await hire(faulty, 'eva');
      const users = faulty.server.shelves.get('/Users');
      // Somebody makes the account between the look and the creation.
      faulty.server.setPlan(({ method }) => {
        const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
        if (method === 'POST') users?.create({ schemas, userName: 'Eva@company.example' });
        return undefined;
      });
      const summary = await faulty.sync();
      assert.equal(summary.counts.linked, onConflict === 'link' ? 1 : 0);
      assert.equal(summary.counts.failed, onConflict === 'link' ? 0 : 1);
      const [record] = await faulty.company.store.engine.log({ limit: 1 });
      assert.equal(record?.error?.code, onConflict === 'link' ? undefined : 'EntryConflict');
    });
  }

  test('deleteReleased: whoever was let go and is then gone for good is deleted', async () => {
    for (const deleteReleased of [true, false]) {
      const faulty = await open({ job: { deleteReleased } });
      const eva = await hire(faulty, 'eva');
      await faulty.sync();
      await faulty.company.unassign(eva);
      await faulty.sync();
      await faulty.company.deleteUser(eva);
      await faulty.sync();
      assert.equal(faulty.server.users().length, deleteReleased ? 0 : 1);
    }
  });
});
