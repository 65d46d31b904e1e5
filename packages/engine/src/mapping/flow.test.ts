import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, type TargetAttribute, templates } from '@lockstep/gallery';
import { applyPatch, type JsonObject, type PatchOperation, patchBody, userType } from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';
import { testContext } from '../expression/test-context.ts';
import type { Plan } from '../plan/plan.ts';
import { planObject } from '../plan/plan-object.ts';
import { eva } from '../test-people.ts';
import { buildResource } from './build-resource.ts';
import { compileMapping } from './compile-mapping.ts';
import { type MappedResource, mapObject } from './map-object.ts';
import { userSource } from './source-object.ts';
import { withoutWriteOnly } from './without-write-only.ts';

const [userName] = templates.generic.users.mappings;
assert.ok(userName);

function mappingOf(row: Partial<AttributeMapping>, attribute: Partial<TargetAttribute> = {}): ObjectMapping {
  const target = row.target ?? 'title';
  const mapping: AttributeMapping = {
    target,
    source: { kind: 'attribute', name: 'jobTitle' },
    apply: 'always',
    ...row,
  };
  const described: TargetAttribute = { name: target, type: 'String', ...attribute };
  const others = templates.generic.users.targetAttributes.filter(({ name }) => name !== target);
  return {
    ...templates.generic.users,
    mappings: [userName as AttributeMapping, mapping],
    targetAttributes: [...others, described],
  };
}

function mappedOf(mapping: ObjectMapping, attributes: JsonObject): MappedResource {
  const result = mapObject(compileMapping(mapping), userSource(eva({}, attributes), false), testContext());
  assert.ok(result.kind === 'mapped', JSON.stringify(result));
  return result.mapped;
}

function planOf(mapping: ObjectMapping, attributes: JsonObject, targetView: JsonObject): Plan {
  const mapped = mappedOf(mapping, attributes);
  const view = { userName: 'eva.lind@example.com', ...targetView };
  const facts = { objectType: 'user', isEnabled: true, actions: mapping.actions, verdict: { inScope: true } } as const;
  return planObject({ ...facts, mapped, link: { state: 'managed' }, targetView: view });
}

function sent(mapping: ObjectMapping, attributes: JsonObject, targetView: JsonObject): unknown {
  const plan = planOf(mapping, attributes, targetView);
  if (plan.do === 'nothing') return plan.because;
  assert.ok(plan.do === 'update');
  return wire(plan.operations);
}

function wire(operations: readonly PatchOperation[]): unknown {
  return patchBody(operations, 'rfc')['Operations'];
}

const emails = 'emails[type eq "work"].value';

test('MAP-1: a null source leaves what the app has', () => {
  assert.equal(sent(mappingOf({}), {}, { title: 'Old' }), 'unchanged');
});

test('clearWhenNull takes a single value out of the account, and the log says so', () => {
  const plan = planOf(mappingOf({ clearWhenNull: true }), {}, { title: 'Old' });
  assert.ok(plan.do === 'update');
  assert.deepEqual(wire(plan.operations), [{ op: 'remove', path: 'title' }]);
  assert.deepEqual(plan.changes, [{ attribute: 'title', oldValue: 'Old', newValue: null }]);
  assert.notEqual(sent(mappingOf({ clearWhenNull: true }), { jobTitle: '' }, { title: 'Old' }), 'unchanged');
  assert.equal(sent(mappingOf({ clearWhenNull: true }), {}, {}), 'unchanged');
});

test('clearWhenNull takes a whole list out of the account', () => {
  const mapping = mappingOf({ target: 'roles', clearWhenNull: true }, { multiValued: true });
  assert.deepEqual(sent(mapping, {}, { roles: [{ value: 'a' }] }), [{ op: 'remove', path: 'roles' }]);
});

test('clearWhenNull takes out the element whose value is gone, and keeps one that says more', () => {
  const mapping = mappingOf({ target: emails, clearWhenNull: true });
  const element = { type: 'work', primary: true, value: 'eva@x.example' };
  assert.deepEqual(sent(mapping, {}, { emails: [element] }), [{ op: 'remove', path: 'emails[type eq "work"]' }]);
  const more = { ...element, display: 'Eva' };
  assert.deepEqual(sent(mapping, {}, { emails: [more] }), [{ op: 'remove', path: emails }]);
});

test('what was cleared is equal afterwards', () => {
  for (const [target, view] of [
    ['title', { title: 'Old' }],
    [
      emails,
      {
        emails: [
          { type: 'work', value: 'x' },
          { type: 'home', value: 'y' },
        ],
      },
    ],
    ['name.givenName', { name: { givenName: 'Eva' } }],
  ] as const) {
    const mapping = mappingOf({ target, clearWhenNull: true });
    const plan = planOf(mapping, {}, view);
    assert.ok(plan.do === 'update', target);
    const { resource } = applyPatch({ userName: 'u', ...view }, plan.operations, userType, { makeMissing: true });
    assert.equal(sent(mapping, {}, { ...resource, userName: 'eva.lind@example.com' }), 'unchanged', target);
  }
});

