// What an administrator is told about one person in each of the situations they ask about, over a real directory, store and app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileJob, type JobDefinition } from '@lockstep/engine';
import type { JobLife } from '@lockstep/engine/ports';
import type { Fetch } from '@lockstep/scim/client';
import type { Company } from '../../../engine/contract/company.ts';
import { companies, hire, person } from '../../../engine/contract/people.ts';
import { systemRandom } from '../system-clock.ts';
import { readAssignments } from './assigned-by.ts';
import { type Explanation, explainObject } from './explain-object.ts';

const open = companies();

async function explain(
  { job: known, store, clock }: Company,
  sourceId: string,
  change: Partial<JobDefinition> = {},
): Promise<Explanation> {
  const job = compileJob({ ...known, ...change });
  const ports = { store: store.engine, directory: store.directory, clock, random: systemRandom };
  const about = { objectType: 'user', sourceId } as const;
  const assignments = await readAssignments({ assignments: store.apps, groups: store.groups }, about);
  return explainObject(job, ports, { ...about, assignments });
}

function onlySales({ job }: Company): Partial<JobDefinition> {
  const clause = { attribute: 'department', operator: 'EQUALS', value: 'Sales' } as const;
  return { users: { ...job.users, filters: [{ title: 'Sales only', clauses: [clause] }] } };
}

function matchingByExternalId({ job }: Company): Partial<JobDefinition> {
  const mappings = job.users.mappings.map(({ matchingPrecedence: _none, ...row }) =>
    row.target === 'externalId' ? { ...row, matchingPrecedence: 1 } : row,
  );
  return { users: { ...job.users, mappings } };
}

/** An app that refuses every creation. */
function refusing(fetch: Fetch): Fetch {
  return async (request) => {
    if (request.method !== 'POST') return fetch(request);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    const text = JSON.stringify({ schemas, status: '400', scimType: 'invalidValue', detail: 'no seats left' });
    return { status: 400, headers: { get: () => null }, text };
  };
}

interface Situation {
  readonly name: string;
  readonly wrap?: (fetch: Fetch) => Fetch;
  /** Brings somebody into the situation, and returns who, and what the job is by then. */
  readonly stage: (company: Company) => Promise<{ readonly who: string; readonly change?: Partial<JobDefinition> }>;
  readonly inScope: boolean;
  readonly says: readonly RegExp[];
}

