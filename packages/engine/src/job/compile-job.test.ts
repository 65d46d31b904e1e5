import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppTemplate, type AttributeMapping, templates } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import { findDoubts } from '../expression/find-doubts.ts';
import { compileJob } from './compile-job.ts';
import type { JobDefinition } from './job-definition.ts';

function jobOf(template: AppTemplate, more: Partial<JobDefinition> = {}): JobDefinition {
  return {
    id: 'job',
    name: template.title,
    template: template.id,
    tenantUrl: 'https://app.example/scim',
    scope: template.scope,
    users: template.users,
    groups: template.groups,
    dialect: 'rfc',
    schedule: { intervalMs: 2_400_000, onChange: true, isEnabled: true },
    ...more,
  };
}

function withMatching(template: AppTemplate, target: string): JobDefinition {
  const mappings = template.users.mappings.map((row): AttributeMapping => {
    return row.target === target ? { ...row, matchingPrecedence: 1 } : row;
  });
  return jobOf(template, { users: { ...template.users, mappings } });
}

for (const template of Object.values(templates)) {
  test(`the template of ${template.title} runs as it is, and Entra would not object to its expressions`, () => {
    const { objects } = compileJob(jobOf(template));
    for (const { mapping } of [objects.user, objects.group]) {
      assert.ok(mapping.matching.length > 0);
      for (const { expression } of mapping.mappings) {
        if (expression !== undefined) assert.deepEqual(findDoubts(expression.expression), []);
      }
    }
    assert.ok(
      objects.user.mapping.mappings.some(({ carriesSoftDelete }) => carriesSoftDelete) || template.id === 'ziflow',
    );
  });

  test(`MATCH-4: ${template.title} cannot match by what it cannot filter on, and says why`, () => {
    const { mappings, targetAttributes } = template.users;
    const filterable = targetAttributes.filter((one) => one.filterable === true).map(({ name }) => name);
    for (const { target } of mappings.filter((row) => row.matchingPrecedence === undefined)) {
      const compile = (): unknown => compileJob(withMatching(template, target));
      if (filterable.includes(target)) compile();
      else {
        assert.throws(
          compile,
          (error) =>
            error instanceof ConfigurationError &&
            error.code === 'invalidMatching' &&
            /filtering|one value/.test(error.message),
          target,
        );
      }
    }
  });
}

test('app roles need assignments, so the scope all refuses them', () => {
  assert.throws(() => compileJob(jobOf(templates.zenvoices, { scope: 'all' })), /app roles need the scope "assigned"/);
});

test('groups that filters and input filters of users name are asked about', () => {
  const of = (value: string) =>
    ({ title: value, clauses: [{ attribute: 'memberOf', operator: 'IS MEMBER OF', value }] }) as const;
  const users = { ...templates.generic.users, filters: [of('a')], inputFilters: [of('b')] };
  assert.deepEqual(compileJob(jobOf(templates.generic, { users })).objects.user.filterGroupIds, ['a', 'b']);
  const groups = { ...templates.generic.groups, filters: [of('a')] };
  assert.throws(() => compileJob(jobOf(templates.generic, { groups })), { code: 'invalidFilter' });
});