test('clearWhenNull is refused for required targets and where nothing may be taken away', () => {
  refused(mappingOf({ clearWhenNull: true }, { required: true }), /required attribute cannot be cleared/);
  refused(mappingOf({ clearWhenNull: true, apply: 'create-only' }), /does not go with apply create-only/);
  refused(mappingOf({ clearWhenNull: true }, { mutability: 'Immutable' }), /immutable/);
});

test('MAP-2: an equal account is not written, unless the flow behaviour is always', () => {
  assert.equal(sent(mappingOf({}), { jobTitle: 'CEO' }, { title: 'CEO' }), 'unchanged');
  const always = mappingOf({ flowBehavior: 'always' });
  assert.deepEqual(sent(always, { jobTitle: 'CEO' }, { title: 'CEO' }), [
    { op: 'replace', path: 'title', value: 'CEO' },
  ]);
});

test('a default counts at creation only, as in Entra, or in updates too', () => {
  const create = mappingOf({ defaultValue: 'Staff' });
  assert.equal(buildResource(mappedOf(create, {}))['title'], 'Staff');
  assert.equal(sent(create, {}, {}), 'unchanged');
  const update = mappingOf({ defaultValue: 'Staff', defaultOn: 'create-and-update' });
  assert.deepEqual(sent(update, {}, { title: 'Old' }), [{ op: 'replace', path: 'title', value: 'Staff' }]);
  assert.equal(sent(update, {}, { title: 'Staff' }), 'unchanged');
});

test('a default at creation and clearing in updates go together', () => {
  const mapping = mappingOf({ defaultValue: 'Staff', clearWhenNull: true });
  assert.equal(buildResource(mappedOf(mapping, {}))['title'], 'Staff');
  assert.deepEqual(sent(mapping, {}, { title: 'Old' }), [{ op: 'remove', path: 'title' }]);
});

test('attribute-add-only writes only where the account has nothing', () => {
  const mapping = mappingOf({ apply: 'attribute-add-only' });
  assert.deepEqual(sent(mapping, { jobTitle: 'CEO' }, {}), [{ op: 'replace', path: 'title', value: 'CEO' }]);
  assert.equal(sent(mapping, { jobTitle: 'CEO' }, { title: 'CTO' }), 'unchanged');
  assert.equal(buildResource(mappedOf(mapping, { jobTitle: 'CEO' }))['title'], 'CEO');
});

for (const apply of ['multi-value-add-only', 'value-add-only'] as const) {
  test(`${apply} adds values of a list and takes none away`, () => {
    const mapping = mappingOf({ target: 'roles', apply }, { multiValued: true });
    const view = { roles: [{ value: 'a' }, { value: 'b' }] };
    assert.deepEqual(sent(mapping, { jobTitle: ['b', 'c'] }, view), [
      { op: 'add', path: 'roles', value: [{ value: 'c' }] },
    ]);
    assert.equal(sent(mapping, { jobTitle: ['b'] }, view), 'unchanged');
    assert.equal(sent(mapping, { jobTitle: [] }, view), 'unchanged');
  });

  test(`${apply} writes a single value as always`, () => {
    const mapping = mappingOf({ apply });
    assert.deepEqual(sent(mapping, { jobTitle: 'CEO' }, { title: 'CTO' }), [
      { op: 'replace', path: 'title', value: 'CEO' },
    ]);
  });
}

test('a row that is switched off is kept and does not run, even when it could not', () => {
  const mapping = mappingOf({ enabled: false, source: { kind: 'expression', text: 'Broken(' } });
  assert.deepEqual(buildResource(mappedOf(mapping, { jobTitle: 'CEO' }))['title'], undefined);
  assert.equal(sent(mapping, { jobTitle: 'CEO' }, { title: 'CTO' }), 'unchanged');
});

test('a matching row that is switched off matches nobody', () => {
  const mapping = mappingOf({});
  const off = mapping.mappings.map((row) => ({ ...row, enabled: row.target !== 'userName' }));
  refused({ ...mapping, mappings: off }, /at least one mapping must match/);
});

test('an immutable target is written at creation only', () => {
  const mapping = mappingOf({}, { mutability: 'Immutable' });
  assert.equal(buildResource(mappedOf(mapping, { jobTitle: 'CEO' }))['title'], 'CEO');
  assert.equal(sent(mapping, { jobTitle: 'CEO' }, { title: 'CTO' }), 'unchanged');
});