const situations: readonly Situation[] = [
  {
    name: 'nobody assigned them',
    stage: async (company) => {
      const who = await company.addUser(person('eva'));
      await company.sync();
      return { who };
    },
    inScope: false,
    says: [/^Out of scope: .*assigned/, /knows no account/, /No cycle has looked at it yet/],
  },
  {
    name: 'a filter leaves them out, with its clause and their value',
    stage: async (company) => {
      const change = onlySales(company);
      const who = await hire(company, 'eva', { department: 'Legal' });
      await company.sync(change);
      return { who, change };
    },
    inScope: false,
    says: [/Out of scope: .*Sales only.*department.*EQUALS.*Sales.*Legal/, /skipped: Filter "Sales only"/],
  },
  {
    name: 'they are disabled and never had an account',
    stage: async (company) => {
      const who = await hire(company, 'eva', { accountEnabled: false });
      await company.sync();
      return { who };
    },
    inScope: false,
    says: [/^Out of scope: The person is disabled/, /knows no account/, /skipped: .*disabled/i],
  },
  {
    name: 'they have no value to be matched by',
    stage: async (company) => {
      const change = matchingByExternalId(company);
      const who = await hire(company, 'eva', { mailNickname: null });
      await company.sync(change);
      return { who, change };
    },
    inScope: true,
    says: [/skipped: No matching attribute has a value \(externalId\)/],
  },
  {
    name: 'two accounts of the app match',
    wrap: (fetch) => async (request) => {
      const answer = await fetch(request);
      if (request.method !== 'GET' || !request.url.includes('filter=')) return answer;
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
      const twice = ['a1', 'a2'].map((id) => ({ id, userName: 'eva@company.example' }));
      const text = JSON.stringify({ schemas, totalResults: 2, itemsPerPage: 2, startIndex: 1, Resources: twice });
      return { ...answer, status: 200, text };
    },
    stage: async (company) => {
      const who = await hire(company, 'eva');
      await company.sync();
      return { who };
    },
    inScope: true,
    says: [/The last attempt failed \(DuplicateTargetEntries, once\).*Tried again not before 2026-\d\d-\d\dT/],
  },
  {
    name: 'another person has the account already',
    stage: async (company) => {
      const change = matchingByExternalId(company);
      await hire(company, 'eva');
      await company.sync(change);
      const who = await hire(company, 'ava', { mailNickname: 'eva' });
      await company.sync(change);
      return { who, change };
    },
    inScope: true,
    says: [/The last attempt failed \(DuplicateSourceEntries, once\)/],
  },
  {
    name: 'the app refuses them, with its own words and the next try',
    wrap: refusing,
    stage: async (company) => {
      const who = await hire(company, 'eva');
      await company.sync();
      return { who };
    },
    inScope: true,
    says: [/The last attempt failed \(\w+, once\): .*no seats left.*Tried again not before 2026-\d\d-\d\dT/],
  },
  {
    name: 'the guard holds their removal',
    stage: async (company) => {
      const change = { guard: { maxRemovals: 1 } };
      const people = [await hire(company, 'eva'), await hire(company, 'ava'), await hire(company, 'ida')];
      await company.sync(change);
      for (const id of people.slice(0, 2)) await company.unassign(id);
      await company.sync(change);
      return { who: people[0] ?? '', change };
    },
    inScope: false,
    says: [/Linked to the account/, /The guard holds a removal \((disable|delete), pending\) since/],
  },
  {
    name: 'their account was let go when they left the scope',
    stage: async (company) => {
      const who = await hire(company, 'eva');
      await company.sync();
      await company.unassign(who);
      await company.sync();
      return { who };
    },
    inScope: false,
    says: [/was released when it left the scope, and is left alone/],
  },
  {
    name: 'they are in step',
    stage: async (company) => {
      const who = await hire(company, 'eva');
      await company.sync();
      return { who };
    },
    inScope: true,
    says: [
      /^In scope of the app/,
      /^Assigned to the app directly/,
      /^Linked to the account/,
      /create, success/,
      /^When it is looked at next: The account is equal already/,
    ],
  },
  {
    name: 'their manager has no account yet',
    stage: async (company) => {
      const boss = await company.addUser(person('boss'));
      const who = await hire(company, 'eva', { manager: boss });
      await company.sync();
      return { who };
    },
    inScope: true,
    says: [/manager.* waits until .* has an account in the app/],
  },
];

for (const { name, wrap, stage, inScope, says } of situations) {
  test(`explain says it when ${name}`, async () => {
    const company = await open(wrap === undefined ? {} : { wrap });
    const { who, change = {} } = await stage(company);
    const told = await explain(company, who, change);
    assert.equal(told.inScope, inScope, told.scope);
    for (const pattern of says) {
      assert.ok(
        told.sentences.some((sentence) => pattern.test(sentence)),
        `${pattern}\n${told.sentences.join('\n')}`,
      );
    }
  });
}

test('explain says that the whole job stands still, why, and when it is tried again', async () => {
  const company = await open();
  const who = await hire(company, 'eva');
  await company.sync();
  const { engine } = company.store;
  const change = (next: Partial<JobLife>) => engine.changeLife(company.job.id, (life) => ({ ...life, ...next }));
  const last = async (): Promise<string> => (await explain(company, who)).sentences.at(-1) ?? '';

  await change({ state: 'Paused' });
  assert.match(await last(), /paused: no cycle comes by itself until it is started/);
  const began = company.clock.nowMs();
  const times = { currentBeganMs: began, nextAttemptMs: began + 3_600_000, seriesBeganMs: began, seriesCount: 1 };
  const quarantine = { reason: 'EncounteredQuarantineException', message: 'The token was refused.', ...times } as const;
  await change({ state: 'Quarantine', quarantine });
  assert.match(
    await last(),
    /in quarantine \(EncounteredQuarantineException\): The token was refused\. Tried again not before 2026-01-05T09:/,
  );
  await change({ state: 'Disabled', because: 'In quarantine for 28 days.' });
  assert.match(await last(), /disabled: In quarantine for 28 days\./);
});
