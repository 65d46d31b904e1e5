import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from './attribute.ts';
import { describeResourceType } from './describe-resource-type.ts';
import { describeSchema } from './describe-schema.ts';
import { resourceTypeSchema, schemaSchema, serviceProviderConfigSchema } from './discovery.ts';
import { ENTERPRISE_USER_SCHEMA, enterpriseUserSchema } from './enterprise-user.ts';
import { findAttribute, findNamed, isWholeExtension } from './find-attribute.ts';
import { groupSchema } from './group.ts';
import { readSchema } from './read-schema.ts';
import { groupType, userType } from './resource-types.ts';
import { USER_SCHEMA, userSchema } from './user.ts';

const schemas = [
  userSchema,
  groupSchema,
  enterpriseUserSchema,
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
];

function described(schema: JsonObject, name: string): JsonObject {
  const attributes = schema['attributes'];
  const found = isJsonArray(attributes ?? null)
    ? (attributes as readonly Json[]).find((item) => isJsonObject(item) && item['name'] === name)
    : undefined;
  assert.ok(isJsonObject(found), name);
  return found;
}

function every(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.flatMap((attribute) => [attribute, ...every(attribute.subAttributes ?? [])]);
}

describe('findAttribute', () => {
  it('finds core and common attributes by plain name in any case', () => {
    for (const name of ['userName', 'username', 'USERNAME']) {
      assert.equal(findAttribute(userType, { name })?.attribute.name, 'userName');
    }
    assert.equal(findAttribute(groupType, { name: 'META', sub: 'LASTMODIFIED' })?.sub?.name, 'lastModified');
    assert.equal(findAttribute(userType, { name: 'externalId' })?.attribute.caseExact, true);
  });

  it('finds attributes by URN in any case', () => {
    const urn = ENTERPRISE_USER_SCHEMA.toUpperCase();
    const found = findAttribute(userType, { urn, name: 'MANAGER', sub: 'Value' });
    assert.deepEqual([found?.schemaId, found?.isExtension, found?.sub?.name], [ENTERPRISE_USER_SCHEMA, true, 'value']);
    assert.equal(findAttribute(userType, { urn: USER_SCHEMA, name: 'emails', sub: 'type' })?.isExtension, false);
  });

  it('finds a whole extension by its URN, however it was taken apart', () => {
    const found = findAttribute(userType, { name: ENTERPRISE_USER_SCHEMA });
    assert.ok(found !== undefined && isWholeExtension(found));
    const split = ENTERPRISE_USER_SCHEMA.lastIndexOf(':');
    const parts = { urn: ENTERPRISE_USER_SCHEMA.slice(0, split), name: ENTERPRISE_USER_SCHEMA.slice(split + 1) };
    assert.equal(findAttribute(userType, parts), found);
    assert.equal(findAttribute(userType, { ...parts, sub: 'department' }), undefined);
  });

  it('misses extension attributes without a URN, other schemas, and names of objects', () => {
    const misses = [
      { name: 'department' },
      { urn: 'urn:other', name: 'userName' },
      { urn: USER_SCHEMA, name: 'department' },
      { name: 'userName', sub: 'value' },
      { name: '__proto__' },
      { name: 'constructor' },
      { name: 'name', sub: 'toString' },
      { urn: '__proto__', name: 'x' },
    ];
    for (const path of misses) assert.equal(findAttribute(userType, path), undefined, JSON.stringify(path));
    assert.equal(findNamed(userSchema.attributes, 'hasOwnProperty'), undefined);
  });

  it('gives the same object for every spelling', () => {
    assert.equal(
      findAttribute(userType, { name: 'EMAILS', sub: 'VALUE' }),
      findAttribute(userType, { name: 'emails', sub: 'value' }),
    );
  });
});

describe('the schemas', () => {
  it('hold every attribute once and complex ones with parts', () => {
    for (const schema of schemas) {
      const names = schema.attributes.map(({ name }) => name.toLowerCase());
      assert.equal(new Set(names).size, names.length);
      for (const attribute of every(schema.attributes)) {
        assert.equal(attribute.type === 'complex', attribute.subAttributes !== undefined, attribute.name);
        assert.notEqual(attribute.description, '', attribute.name);
      }
    }
  });

  it('follow the errata of RFC 7643', () => {
    assert.equal(findAttribute(groupType, { name: 'displayName' })?.attribute.required, true);
    assert.deepEqual(findAttribute(userType, { name: 'groups', sub: '$ref' })?.sub?.referenceTypes, ['Group']);
    const manager = findAttribute(userType, { urn: ENTERPRISE_USER_SCHEMA, name: 'manager', sub: 'value' });
    assert.equal(manager?.sub?.caseExact, true);
  });

  it('hold the attributes of RFC 7643 §4', () => {
    assert.equal(userSchema.attributes.length, 21);
    assert.equal(enterpriseUserSchema.attributes.length, 6);
    assert.deepEqual(
      groupSchema.attributes.map(({ name }) => name),
      ['displayName', 'members'],
    );
  });
});