test('a write-only target is never compared: updates send it only when it always flows', () => {
  assert.equal(sent(mappingOf({}, { mutability: 'WriteOnly' }), { jobTitle: 'x' }, {}), 'unchanged');
  const always = mappingOf({ flowBehavior: 'always' }, { mutability: 'WriteOnly' });
  assert.deepEqual(sent(always, { jobTitle: 'x' }, {}), [{ op: 'replace', path: 'title', value: 'x' }]);
  assert.equal(sent(mappingOf({ target: 'password' }), { jobTitle: 'x' }, {}), 'unchanged');
});

test('what an app never answers is sent and not kept', () => {
  const compiled = compileMapping(mappingOf({ target: 'password' }));
  assert.deepEqual(withoutWriteOnly(compiled, { userName: 'u', password: 'secret' }), { userName: 'u' });
});

test('what Redact may have made is hidden in the log, also when it is cleared', () => {
  const source = { kind: 'expression', text: 'IIF([jobTitle]="x", Redact("secret"), [department])' } as const;
  const changed = planOf(mappingOf({ source }), { department: 'HR' }, { title: 'secret' });
  assert.ok(changed.do === 'update');
  assert.deepEqual(changed.changes, [{ attribute: 'title', oldValue: '[Redact]', newValue: 'HR' }]);
  const cleared = planOf(mappingOf({ source, clearWhenNull: true }), { department: null }, { title: 'secret' });
  assert.ok(cleared.do === 'update');
  assert.deepEqual(cleared.changes, [{ attribute: 'title', oldValue: '[Redact]', newValue: null }]);
});

test('MAP-3: a required attribute takes its default, and without one the object fails', () => {
  const row = mappingOf({}, { required: true, defaultValue: 'Staff' });
  assert.equal(buildResource(mappedOf(row, {}))['title'], 'Staff');
  const result = mapObject(compileMapping(mappingOf({}, { required: true })), userSource(eva(), false), testContext());
  assert.deepEqual([result.kind, result.kind === 'failed' && result.code], ['failed', 'MissingValues']);
});

test('MAP-3: a required attribute without a mapping needs a default, which is written at creation', () => {
  const bare = mappingOf({});
  const withNick = (more: Partial<TargetAttribute>): ObjectMapping => {
    const nickName: TargetAttribute = { name: 'nickName', type: 'String', required: true, ...more };
    return {
      ...bare,
      targetAttributes: [...bare.targetAttributes.filter(({ name }) => name !== 'nickName'), nickName],
    };
  };
  refused(withNick({}), /nickName: the app requires this attribute/);
  const made = buildResource(mappedOf(withNick({ defaultValue: 'n' }), {}));
  assert.equal(made['nickName'], 'n');
});

test('MAP-4: the key of the app, read-only attributes and bare role assignments cannot be mapped', () => {
  refused(mappingOf({ target: 'id' }), /not writable/);
  refused(mappingOf({}, { anchor: true }), /own key/);
  refused(mappingOf({}, { mutability: 'ReadOnly' }), /read-only/);
  refused(mappingOf({ source: { kind: 'attribute', name: 'appRoleAssignments' } }), /cannot be mapped directly/);
});

test('MAP-5: a target has one mapping, however it is written, but parts of one element are different targets', () => {
  const rows = (...targets: readonly string[]): ObjectMapping => {
    const base = templates.generic.users;
    const more = targets.map((target): AttributeMapping => {
      return { target, source: { kind: 'attribute', name: 'jobTitle' }, apply: 'always' };
    });
    return { ...base, mappings: [userName as AttributeMapping, ...more] };
  };
  refused(rows('title', 'TITLE'), /two mappings/);
  refused(rows('roles[primary eq "True"].value', 'roles[primary eq true].value'), /two mappings/);
  const primary = ['value', 'display', 'type'].map((part) => `roles[primary eq "True"].${part}`);
  assert.deepEqual(buildResource(mappedOf(rows(...primary), { jobTitle: 'x' }))['roles'], [
    { primary: true, type: 'x', value: 'x', display: 'x' },
  ]);
});

test('the case of letters is a change unless the attribute list says that it is none', () => {
  const view = { title: 'ceo' };
  assert.notEqual(sent(mappingOf({}), { jobTitle: 'CEO' }, view), 'unchanged');
  assert.notEqual(sent(mappingOf({}, { caseExact: true }), { jobTitle: 'CEO' }, view), 'unchanged');
  assert.equal(sent(mappingOf({}, { caseExact: false }), { jobTitle: 'CEO' }, view), 'unchanged');
});

function refused(mapping: ObjectMapping, message: RegExp): void {
  assert.throws(
    () => compileMapping(mapping),
    (error) => error instanceof ConfigurationError && message.test(error.message),
  );
}
