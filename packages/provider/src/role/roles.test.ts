import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '@lockstep/scim';
import { assertRefusal } from '../../contract/assert-refusal.ts';
import type { TestTenant } from '../../contract/open-test-provider.ts';
import { patch, user } from '../../contract/sample-bodies.ts';
import { testApp } from '../../contract/test-app.ts';
import type { RoleTable } from '../tenant/role-admin.ts';

const LAST = /last administrator of Lumen Works/;

const withRoles = (name: string, ...values: readonly string[]): JsonObject => ({
  ...user(name),
  roles: values.map((value) => ({ value })),
});

async function addUser(tenant: TestTenant, body: JsonObject): Promise<string> {
  const made = await tenant.send('POST', '/Users', body);
  assert.equal(made.status, 201, made.text);
  return String(made.json['id']);
}

describe('the rule table of roles', () => {
  const app = testApp('zenvoices');

  it('turns role values into roles, and keeps what the directory sent', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    const roles = ['Uploader', 'Viewer'].map((name) => ({ name, isAdministrator: false }));
    const rules = [
      { value: 'Finance', roles: ['Uploader', 'Viewer'] },
      { value: 'Guests, all of them', roles: [] },
    ];
    await admin.saveRoles(id, { roles, rules });
    const eva = await addUser(tenant, withRoles('eva', 'Finance', 'Viewer'));
    const [, view] = [await tenant.send('GET', `/Users/${eva}`), await admin.account(id, eva)];
    assert.deepEqual(view?.roles, ['Uploader', 'Viewer']);
    assert.deepEqual(view?.resource['roles'], [{ value: 'Finance' }, { value: 'Viewer' }]);
    await addUser(tenant, withRoles('bob', 'Guests, all of them'));
    assertRefusal(await tenant.send('POST', '/Users', withRoles('cy', 'finance')), 400, /"finance" is none of/);
  });

  it('shows before it is saved who would get what', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    const eva = await addUser(tenant, withRoles('eva', 'Uploader,Authorizer'));
    await addUser(tenant, user('nobody'));
    const roles = [
      { name: 'Uploader', isAdministrator: true },
      { name: 'Clerk', isAdministrator: false },
    ];
    const page = await admin.previewRoles(
      id,
      { roles, rules: [{ value: 'Uploader', roles: ['Clerk'] }] },
      { limit: 10 },
    );
    const shared = { id: eva, userName: 'eva', isActive: true, administratesBefore: false, administratesAfter: false };
    const values = ['Uploader', 'Authorizer'];
    assert.deepEqual(page.items, [{ ...shared, values, before: values, after: ['Clerk'], unknown: ['Authorizer'] }]);
    assert.deepEqual((await admin.account(id, eva))?.roles, values);
    const named = async (search: string) => (await admin.previewRoles(id, undefined, { limit: 10, search })).items;
    assert.deepEqual(
      (await named('no')).map(({ userName, before }) => [userName, before]),
      [['nobody', []]],
    );
    assert.deepEqual(await named('" or userName pr or "'), []);
  });

  it('is left alone when whoever changes it has not seen what somebody else saved', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    const before = await admin.roleTable(id);
    const table = { roles: [{ name: 'Clerk', isAdministrator: false }], rules: [] };
    const refusal = new Error('changed meanwhile');
    const check = (current: RoleTable): void => {
      assert.deepEqual(current, before);
      throw refusal;
    };
    await assert.rejects(admin.saveRoles(id, table, check), refusal);
    assert.deepEqual(await admin.roleTable(id), before);
  });

  it('refuses a table that leads nowhere', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    const roles = [{ name: 'A', isAdministrator: false }];
    const save = (table: Parameters<typeof admin.saveRoles>[1]) => admin.saveRoles(id, table);
    await assert.rejects(save({ roles, rules: [{ value: 'x', roles: ['B'] }] }), /which is none of the roles/);
    await assert.rejects(save({ roles: [...roles, ...roles], rules: [] }), /is there twice/);
    await assert.rejects(save({ roles: [{ name: 'A B', isAdministrator: false }], rules: [] }), /no name of a role/);
    await assert.rejects(save({ roles: [{ name: 'A,B', isAdministrator: false }], rules: [] }), /no name of a role/);
    const twice = [1, 2].map(() => ({ value: 'x', roles: ['A'] }));
    await assert.rejects(save({ roles, rules: twice }), /"x" is there twice/);
  });

  it('lets somebody whose role is no longer listed be changed and deactivated', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const eva = await addUser(tenant, withRoles('eva', 'Uploader'));
    await admin.saveRoles(tenant.tenant.id, { roles: [{ name: 'Viewer', isAdministrator: false }], rules: [] });
    const off = patch({ op: 'replace', path: 'active', value: false });
    assert.equal((await tenant.send('PATCH', `/Users/${eva}`, off)).status, 204);
    const raise = patch({ op: 'add', path: 'roles', value: [{ value: 'Authorizer' }] });
    assertRefusal(await tenant.send('PATCH', `/Users/${eva}`, raise), 400, /"Authorizer" is none of/);
    assert.deepEqual((await admin.account(tenant.tenant.id, eva))?.unknownRoles, ['Uploader']);
  });
});