describe('describeSchema', () => {
  it('gives userName all its characteristics', () => {
    const { description, ...rest } = described(describeSchema(userSchema), 'userName');
    assert.equal(typeof description, 'string');
    assert.deepEqual(rest, {
      name: 'userName',
      type: 'string',
      multiValued: false,
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
  });

  it('lists the parts of complex attributes and spares them what means nothing', () => {
    const emails = described(describeSchema(userSchema), 'emails');
    assert.equal('caseExact' in emails || 'uniqueness' in emails, false);
    assert.ok(isJsonArray(emails['subAttributes'] ?? null));
    assert.equal('caseExact' in described(describeSchema(userSchema), 'active'), false);
  });

  it('holds no null and reads back to the same schema', () => {
    for (const schema of [userSchema, groupSchema, enterpriseUserSchema]) {
      const text = JSON.stringify(describeSchema(schema, `https://x.example/Schemas/${schema.id}`));
      assert.equal(text.includes('null'), false);
      assert.deepEqual(readSchema(JSON.parse(text)), schema);
    }
  });
});

describe('describeResourceType', () => {
  it('names schemas by URN', () => {
    assert.deepEqual(describeResourceType(userType, 'https://x.example/ResourceTypes/User'), {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: USER_SCHEMA,
      schemaExtensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }],
      meta: { resourceType: 'ResourceType', location: 'https://x.example/ResourceTypes/User' },
    });
  });
});

describe('readSchema', () => {
  const id = 'urn:ietf:params:scim:schemas:extension:BadgeOffice:2.0:User';

  it('fills in the defaults of RFC 7643 §2.2 and reads keywords in any case', () => {
    const schema = readSchema({ id, attributes: [{ name: 'tag', type: 'STRING', mutability: 'readonly' }] });
    assert.deepEqual(schema.attributes[0], {
      name: 'tag',
      type: 'string',
      multiValued: false,
      description: '',
      required: false,
      caseExact: false,
      mutability: 'readOnly',
      returned: 'default',
      uniqueness: 'none',
    });
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /has to be a JSON object/],
    [{ attributes: [{ name: 'a' }] }, /^id has to be a string/],
    [{ id: 'badge', attributes: [{ name: 'a' }] }, /^id has to be a URN/],
    [{ id: 'urn:a b:c', attributes: [{ name: 'a' }] }, /^id has to be a URN/],
    [{ id: 'urn:a:', attributes: [{ name: 'a' }] }, /^id has to be a URN/],
    [{ id }, /^attributes has to be a list/],
    [{ id, attributes: [] }, /one or more/],
    [{ id, attributes: ['a'] }, /attributes\[0\] has to be an object/],
    [{ id, attributes: [{ name: 'a' }, { name: 'A' }] }, /A is defined twice/],
    [{ id, attributes: [{ name: '__proto__' }] }, /has to be a letter/],
    [{ id, attributes: [{ name: 'a b' }] }, /has to be a letter/],
    [{ id, attributes: [{ name: 'é' }] }, /has to be a letter/],
    [{ id, attributes: [{ name: 'constructor' }] }, /constructor is reserved/],
    [{ id, attributes: [{ name: 'ExternalID' }] }, /belongs to every resource/],
    [{ id, attributes: [{ name: 'a', type: 'text' }] }, /type of a has to be one of string, boolean/],
    [{ id, attributes: [{ name: 'a', required: 'true' }] }, /required of a has to be true or false/],
    [{ id, attributes: [{ name: 'a', canonicalValues: 'x' }] }, /canonicalValues of a has to be a list/],
    [{ id, attributes: [{ name: 'a', type: 'complex' }] }, /subAttributes of a has to be a list/],
    [
      { id, attributes: [{ name: 'a', type: 'complex', subAttributes: [{ name: 'b', type: 'complex' }] }] },
      /cannot be complex/,
    ],
  ];
  for (const [body, message] of wrong) {
    it(`refuses ${JSON.stringify(body)}`, () => {
      assert.throws(() => readSchema(body), { name: 'ScimError', message });
    });
  }
});
