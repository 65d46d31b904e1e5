import type { Attribute, Schema } from './attribute.ts';
import { defineAttribute } from './define-attribute.ts';

/** URN of the enterprise extension of the user (RFC 7643 §4.3). */
export const ENTERPRISE_USER_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** `value` is case exact like every id (erratum 8472). */
const managerAttributes: readonly Attribute[] = [
  defineAttribute({ name: 'value', description: 'The id of the manager.', caseExact: true }),
  defineAttribute({
    name: '$ref',
    type: 'reference',
    description: 'The address of the manager.',
    referenceTypes: ['User'],
  }),
  defineAttribute({ name: 'displayName', description: 'The name of the manager.', mutability: 'readOnly' }),
];

/** The enterprise extension of the user (RFC 7643 §4.3 and §8.7.1). */
export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_USER_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    defineAttribute({ name: 'employeeNumber', description: 'The number the employer gave the user.' }),
    defineAttribute({ name: 'costCenter', description: 'The cost center.' }),
    defineAttribute({ name: 'organization', description: 'The organization.' }),
    defineAttribute({ name: 'division', description: 'The division.' }),
    defineAttribute({ name: 'department', description: 'The department.' }),
    defineAttribute({
      name: 'manager',
      type: 'complex',
      description: 'The manager of the user.',
      subAttributes: managerAttributes,
    }),
  ],
};
