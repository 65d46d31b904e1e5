import type { Attribute, Schema } from './attribute.ts';
import { defineAttribute } from './define-attribute.ts';
import { valueAttributes } from './value-attributes.ts';

/** URN of the core user schema (RFC 7643 §4.1). */
export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

const nameAttributes: readonly Attribute[] = [
  defineAttribute({ name: 'formatted', description: 'The full name, ready to show.' }),
  defineAttribute({ name: 'familyName', description: 'The family name, or last name.' }),
  defineAttribute({ name: 'givenName', description: 'The given name, or first name.' }),
  defineAttribute({ name: 'middleName', description: 'The middle name or names.' }),
  defineAttribute({ name: 'honorificPrefix', description: 'The title in front of the name.' }),
  defineAttribute({ name: 'honorificSuffix', description: 'The suffix behind the name.' }),
];

const addressAttributes: readonly Attribute[] = [
  defineAttribute({ name: 'formatted', description: 'The full address, ready to show; may hold line breaks.' }),
  defineAttribute({ name: 'streetAddress', description: 'Street, house number, post box.' }),
  defineAttribute({ name: 'locality', description: 'The city.' }),
  defineAttribute({ name: 'region', description: 'The state or region.' }),
  defineAttribute({ name: 'postalCode', description: 'The postal code.' }),
  defineAttribute({ name: 'country', description: 'The country, as an ISO 3166-1 alpha-2 code.' }),
  defineAttribute({
    name: 'type',
    description: 'What the address is used for.',
    canonicalValues: ['work', 'home', 'other'],
  }),
  defineAttribute({
    name: 'primary',
    type: 'boolean',
    description: 'Whether this is the preferred address; true at most once.',
  }),
];

/** A user's groups are read-only: membership is changed at the group (RFC 7643 §4.1.2; erratum 8471 for `$ref`). */
const groupAttributes: readonly Attribute[] = [
  defineAttribute({ name: 'value', description: 'The id of the group.', mutability: 'readOnly' }),
  defineAttribute({
    name: '$ref',
    type: 'reference',
    description: 'The address of the group.',
    mutability: 'readOnly',
    referenceTypes: ['Group'],
  }),
  defineAttribute({ name: 'display', description: 'The name of the group.', mutability: 'readOnly' }),
  defineAttribute({
    name: 'type',
    description: 'Whether the membership is direct or comes through another group.',
    mutability: 'readOnly',
    canonicalValues: ['direct', 'indirect'],
  }),
];

const singularAttributes: readonly Attribute[] = [
  defineAttribute({
    name: 'userName',
    description: 'The name the user signs in with, unique among all users of the tenant.',
    required: true,
    uniqueness: 'server',
  }),
  defineAttribute({
    name: 'name',
    type: 'complex',
    description: 'The parts of the name of the user.',
    subAttributes: nameAttributes,
  }),
  defineAttribute({ name: 'displayName', description: 'The name of the user, to show to people.' }),
  defineAttribute({ name: 'nickName', description: 'What the user is called in daily life.' }),
  defineAttribute({
    name: 'profileUrl',
    type: 'reference',
    description: 'The address of a page about the user.',
    referenceTypes: ['external'],
  }),
  defineAttribute({ name: 'title', description: 'The job title.' }),
  defineAttribute({ name: 'userType', description: 'How the user relates to the organization.' }),
  defineAttribute({ name: 'preferredLanguage', description: 'The language to speak to the user in.' }),
  defineAttribute({ name: 'locale', description: 'Where the user is, for formats of dates and money.' }),
  defineAttribute({ name: 'timezone', description: 'The time zone, such as Europe/Amsterdam.' }),
  defineAttribute({ name: 'active', type: 'boolean', description: 'Whether the user may sign in.' }),
  defineAttribute({
    name: 'password',
    description: 'The password; it can be set but never read.',
    caseExact: true,
    mutability: 'writeOnly',
    returned: 'never',
  }),
];

const multiValuedAttributes: readonly Attribute[] = [
  defineAttribute({
    name: 'emails',
    type: 'complex',
    multiValued: true,
    description: 'The e-mail addresses.',
    subAttributes: valueAttributes({ value: { description: 'The address.' }, types: ['work', 'home', 'other'] }),
  }),
  defineAttribute({
    name: 'phoneNumbers',
    type: 'complex',
    multiValued: true,
    description: 'The phone numbers, kept as they were sent.',
    subAttributes: valueAttributes({
      value: { description: 'The number.' },
      types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
    }),
  }),
  defineAttribute({
    name: 'ims',
    type: 'complex',
    multiValued: true,
    description: 'The instant messaging addresses.',
    subAttributes: valueAttributes({
      value: { description: 'The address.' },
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
  }),
  defineAttribute({
    name: 'photos',
    type: 'complex',
    multiValued: true,
    description: 'Pictures of the user.',
    subAttributes: valueAttributes({
      value: {
        type: 'reference',
        description: 'The address of the picture.',
        caseExact: true,
        referenceTypes: ['external'],
      },
      types: ['photo', 'thumbnail'],
    }),
  }),
  defineAttribute({
    name: 'addresses',
    type: 'complex',
    multiValued: true,
    description: 'The postal addresses.',
    subAttributes: addressAttributes,
  }),
  defineAttribute({
    name: 'groups',
    type: 'complex',
    multiValued: true,
    description: 'The groups the user is a member of; changed at the groups.',
    mutability: 'readOnly',
    subAttributes: groupAttributes,
  }),
  defineAttribute({
    name: 'entitlements',
    type: 'complex',
    multiValued: true,
    description: 'What the user is entitled to.',
    subAttributes: valueAttributes({ value: { description: 'The entitlement.' } }),
  }),
  defineAttribute({
    name: 'roles',
    type: 'complex',
    multiValued: true,
    description: 'The roles of the user.',
    subAttributes: valueAttributes({ value: { description: 'The role.' } }),
  }),
  defineAttribute({
    name: 'x509Certificates',
    type: 'complex',
    multiValued: true,
    description: 'The certificates issued to the user.',
    subAttributes: valueAttributes({
      value: { type: 'binary', description: 'The certificate: DER in base64.', caseExact: true },
    }),
  }),
];

/** The core user schema (RFC 7643 §4.1 and §8.7.1). */
export const userSchema: Schema = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [...singularAttributes, ...multiValuedAttributes],
};