describe('the last administrator', () => {
  const app = testApp('generic');
  const open = async (): Promise<{ readonly tenant: TestTenant; readonly ada: string }> => {
    const tenant = await app.open();
    const roles = [{ name: 'Boss', isAdministrator: true }];
    const rules = [{ value: 'IT-Admins', roles: ['Boss'] }];
    await app.test().provider.admin.saveRoles(tenant.tenant.id, { roles, rules });
    return { tenant, ada: await addUser(tenant, withRoles('ada', 'IT-Admins')) };
  };

  const attempts: readonly (readonly [name: string, method: string, body?: unknown])[] = [
    ['is not deleted', 'DELETE'],
    ['is not deactivated', 'PATCH', patch({ op: 'replace', path: 'active', value: false })],
    ['is not deactivated by text', 'PATCH', patch({ op: 'Replace', path: 'active', value: 'False' })],
    ['does not lose the role', 'PATCH', patch({ op: 'remove', path: 'roles[value eq "IT-Admins"]' })],
    ['does not lose all roles', 'PATCH', patch({ op: 'remove', path: 'roles' })],
    ['is not replaced without the role', 'PUT', user('ada')],
    ['is not replaced as inactive', 'PUT', { ...withRoles('ada', 'IT-Admins'), active: false }],
  ];
  for (const [name, method, body] of attempts) {
    it(`${name} over SCIM, and is with another one there`, async () => {
      const { tenant, ada } = await open();
      assertRefusal(await tenant.send(method, `/Users/${ada}`, body), 403, LAST);
      const before = await tenant.send('GET', `/Users/${ada}`);
      assert.deepEqual([before.json['active'], before.json['roles']], [undefined, [{ value: 'IT-Admins' }]]);
      await addUser(tenant, withRoles('bob', 'Boss'));
      assert.ok((await tenant.send(method, `/Users/${ada}`, body)).status < 300);
    });
  }

  it('is not counted while inactive, and is kept within a bulk request', async () => {
    const { tenant, ada } = await open();
    await addUser(tenant, { ...withRoles('bob', 'Boss'), active: false });
    const bulk = await tenant.send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'DELETE', path: `/Users/${ada}` }],
    });
    assert.match(bulk.text, LAST);
    assert.equal((await tenant.send('GET', `/Users/${ada}`)).status, 200);
  });

  it('of two who are taken away at once is the one that stays', async () => {
    const { tenant, ada } = await open();
    const bob = await addUser(tenant, withRoles('bob', 'Boss'));
    const both = await Promise.all([ada, bob].map((id) => tenant.send('DELETE', `/Users/${id}`)));
    assert.deepEqual(both.map((answer) => answer.status).toSorted(), [204, 403]);
  });

  it('is kept by the app itself: by edits, by the rule table, and when named by hand', async () => {
    const { tenant, ada } = await open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    await assert.rejects(admin.saveRoles(id, { roles: [], rules: [] }), /nobody would administrate/);
    const eva = (await admin.addLocalAccount(id, { resource: user('eva') })).id;
    assert.equal((await admin.setAdministrator(id, eva, true)).isAdministrator, true);
    await admin.saveRoles(id, { roles: [], rules: [] });
    assert.equal((await admin.account(id, ada))?.isAdministrator, false);
    await assert.rejects(admin.setAdministrator(id, eva, false), /nobody would administrate/);
    await assert.rejects(admin.editAccount(id, eva, { active: false }), LAST);
    await assert.rejects(admin.removeAccount(id, eva), LAST);
    assertRefusal(await tenant.send('DELETE', `/Users/${eva}`), 403, LAST);
    await admin.setAdministrator(id, ada, true);
    assert.equal(await admin.removeAccount(id, eva), true);
  });
});

describe('accounts in the app itself', () => {
  const app = testApp('zenvoices');

  it('take no edit of what the directory leads, and every edit of local ones', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const { id } = tenant.tenant;
    const led = await addUser(tenant, user('eva@x.org'));
    await assert.rejects(admin.editAccount(id, led, { preferredLanguage: 'nl' }), /led by the directory/);
    await assert.rejects(admin.editAccount(id, led, { active: false }), /active is led by the directory/);
    await assert.rejects(admin.removeAccount(id, led), /take it away there first/);
    const local = (await admin.addLocalAccount(id, { resource: user('bob') })).id;
    const edited = await admin.editAccount(id, local, { preferredLanguage: 'nl', roles: [{ value: 'Viewer' }] });
    assert.deepEqual([edited.isLed, edited.roles, edited.resource['preferredLanguage']], [false, ['Viewer'], 'nl']);
    await assert.rejects(admin.editAccount(id, local, { userName: 'ADMIN' }), /Admin user is fixed/);
    const list = await admin.accounts(id, { limit: 10 });
    assert.deepEqual(
      list.items.map((one) => [one.userName, one.isLed, one.isActive]),
      [
        ['eva@x.org', true, true],
        ['bob', false, true],
      ],
    );
    await tenant.send('DELETE', `/Users/${led}`);
    assert.equal(await admin.removeAccount(id, led), true);
  });

  it('keep their fixed account whatever happens to everybody else', async () => {
    const tenant = await app.open();
    const { admin } = app.test().provider;
    const roles = [{ name: 'Viewer', isAdministrator: true }];
    await admin.saveRoles(tenant.tenant.id, { roles, rules: [] });
    const eva = await addUser(tenant, withRoles('eva', 'Viewer'));
    assert.equal((await tenant.send('DELETE', `/Users/${eva}`)).status, 204);
  });
});
