import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AppId, profiles, templates } from './index.ts';

const served: Readonly<Record<string, readonly string[]>> = {
  zenya: [
    'active',
    'displayName',
    'emails[type eq "work"].value',
    'preferredLanguage',
    'userName',
    'phoneNumbers[type eq "work"].value',
    'externalId',
  ],
  zero: [
    'userName',
    'active',
    'title',
    'name.givenName',
    'name.familyName',
    'phoneNumbers[type eq "work"].value',
    'externalId',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization',
  ],
  ziflow: ['userName', 'emails[type eq "work"].value', 'name.givenName', 'name.familyName'],
};

for (const [id, attributes] of Object.entries(served)) {
  test(`${id} serves and maps exactly the attributes of its guide`, () => {
    const profile = Object.values(profiles).find((one) => one.id === id);
    const template = Object.values(templates).find((one) => one.id === id);
    assert.deepEqual(profile?.users.attributes, attributes);
    assert.deepEqual(template?.users.mappings.map(({ target }) => target).toSorted(), attributes.toSorted());
  });
}

test('Zenvoices maps none of the rows its guide deletes', () => {
  const deleted = /^(displayName|title|name\.formatted|addresses|phoneNumbers|urn:)/;
  assert.deepEqual(
    templates.zenvoices.users.mappings.filter(({ target }) => deleted.test(target)),
    [],
  );
});

const ids: readonly AppId[] = ['generic', 'zenvoices', 'zenya', 'zero', 'ziflow'];

test('every app has a template and a profile under its own id', () => {
  assert.deepEqual(Object.keys(templates).toSorted(), ids.toSorted());
  for (const id of ids) assert.deepEqual([templates[id].id, profiles[id].id], [id, id]);
});

for (const id of ids) {
  const template = templates[id];
  const profile = profiles[id];

  test(`every target of ${template.id} is in its target attribute list, once`, () => {
    for (const mapping of [template.users, template.groups]) {
      const names = mapping.targetAttributes.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length);
      assert.deepEqual(
        mapping.mappings.filter(({ target }) => !names.includes(target)),
        [],
      );
    }
  });

  test(`what ${template.id} matches by can be filtered at its profile`, () => {
    const matching = template.users.mappings.filter(({ matchingPrecedence = 0 }) => matchingPrecedence > 0);
    assert.ok(matching.length > 0);
    const { filterable } = profile.users;
    assert.ok(filterable === 'all' || matching.every(({ target }) => filterable.includes(target)));
  });

  test(`template and profile of ${template.id} agree about actions and groups`, () => {
    const { create, update, delete: remove } = profile.users.actions;
    assert.deepEqual(template.users.actions, { create, update, delete: remove });
    assert.equal(template.groups.enabled, profile.groups.enabled);
  });

  test(`${template.id} can be set up from its guide and is addressed with slashes at both ends`, () => {
    assert.ok(template.setupGuide.length > 0 && profile.setupGuide.length > 0);
    assert.match(profile.basePath, /^\/.*\/$/);
  });
}

test('no server demands a name, a mail or a display name of users', () => {
  for (const profile of Object.values(profiles)) assert.deepEqual(profile.users.required, ['userName']);
});

test('refused actions have a text of their own', () => {
  for (const { users, groups, refusals, id } of Object.values(profiles)) {
    assert.ok(users.actions.update || refusals.updateUser !== undefined, id);
    assert.ok(users.actions.delete || refusals.deleteUser !== undefined, id);
    assert.ok(groups.enabled || refusals.noGroups !== undefined, id);
  }
});
