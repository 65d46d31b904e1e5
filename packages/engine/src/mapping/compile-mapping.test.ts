import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AttributeMapping, type ObjectMapping, templates } from '@lockstep/gallery';
import { ConfigurationError } from '../configuration-error.ts';
import { compileMapping } from './compile-mapping.ts';

const base = templates.generic.users;

function withRow(row: Partial<AttributeMapping> & { readonly target: string }): ObjectMapping {
  const added: AttributeMapping = { source: { kind: 'attribute', name: 'x' }, apply: 'always', ...row };
  return { ...base, mappings: [...base.mappings.filter(({ target }) => target !== row.target), added] };
}

function withExpression(target: string, text: string, more: Partial<AttributeMapping> = {}): ObjectMapping {
  return withRow({ target, source: { kind: 'expression', text }, ...more });
}

for (const template of Object.values(templates)) {
  test(`the template ${template.id} compiles`, () => {
    assert.equal(compileMapping(template.users).mappings.length, template.users.mappings.length);
    assert.equal(compileMapping(template.groups).mappings.length, template.groups.mappings.length);
  });
}

const wrongMappings: readonly (readonly [string, ObjectMapping, RegExp])[] = [
  ['a path that cannot be read', withRow({ target: 'emails[type eq' }), /emails\[type eq/],
  ['the id of the app', withRow({ target: 'id' }), /not writable/],
  ['a readOnly attribute', withRow({ target: 'groups' }), /not writable/],
  ['a complex attribute as a whole', withRow({ target: 'name' }), /needs a part/],
  ['an unknown part', withRow({ target: 'name.nick' }), /no part nick/],
  ['a multi-valued part without brackets', withRow({ target: 'emails.value' }), /needs brackets/],
  ['brackets on a single value', withRow({ target: 'name[formatted eq "x"].givenName' }), /multi-valued/],
  ['brackets without a part', withRow({ target: 'emails[type eq "home"]' }), /part is missing/],
  [
    'a filter that describes no element',
    withRow({ target: 'emails[type ne "home"].value' }),
    /only comparisons with eq/,
  ],
  ['an unknown part in brackets', withRow({ target: 'emails[kind eq "home"].value' }), /no part kind/],
  [
    'a whole extension',
    withRow({ target: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' }),
    /whole extension/,
  ],
  ['a name every object has', withRow({ target: 'constructor' }), /reserved/],
  ['two rows for one target', { ...base, mappings: [...base.mappings, ...base.mappings.slice(0, 1)] }, /two mappings/],
  ['an expression with a mistake', withExpression('title', 'Append([a] "x")'), /character 12/],
  ['SelectUniqueValue on every update', withExpression('nickName', 'SelectUniqueValue("a", "b")'), /object creation/],
];

for (const [what, mapping, message] of wrongMappings) {
  test(`a mapping is refused: ${what}`, () => {
    assert.throws(
      () => compileMapping(mapping),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        assert.equal(error.code, 'invalidMapping');
        assert.match(error.message, message);
        return true;
      },
    );
  });
}

const wrongMatching: readonly (readonly [string, ObjectMapping, RegExp])[] = [
  ['none at all', { ...base, mappings: base.mappings.filter(({ target }) => target !== 'userName') }, /at least one/],
  [
    'one the app cannot filter by',
    {
      ...templates.zero.users,
      mappings: templates.zero.users.mappings.map((row) =>
        row.target === 'title' ? { ...row, matchingPrecedence: 2 } : row,
      ),
    },
    /does not support filtering/,
  ],
  ['a multi-valued one', withRow({ target: 'roles', matchingPrecedence: 2 }), /one value/],
];

for (const [what, mapping, message] of wrongMatching) {
  test(`matching attributes are refused: ${what}`, () => {
    assert.throws(() => compileMapping(mapping), { code: 'invalidMatching', message });
  });
}

test('matching rows come by precedence, equal ones in their order', () => {
  const rows = base.mappings.map((row) => (row.target === 'externalId' ? { ...row, matchingPrecedence: 1 } : row));
  const second = rows.map((row) => (row.target === 'userName' ? { ...row, matchingPrecedence: 2 } : row));
  const order = (mappings: readonly AttributeMapping[]): readonly string[] =>
    compileMapping({ ...base, mappings }).matching.map(({ path }) => path.text);
  assert.deepEqual(order(rows), ['userName', 'externalId']);
  assert.deepEqual(order(second), ['externalId', 'userName']);
});

test('targets are spelt as the schema spells them', () => {
  const { mappings } = compileMapping(withRow({ target: 'EMAILS[TYPE eq "other"].Value' }));
  const path = mappings.at(-1)?.path;
  assert.deepEqual([path?.name, path?.element, path?.sub], ['emails', { type: 'other' }, 'value']);
});

test('a mapping knows every source attribute it reads', () => {
  const { attributes } = compileMapping(templates.zenya.users);
  assert.ok(attributes.includes('IsSoftDeleted'));
  assert.ok(attributes.includes('objectId'));
});

test('memberships cannot be add-only', () => {
  const mappings = templates.generic.groups.mappings.map((row) => {
    return row.target === 'members' ? { ...row, apply: 'value-add-only' as const } : row;
  });
  assert.throws(() => compileMapping({ ...templates.generic.groups, mappings }), /members: .*does not go with members/);
});
