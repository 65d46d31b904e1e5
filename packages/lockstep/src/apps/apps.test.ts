import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileJob } from '@lockstep/engine';
import { templates } from '@lockstep/gallery';
import fc from 'fast-check';
import { LockstepError } from '../lockstep-error.ts';
import { buildDefinition } from './build-definition.ts';
import { type DeclaredApp, declaredAppSchema } from './declared-app.ts';
import { diffJson } from './diff-json.ts';
import { printDuration, readDuration } from './duration.ts';
import { readApplyFile, resolveReferences } from './read-apply-file.ts';

const bare: DeclaredApp = { name: 'Test', template: 'generic', tenantUrl: 'https://app.example/scim' };

for (const template of Object.values(templates)) {
  test(`an app made from ${template.id} alone is its template, and compiles`, () => {
    const declared = declaredAppSchema.parse({ ...bare, template: template.id });
    const definition = buildDefinition('1', declared);
    assert.deepEqual(definition.users, template.users);
    assert.deepEqual(definition.groups, template.groups);
    assert.equal(definition.schedule.intervalMs, 2_400_000);
    assert.equal(compileJob(definition).definition, definition);
  });
}

test('a declared row replaces the row of its target and keeps what it does not say', () => {
  const { users } = buildDefinition('1', { ...bare, users: { mappings: [{ target: 'USERNAME', source: 'mail' }] } });
  const row = users.mappings.find((one) => one.target === 'userName');
  assert.deepEqual(row, {
    target: 'userName',
    source: { kind: 'attribute', name: 'mail' },
    apply: 'always',
    matchingPrecedence: 1,
  });
  assert.equal(users.mappings.length, templates.generic.users.mappings.length);
});

test('a declared matching attribute goes before the one of the template, and 0 ends the matching by a row', () => {
  const first = buildDefinition('1', {
    ...bare,
    users: { mappings: [{ target: 'externalId', source: 'objectId', match: 1 }] },
  });
  const precedence = (name: string) => first.users.mappings.find((one) => one.target === name)?.matchingPrecedence;
  assert.deepEqual([precedence('externalId'), precedence('userName')], [1, 2]);
  const only = buildDefinition('1', {
    ...bare,
    users: {
      mappings: [
        { target: 'externalId', source: 'objectId', match: 1 },
        { target: 'userName', source: 'userPrincipalName', match: 0 },
      ],
    },
  });
  assert.deepEqual(
    only.users.mappings.filter((one) => one.matchingPrecedence !== undefined).map((one) => one.target),
    ['externalId'],
  );
});

test('an attribute the app cannot be asked for is refused as a matching one, with those that can', () => {
  assert.throws(
    () => buildDefinition('1', { ...bare, users: { mappings: [{ target: 'title', source: 'jobTitle', match: 2 }] } }),
    (error) =>
      error instanceof LockstepError &&
      error.message === 'title cannot be a matching attribute: the app cannot be asked for it' &&
      error.hint?.includes('userName') === true,
  );
});

test('rows go by their target, actions are those named, and an unknown target to remove is told', () => {
  const { users, groups } = buildDefinition('1', {
    ...bare,
    users: { remove: ['title', 'name.formatted'], actions: ['create'] },
    groups: { enabled: false },
  });
  assert.equal(
    users.mappings.some((one) => one.target === 'title'),
    false,
  );
  assert.deepEqual(users.actions, { create: true, update: false, delete: false });
  assert.equal(groups.enabled, false);
  assert.throws(() => buildDefinition('1', { ...bare, users: { remove: ['shoeSize'] } }), /no mapping to shoeSize/);
});

test('a new target joins the attribute list, as declared or as text', () => {
  const { users } = buildDefinition('1', {
    ...bare,
    template: 'zenya',
    users: {
      mappings: [
        { target: 'nickName', source: 'mailNickname' },
        { target: 'roles', expression: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])' },
      ],
      attributes: [{ name: 'roles', type: 'String', multiValued: true }],
    },
  });
  assert.deepEqual(
    users.targetAttributes.filter((one) => one.name === 'nickName' || one.name === 'roles'),
    [
      { name: 'roles', type: 'String', multiValued: true },
      { name: 'nickName', type: 'String' },
    ],
  );
});

