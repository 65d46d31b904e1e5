import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { jobFor } from '../../contract/company.ts';
import { testContext } from '../expression/test-context.ts';
import { compileJob } from '../job/compile-job.ts';
import type { JobDefinition } from '../job/job-definition.ts';
import { buildResource } from '../mapping/build-resource.ts';
import { mapObject } from '../mapping/map-object.ts';
import { userSource } from '../mapping/source-object.ts';
import type { DirectoryUser } from '../ports/directory.ts';
import type { Link } from '../ports/engine-store.ts';
import { eva, finance } from '../test-people.ts';
import { type Foreseen, foreseeObject } from './foresee-object.ts';

const job = jobFor('zenya', 'https://app.example/scim');
const sales = {
  title: 'Sales only',
  clauses: [{ attribute: 'department', operator: 'EQUALS', value: 'Sales' }],
} as const;

function linkOf(user: DirectoryUser, state: Link['state'] = 'managed'): Link {
  const result = mapObject(compileJob(job).objects.user.mapping, userSource(user, false), testContext());
  assert.ok(result.kind === 'mapped');
  const view: JsonObject = { id: 't1', ...buildResource(result.mapped) };
  return { sourceId: user.id, objectType: 'user', targetId: 't1', view, state };
}

function foresee(user: DirectoryUser, link?: Link, change: Partial<JobDefinition> = {}): Foreseen {
  const compiled = compileJob({ ...job, ...change });
  return foreseeObject(compiled, { objectType: 'user', user }, { link, context: testContext() });
}

/** In short: what, and why or which attributes. */
function next(foreseen: Foreseen): string {
  const one = foreseen.next;
  switch (one.do) {
    case 'match':
      return `match ${one.lookups.map(({ attribute }) => attribute).join()} ${one.creates ? 'or create' : 'only'}`;
    case 'plan':
      if (one.plan.do === 'nothing') return `nothing ${one.plan.because}`;
      return 'changes' in one.plan
        ? `${one.plan.do} ${one.plan.changes.map(({ attribute }) => attribute).join()}`
        : one.plan.do;
    default:
      return `${one.do} ${one.code}`;
  }
}

test('whoever has no account is looked for first, and one is made only when the job creates', () => {
  assert.match(next(foresee(eva())), /^match \S+ or create$/);
  const users = { ...job.users, actions: { ...job.users.actions, create: false } };
  assert.match(next(foresee(eva(), undefined, { users })), /^match \S+ only$/);
  assert.equal(next(foresee(eva({}, { userPrincipalName: null }))), 'fail MissingValues');
});

test('a linked account is compared with what was last sent', () => {
  assert.equal(next(foresee(eva(), linkOf(eva()))), 'nothing unchanged');
  assert.match(next(foresee(eva({}, { displayName: 'Eva Berg' }), linkOf(eva()))), /^update displayName/);
  assert.match(next(foresee(eva({ isAccountEnabled: false }), linkOf(eva()))), /^disable active$/);
  assert.equal(next(foresee(eva({ deleted: 'hard' }), linkOf(eva()))), 'delete');
  assert.equal(next(foresee(eva({ isAssigned: false }), linkOf(eva(), 'released'))), 'nothing released');
});

test('the filter that lets somebody in is named, and an input filter hides whoever fails it', () => {
  const filters = [{ ...sales, title: 'Legal', clauses: [{ ...sales.clauses[0], value: 'Legal' }] }, sales];
  const users = { ...job.users, filters };
  assert.equal(foresee(eva(), undefined, { users }).filter, 'Sales only');
  const outside = foresee(eva({}, { department: 'IT' }), undefined, { users });
  assert.deepEqual([outside.verdict.inScope, outside.filter], [false, undefined]);
  const hidden = foresee(eva({}, { department: 'IT' }), linkOf(eva()), {
    users: { ...job.users, inputFilters: [sales] },
  });
  assert.equal(next(hidden), 'skip EntrySynchronizationSkipped');
});

test('groups are foreseen like people', () => {
  const compiled = compileJob({ ...job, groups: { ...job.groups, enabled: true } });
  const context = testContext();
  const seen = foreseeObject(compiled, { objectType: 'group', group: finance() }, { link: undefined, context });
  assert.equal(next(seen), 'match displayName or create');
});
