import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ENTERPRISE_USER_SCHEMA,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  ScimError,
  USER_SCHEMA,
} from '@lockstep/scim';
import type { TenantSettings } from '../src/ports/index.ts';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer } from './open-test-provider.ts';
import { patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';
const DEVICE = 'urn:example:params:scim:schemas:core:2.0:Device';
const RACK = 'urn:example:params:scim:schemas:extension:rack:2.0:Device';

const badge: JsonObject = {
  id: BADGE,
  name: 'Badge',
  attributes: [
    { name: 'tag', caseExact: false },
    { name: 'level', type: 'integer' },
    { name: 'serial', mutability: 'immutable', uniqueness: 'server' },
    { name: 'pin', mutability: 'writeOnly', returned: 'never' },
    { name: 'doors', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }, { name: 'type' }] },
  ],
};

const settings: TenantSettings = {
  extensions: [
    { resourceType: 'User', schema: badge },
    { resourceType: 'device', schema: { id: RACK, attributes: [{ name: 'slot', type: 'integer' }] }, required: true },
  ],
  resourceTypes: [
    {
      name: 'Device',
      endpoint: '/Devices',
      description: 'What people carry',
      schema: {
        id: DEVICE,
        name: 'Device',
        attributes: [
          { name: 'serial', required: true, uniqueness: 'server' },
          { name: 'userName' },
          { name: 'active', type: 'boolean' },
        ],
      },
    },
  ],
};

function device(serial: string, more: JsonObject = {}): JsonObject {
  return { schemas: [DEVICE, RACK], serial, [RACK]: { slot: 1 }, ...more };
}

function valuesOf(answer: TestAnswer, name: string): readonly unknown[] {
  assert.equal(answer.status, 200, answer.text);
  const list = answer.json['Resources'];
  return isJsonArray(list) ? list.filter(isJsonObject).map((one) => one[name]) : [];
}

const found = (filter: string): string => `?filter=${encodeURIComponent(filter)}`;

