import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../json.ts';
import { defineAttribute } from '../schema/define-attribute.ts';
import { ENTERPRISE_USER_SCHEMA as E } from '../schema/enterprise-user.ts';
import { userType } from '../schema/resource-types.ts';
import { parseProjection, project } from './projection.ts';

const user: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', E],
  id: '7',
  externalId: 'x',
  meta: { resourceType: 'User', version: '1' },
  userName: 'a',
  name: { givenName: 'G', familyName: 'F' },
  password: 'secret',
  emails: [{ value: 'v', type: 'work' }, { display: 'd' }],
  [E]: { department: 'D', costCenter: '9', manager: { value: 'm', displayName: 'M' } },
};
const head = { schemas: user['schemas'], id: '7' };
const { password: _, ...visible } = user;

function only(...attributes: readonly string[]): JsonObject {
  return project(user, parseProjection({ attributes }, userType), userType);
}

function without(...excludedAttributes: readonly string[]): JsonObject {
  return project(user, parseProjection({ excludedAttributes }, userType), userType);
}

describe('project', () => {
  it('returns the default set when nothing is asked', () => {
    assert.equal(parseProjection({}, userType), undefined);
    assert.deepEqual(project(user, undefined, userType), visible);
  });

  it('returns what is named and what is always returned', () => {
    assert.deepEqual(only('USERNAME'), { ...head, userName: 'a' });
    assert.deepEqual(only('name.GivenName'), { ...head, name: { givenName: 'G' } });
    assert.deepEqual(only('name.givenName', 'name'), { ...head, name: user['name'] });
    assert.deepEqual(only('name', 'name.givenName'), { ...head, name: user['name'] });
    assert.deepEqual(only('meta.version'), { ...head, meta: { version: '1' } });
    assert.deepEqual(only('urn:ietf:params:scim:schemas:core:2.0:User:userName'), { ...head, userName: 'a' });
  });

  it('reduces every element, and drops those with nothing left', () => {
    assert.deepEqual(only('emails.value'), { ...head, emails: [{ value: 'v' }] });
    assert.deepEqual(only('emails[type eq "work"]'), { ...head, emails: user['emails'] });
  });

  it('reaches into extensions', () => {
    assert.deepEqual(only(`${E}:department`), { ...head, [E]: { department: 'D' } });
    assert.deepEqual(only(`${E}:manager.value`), { ...head, [E]: { manager: { value: 'm' } } });
    assert.deepEqual(only(E), { ...head, [E]: user[E] });
  });

  it('never returns a password, and nothing for unknown names', () => {
    for (const name of ['password', 'frobnitz', 'na me', '', '[', '__proto__', 'emails.nope'])
      assert.deepEqual(only(name), head, name);
  });

  it('leaves out what is excluded, but neither id nor schemas', () => {
    const { emails: _emails, ...rest } = visible;
    assert.deepEqual(without('id', 'schemas', 'emails', 'frobnitz'), rest);
    assert.deepEqual(without('name.familyName', `${E}:manager`, `${E}:costCenter`), {
      ...visible,
      name: { givenName: 'G' },
      [E]: { department: 'D' },
    });
    const { [E]: _extension, ...core } = visible;
    assert.deepEqual(without(E), core);
  });

  it('returns what is returned by request only when it is named', () => {
    const badge = defineAttribute({ name: 'badge', returned: 'request' });
    const type = { ...userType, schema: { ...userType.schema, attributes: [...userType.schema.attributes, badge] } };
    const holder = { id: '7', userName: 'a', badge: 'b' };
    assert.deepEqual(project(holder, undefined, type), { id: '7', userName: 'a' });
    assert.deepEqual(project(holder, parseProjection({ excludedAttributes: ['userName'] }, type), type), { id: '7' });
    assert.deepEqual(project(holder, parseProjection({ attributes: ['badge'] }, type), type), { id: '7', badge: 'b' });
  });

  it('refuses both parameters at once', () => {
    assert.throws(() => parseProjection({ attributes: ['a'], excludedAttributes: ['b'] }, userType), {
      code: 'invalidValue',
    });
  });

  it('divides the default set between only and without', () => {
    const names = fc.subarray(['userName', 'name', 'emails', 'externalId', 'meta', E]);
    fc.assert(fc.property(names, (given) => assert.deepEqual({ ...only(...given), ...without(...given) }, visible)));
  });
});