test('durations of days, hours, minutes and seconds are read and written alike', () => {
  assert.equal(readDuration('PT40M'), 2_400_000);
  assert.equal(readDuration('P1DT1H1M1S'), 90_061_000);
  for (const text of ['', 'P', 'PT', '40', 'PT40', 'P1M', 'pt4m', 'PT-4M'])
    assert.equal(readDuration(text), undefined, text);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), (seconds) => {
      assert.equal(readDuration(printDuration(seconds * 1_000)), seconds * 1_000);
    }),
  );
});

test('differences name what differs, pairing rows by their name', () => {
  const before = {
    scope: 'all',
    users: {
      mappings: [
        { target: 'a', apply: 'always' },
        { target: 'b', apply: 'always' },
      ],
    },
  };
  const after = {
    users: {
      mappings: [
        { target: 'b', apply: 'create-only' },
        { target: 'c', apply: 'always' },
      ],
    },
  };
  assert.deepEqual(diffJson(before, after), [
    { what: 'scope', before: 'all', after: null },
    { what: 'users.mappings.a', before: '{"target":"a","apply":"always"}', after: null },
    { what: 'users.mappings.b.apply', before: 'always', after: 'create-only' },
    { what: 'users.mappings.c', before: null, after: '{"target":"c","apply":"always"}' },
  ]);
  assert.deepEqual(diffJson(before, before), []);
  assert.equal(diffJson([{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }]).length, 1);
});

const FILE = `directory:
  feeds:
    - { name: people, type: csv, file: people.csv, key: employeeId }
apps:
  - name: Zenvoices production
    template: zenvoices
    tenantUrl: http://127.0.0.1:4600/zenvoices/api/scim/entra/1234
    secretToken: env:ZENVOICES_TOKEN
    scope: assigned
    assignments:
      - { user: eva.lind@example.com, roles: ["Uploader,Authorizer"] }
      - { group: Finance, roles: [Viewer] }
    filters:
      - { title: Sales only, clauses: [{ attribute: department, operator: EQUALS, value: Sales }] }
    users:
      actions: [create, update, delete]
      mappings:
        - { source: objectId, target: externalId, match: 1 }
        - { expression: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])', target: roles }
    groups: { enabled: false }
    schedule: { interval: PT40M, onChange: true }
    rate: { requestsPerSecond: 25 }
    guard: { maxRemovals: 50, maxRemovalsPercent: 10 }
    notify: { mail: ops@example.com, onFailure: true }
    dialect: rfc
`;

test('the file of the contract is read, and its app compiles', () => {
  const [app] = readApplyFile(FILE).apps ?? [];
  assert.ok(app !== undefined);
  assert.equal(compileJob(buildDefinition('1', app)).definition.rate?.requestsPerSecond, 25);
});

test('faults of a file are told with their lines', () => {
  const text = FILE.replace('    rate:', '    speed: 4\n    rate:')
    .replace('template: zenvoices', 'template: zenvoice')
    .replace('match: 1', 'match: first')
    .replace('interval: PT40M', 'interval: 40 minutes');
  assert.throws(
    () => readApplyFile(text),
    (error) => {
      assert.ok(error instanceof LockstepError);
      assert.deepEqual(
        error.issues.map((issue) => issue.place),
        ['line 6', 'line 18', 'line 21', 'line 22'],
      );
      assert.match(error.issues[3]?.message ?? '', /speed: there is no key "speed" here/);
      return true;
    },
  );
  assert.throws(() => readApplyFile('apps:\n  - name: [\n'), /^LockstepError: line \d/);
  assert.deepEqual(readApplyFile(''), {});
});

test('tokens and feeds are read from where the file says they are', () => {
  const sources = {
    environment: { ZENVOICES_TOKEN: 'geheim' },
    readFile: (path: string): string => {
      if (path === 'people.csv') return 'employeeId\n';
      throw new Error('no such file');
    },
  };
  const resolved = resolveReferences(readApplyFile(FILE), sources);
  assert.equal(resolved.apps?.[0]?.secretToken, 'geheim');
  assert.equal(resolved.directory?.feeds?.[0]?.text, 'employeeId\n');
  assert.throws(
    () => resolveReferences(readApplyFile(FILE), { ...sources, environment: {} }),
    /Zenvoices production: secretToken: the environment variable ZENVOICES_TOKEN is not set/,
  );
  const byFile = readApplyFile(FILE.replace('env:ZENVOICES_TOKEN', 'file:token.txt'));
  assert.throws(() => resolveReferences(byFile, sources), /the file token.txt cannot be read/);
});