/** Declares the suites over providers as `openProvider` makes them. */
export function declaredSchemasSuite(openProvider: OpenTestProvider): void {
  describe('an extension that a tenant declares', () => {
    const app = testApp('generic', openProvider);

    it('is told in /Schemas and /ResourceTypes, to this tenant alone', async () => {
      const [tenant, other] = [await app.open({ settings }), await app.open({ dialect: 'strict' })];
      assert.ok(valuesOf(await tenant.send('GET', '/Schemas'), 'id').includes(BADGE));
      assert.equal((await tenant.send('GET', `/Schemas/${BADGE}`)).json['name'], 'Badge');
      const type = (await tenant.send('GET', '/ResourceTypes/User')).json;
      assert.deepEqual(type['schemaExtensions'], [
        { schema: ENTERPRISE_USER_SCHEMA, required: false },
        { schema: BADGE, required: false },
      ]);
      assertRefusal(await other.send('GET', `/Schemas/${BADGE}`), 404);
      const made = await other.send('POST', '/Users', {
        ...user('eva', { [BADGE]: { tag: 'blue' } }),
        schemas: [USER_SCHEMA],
      });
      assert.equal(made.json[BADGE], undefined);
    });

    it('is written, read, filtered, sorted and projected like any schema', async () => {
      const tenant = await app.open({ settings });
      const eva = user('eva', {
        [BADGE]: { TAG: 'Blue', level: 3, unknown: 1, doors: [{ value: 'north', type: 'main' }] },
      });
      const made = await tenant.send('POST', '/Users', eva);
      assert.deepEqual(made.json[BADGE], { tag: 'Blue', level: 3, doors: [{ value: 'north', type: 'main' }] });
      assert.deepEqual(made.json['schemas'], [USER_SCHEMA, BADGE]);
      await tenant.send('POST', '/Users', user('lars', { [BADGE]: { tag: 'amber', level: 12 } }));
      for (const [filter, names] of [
        [`${BADGE}:tag eq "blue"`, ['eva']],
        [`${BADGE}:level gt 5`, ['lars']],
        [`${BADGE}:doors[value eq "north" and type eq "main"]`, ['eva']],
        [`${BADGE}:doors.value eq "south"`, []],
        [`schemas eq "${BADGE}"`, ['eva', 'lars']],
      ] as const) {
        assert.deepEqual(valuesOf(await tenant.send('GET', `/Users${found(filter)}`), 'userName'), names, filter);
      }
      assert.deepEqual(valuesOf(await tenant.send('GET', `/Users?sortBy=${BADGE}:tag`), 'userName'), ['lars', 'eva']);
      const shown = await tenant.send('GET', `/Users/${String(made.json['id'])}?attributes=${BADGE}:level`);
      assert.deepEqual(shown.json[BADGE], { level: 3 });
    });

    it('is patched by its URN, as a whole or by attribute', async () => {
      const tenant = await app.open({ settings });
      const path = `/Users/${String((await tenant.send('POST', '/Users', user('eva'))).json['id'])}?attributes=${BADGE}`;
      const change = async (...operations: readonly JsonObject[]): Promise<unknown> =>
        (await tenant.send('PATCH', path, patch(...operations))).json[BADGE];
      assert.deepEqual(await change({ op: 'add', path: `${BADGE}:tag`, value: 'blue' }), { tag: 'blue' });
      assert.deepEqual(await change({ op: 'add', value: { [BADGE]: { level: 1 } } }), { tag: 'blue', level: 1 });
      assert.deepEqual(await change({ op: 'remove', path: `${BADGE}:tag` }), { level: 1 });
      assert.equal(await change({ op: 'remove', path: BADGE }), undefined);
      assertRefusal(await tenant.send('PATCH', path, patch({ op: 'add', path: `${BADGE}:level`, value: 'x' })), 400);
    });

    it('keeps what is immutable and unique, and never what is writeOnly', async () => {
      const tenant = await app.open({ settings });
      const made = await tenant.send('POST', '/Users', user('eva', { [BADGE]: { serial: 'A1', pin: '1234' } }));
      const path = `/Users/${String(made.json['id'])}`;
      assert.deepEqual(made.json[BADGE], { serial: 'A1' });
      assertRefusal(await tenant.send('POST', '/Users', user('lars', { [BADGE]: { serial: 'a1' } })), 409);
      assertRefusal(await tenant.send('PUT', path, user('eva', { [BADGE]: { serial: 'B2' } })), 400);
      assertRefusal(
        await tenant.send('PATCH', path, patch({ op: 'replace', path: `${BADGE}:serial`, value: 'B2' })),
        400,
      );
      const kept = await tenant.send('PUT', path, user('eva'));
      assert.deepEqual([kept.json[BADGE], kept.json['schemas']], [{ serial: 'A1' }, [USER_SCHEMA, BADGE]]);
      const rows = await app.test().store.realms.read(tenant.tenant.realm, String(made.json['id']), {
        type: 'User',
        include: { members: false, groups: false },
      });
      assert.ok(rows !== undefined && !rows.text.includes('1234'));
    });

    it('comes and goes with the settings of the tenant, at once', async () => {
      const tenant = await app.open();
      const { admin } = app.test().provider;
      assertRefusal(await tenant.send('GET', '/Devices'), 404);
      await admin.update(tenant.tenant.id, { settings });
      assert.equal((await tenant.send('GET', '/Devices')).status, 200);
      await admin.update(tenant.tenant.id, { settings: {} });
      assertRefusal(await tenant.send('GET', '/Devices'), 404);
    });
  });

  describe('a resource type that a tenant declares', () => {
    const app = testApp('zero', openProvider);

    it('is served like the types of the app, whatever the rules of the app for users', async () => {
      const tenant = await app.open({ settings });
      assert.equal((await tenant.send('GET', '/ResourceTypes/Device')).json['endpoint'], '/Devices');
      const made = await tenant.send('POST', '/devices', device('A1', { userName: 'admin', active: false }));
      assert.equal(made.status, 201, made.text);
      const path = `/Devices/${String(made.json['id'])}`;
      assert.match(String(made.headers['location']), new RegExp(`${path}$`));
      assertRefusal(await tenant.send('POST', '/Devices', device('a1')), 409, /another Device/);
      assertRefusal(await tenant.send('POST', '/Devices', { schemas: [DEVICE], serial: 'C3' }), 400, /required/);
      assertRefusal(await tenant.send('POST', '/Devices', { schemas: [DEVICE], [RACK]: { slot: 1 } }), 400, /serial/);
      assert.deepEqual(valuesOf(await tenant.send('GET', `/Devices${found(`${RACK}:slot ge 1`)}`), 'serial'), ['A1']);
      const changed = patch({ op: 'replace', path: `${RACK}:slot`, value: 7 });
      assert.deepEqual((await tenant.send('PATCH', `${path}?attributes=${RACK}`, changed)).json[RACK], { slot: 7 });
      assert.equal((await tenant.send('PUT', path, device('A2'))).json['serial'], 'A2');
      assert.equal((await tenant.send('DELETE', path)).status, 204);
      assertRefusal(await tenant.send('GET', path), 404);
    });
  });

  describe('declared schemas', () => {
    const app = testApp('ziflow', openProvider);
    const type = (more: object = {}): TenantSettings => ({
      resourceTypes: [
        { name: 'Device', endpoint: '/Devices', schema: { id: DEVICE, attributes: [{ name: 'a' }] }, ...more },
      ],
    });
    const extension = (schema: JsonObject, resourceType = 'User'): TenantSettings => ({
      extensions: [{ resourceType, schema }],
    });
    const attributes = (...list: readonly JsonObject[]): TenantSettings =>
      extension({ id: 'urn:x:y', attributes: list });

    for (const [what, declared, text] of [
      [
        'a type that is not served',
        extension(badge, 'Group'),
        /resourceType: there is no resource type "Group"; there are User/,
      ],
      ['a URN of the protocol', extension({ ...badge, id: ENTERPRISE_USER_SCHEMA }), /is taken/],
      ['an id that is no URN', extension({ ...badge, id: 'https://example.org/x' }), /a URN/],
      ['a schema that is none', extension({ id: 'urn:x:y' }), /extensions\[0\]\.schema: attributes/],
      ['a name that is taken', type({ name: 'user' }), /resourceTypes\[0\]\.name: user is taken/],
      ['a name with a blank', type({ name: 'My Device' }), /letters and digits/],
      ['an endpoint that is taken', type({ endpoint: '/bulk' }), /is taken/],
      ['an endpoint of two segments', type({ endpoint: '/a/b' }), /one path segment/],
      ['members of its own', type({ schema: { id: DEVICE, attributes: [{ name: 'Members' }] } }), /memberships/],
      ['a number that is unique', attributes({ name: 'a', type: 'integer', uniqueness: 'server' }), /only text/],
      ['a value that is unique everywhere', attributes({ name: 'a', uniqueness: 'global' }), /within the tenant/],
      [
        'a part that is unique',
        attributes({ name: 'a', type: 'complex', subAttributes: [{ name: 'b', uniqueness: 'server' }] }),
        /sub-attributes/,
      ],
      ['more than 200 attributes', attributes(...Array.from({ length: 201 }, (_, at) => ({ name: `a${at}` }))), /200/],
      [
        'more than 20 schemas',
        {
          extensions: Array.from({ length: 21 }, (_, at) => ({
            resourceType: 'User',
            schema: { id: `urn:x:y${at}`, attributes: [{ name: 'a' }] },
          })),
        },
        /20 at most/,
      ],
    ] as const) {
      it(`are refused with ${what}, when a tenant is made and when it is changed`, async () => {
        const { admin } = app.test().provider;
        const isRefused = (error: unknown): boolean =>
          error instanceof ScimError && error.code === 'invalidValue' && text.test(error.message);
        await assert.rejects(admin.create({ profile: 'ziflow', title: 'Lumen Works', settings: declared }), isRefused);
        const { tenant } = await app.open();
        await assert.rejects(admin.update(tenant.id, { settings: declared }), isRefused);
      });
    }

    it('can be filtered by in an app that lists what it filters by', async () => {
      const tenant = await app.open({ settings: extension(badge) });
      const answer = await tenant.send('GET', `/Users${found(`${BADGE}:tag eq "blue"`)}`);
      assert.equal(answer.json['totalResults'], 0, answer.text);
    });
  });
}
