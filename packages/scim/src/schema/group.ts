import type { Attribute, Schema } from './attribute.ts';
import { defineAttribute } from './define-attribute.ts';

/** URN of the core group schema (RFC 7643 §4.2). */
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** `display` comes from the member itself, so what a client sends for it is ignored. */
const memberAttributes: readonly Attribute[] = [
  defineAttribute({ name: 'value', description: 'The id of the member.', mutability: 'immutable' }),
  defineAttribute({
    name: '$ref',
    type: 'reference',
    description: 'The address of the member.',
    mutability: 'immutable',
    referenceTypes: ['User', 'Group'],
  }),
  defineAttribute({ name: 'display', description: 'The name of the member.', mutability: 'readOnly' }),
  defineAttribute({
    name: 'type',
    description: 'The resource type of the member.',
    mutability: 'immutable',
    canonicalValues: ['User', 'Group'],
  }),
];

/** The core group schema (RFC 7643 §4.2 and §8.7.1; erratum 5368 makes `displayName` required). */
export const groupSchema: Schema = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    defineAttribute({ name: 'displayName', description: 'The name of the group.', required: true }),
    defineAttribute({
      name: 'members',
      type: 'complex',
      multiValued: true,
      description: 'The members of the group.',
      subAttributes: memberAttributes,
    }),
  ],
};
