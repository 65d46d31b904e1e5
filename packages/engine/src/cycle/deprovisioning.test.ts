import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { type Company, openCompany } from '../../contract/company.ts';
import type { JobDefinition } from '../index.ts';

const opened: Company[] = [];

afterEach(async () => {
  for (const company of opened.splice(0)) await company.close();
});

/** One row of the deprovisioning matrix (Entra: "How provisioning works"): what happens to Eva, who has an account. */
interface Row {
  readonly rule: string;
  readonly what: string;
  /** Settings of the job, from the start. */
  readonly job?: (job: JobDefinition) => Partial<JobDefinition>;
  readonly happen: (company: Company, eva: string, group: string) => Promise<void>;
  /** Writes to the app, with ids as `ID`. */
  readonly writes: readonly string[];
  /** Actions and statuses of the records about Eva, oldest first. */
  readonly log: readonly string[];
  readonly active: boolean | undefined;
  /** Whether a later hard delete still sends a DELETE. */
  readonly isStillManaged: boolean;
}

const unassigned = (company: Company, eva: string): Promise<void> => company.unassign(eva);
const disabled = (company: Company, eva: string): Promise<void> => company.changeUser(eva, { accountEnabled: false });
const binned = (company: Company, eva: string): Promise<void> =>
  company.changeUser(eva, { deletedDateTime: '2026-01-05T08:00:00Z' });
const deleted = (company: Company, eva: string): Promise<void> => company.deleteUser(eva);
const left = (company: Company, eva: string): Promise<void> => company.changeUser(eva, { department: 'Legal' });
const actions =
  (change: Partial<JobDefinition['users']['actions']>) =>
  ({ users }: JobDefinition): Partial<JobDefinition> => ({
    users: { ...users, actions: { ...users.actions, ...change } },
  });
const filtered = ({ users }: JobDefinition): Partial<JobDefinition> => {
  const clause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' } as const;
  return { users: { ...users, filters: [{ title: 'Sales only', clauses: [clause] }] } };
};
const withoutActive = ({ users }: JobDefinition): Partial<JobDefinition> => ({
  users: { ...users, mappings: users.mappings.filter((row) => row.target !== 'active') },
});

const PATCH = 'PATCH /Users/ID';
const DELETE = 'DELETE /Users/ID';

const rows: readonly Row[] = [
  {
    rule: 'D1',
    what: 'is disabled in the directory',
    happen: disabled,
    writes: [PATCH],
    log: ['disable success'],
    active: false,
    isStillManaged: true,
  },
  {
    rule: 'D2',
    what: 'goes into the recycle bin',
    happen: binned,
    writes: [PATCH],
    log: ['disable success'],
    active: false,
    isStillManaged: true,
  },
  {
    rule: 'D3',
    what: 'is gone for good',
    happen: deleted,
    writes: [DELETE],
    log: ['delete success'],
    active: undefined,
    isStillManaged: false,
  },
  {
    rule: 'D4',
    what: 'is unassigned',
    happen: unassigned,
    writes: [PATCH],
    log: ['disable success'],
    active: false,
    isStillManaged: false,
  },
  {
    rule: 'D5',
    what: 'falls out of the filter',
    job: filtered,
    happen: left,
    writes: [PATCH],
    log: ['disable success'],
    active: false,
    isStillManaged: false,
  },
  {
    rule: 'D6',
    what: 'comes back with another name',
    happen: async (company, eva) => {
      await company.unassign(eva);
      await company.sync();
      company.requests.length = 0;
      await company.changeUser(eva, { displayName: 'Eva II' });
      await company.assign(eva);
    },
    writes: [PATCH],
    log: ['disable success', 'update success'],
    active: true,
    isStillManaged: true,
  },
  ...[disabled, binned, unassigned].map((happen) => ({
    rule: 'D7',
    what: `leaves (${happen.name}) an app that cannot disable`,
    job: () => ({ hasNoSoftDelete: true }),
    happen,
    writes: [DELETE],
    log: ['delete success'],
    active: undefined,
    isStillManaged: false,
  })),
  ...[unassigned, left].map((happen) => ({
    rule: 'D11',
    what: `leaves the scope (${happen.name}) while such accounts are left alone`,
    job: (job: JobDefinition) => ({ ...filtered(job), skipOutOfScopeDeletions: true }),
    happen,
    writes: [],
    log: ['other skipped'],
    active: true,
    isStillManaged: false,
  })),
  {
    rule: 'D8',
    what: 'is unassigned while nothing carries IsSoftDeleted',
    job: withoutActive,
    happen: unassigned,
    writes: [],
    log: ['other skipped'],
    active: undefined,
    isStillManaged: false,
  },
  {
    rule: 'D8',
    what: 'is disabled while nothing carries IsSoftDeleted',
    job: withoutActive,
    happen: disabled,
    writes: [],
    log: ['other skipped'],
    active: undefined,
    isStillManaged: true,
  },
  {
    rule: 'D9',
    what: 'is disabled while the Update action is off',
    job: actions({ update: false }),
    happen: disabled,
    writes: [],
    log: ['other skipped'],
    active: true,
    isStillManaged: true,
  },
  {
    rule: 'D10',
    what: 'is gone for good while the Delete action is off',
    job: actions({ delete: false }),
    happen: deleted,
    writes: [],
    log: ['other skipped'],
    active: true,
    isStillManaged: false,
  },
];

describe('the deprovisioning matrix on the wire and in the log', () => {
  for (const row of rows) {
    test(`${row.rule}: somebody ${row.what}`, async () => {
      const { company, eva, group, settings } = await begin(row.job);
      await row.happen(company, eva, group);
      await company.sync(settings);
      assert.deepEqual(writes(company), row.writes);
      assert.deepEqual(await logged(company, eva), row.log);
      assert.equal((await company.accounts()).get('eva@x.example')?.['active'], row.active);
      company.requests.length = 0;
      await company.deleteUser(eva);
      await company.sync(settings);
      assert.equal(writes(company).includes(DELETE), row.isStillManaged);
    });
  }

  test('D12: a group is unassigned: its members are disabled, and the group is deleted', async () => {
    const { company, eva, group } = await begin();
    await company.unassign(eva);
    await company.assign(group, 'Group');
    await company.sync();
    company.requests.length = 0;
    await company.unassign(group, 'Group');
    await company.sync();
    assert.deepEqual(writes(company).sort(), ['DELETE /Groups/ID', PATCH]);
    assert.equal((await company.accounts()).get('eva@x.example')?.['active'], false);
    assert.equal((await company.groups()).size, 0);
    assert.deepEqual((await logged(company, eva)).at(-1), 'disable success');
    assert.deepEqual((await logged(company, group)).at(-1), 'delete success');
  });

  test('D13: a hard delete while the job is paused is sent after start, and lost in a full restart', async () => {
    for (const isFull of [false, true]) {
      const { company, eva } = await begin();
      const { engine } = company.store;
      await engine.changeLife('job-1', (life) => ({ ...life, state: 'Paused' }));
      await company.deleteUser(eva);
      if (isFull) await engine.reset('job-1', { watermark: true, links: true, escrows: true });
      await company.sync();
      assert.deepEqual(writes(company), isFull ? [] : [DELETE]);
      assert.deepEqual(await logged(company, eva), isFull ? [] : ['delete success']);
    }
  });
});

async function begin(change?: Row['job']): Promise<{
  company: Company;
  eva: string;
  group: string;
  settings: Partial<JobDefinition>;
}> {
  const company = await openCompany();
  opened.push(company);
  const eva = await company.addUser({
    userPrincipalName: 'eva@x.example',
    displayName: 'Eva',
    mail: 'eva@x.example',
    mailNickname: 'eva',
    department: 'Sales',
    accountEnabled: true,
  });
  const group = await company.addGroup('Sales', [eva]);
  await company.assign(eva);
  const settings = change?.(company.job) ?? {};
  await company.sync(settings);
  company.requests.length = 0;
  return { company, eva, group, settings };
}

function writes(company: Company): string[] {
  return company.requests
    .filter((request) => !request.startsWith('GET '))
    .map((request) => request.replace(/ \/.*\/(Users|Groups)\/[^/]+$/, ' /$1/ID'));
}

async function logged(company: Company, eva: string): Promise<readonly string[]> {
  const records = await company.store.engine.log({ sourceId: eva, limit: 20 });
  // The first record is the creation.
  return records
    .toReversed()
    .slice(1)
    .map((record) => `${record.action} ${record.status}`);
}
