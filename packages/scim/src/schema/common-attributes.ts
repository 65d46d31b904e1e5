import type { Attribute } from './attribute.ts';
import { defineAttribute } from './define-attribute.ts';

const metaAttributes: readonly Attribute[] = [
  defineAttribute({
    name: 'resourceType',
    description: 'Name of the resource type.',
    caseExact: true,
    mutability: 'readOnly',
  }),
  defineAttribute({
    name: 'created',
    type: 'dateTime',
    description: 'When the resource was added.',
    mutability: 'readOnly',
  }),
  defineAttribute({
    name: 'lastModified',
    type: 'dateTime',
    description: 'When the resource was last changed.',
    mutability: 'readOnly',
  }),
  defineAttribute({
    name: 'location',
    type: 'reference',
    description: 'Address of the resource.',
    caseExact: true,
    mutability: 'readOnly',
    referenceTypes: ['uri'],
  }),
  defineAttribute({
    name: 'version',
    description: 'Entity tag of the resource.',
    caseExact: true,
    mutability: 'readOnly',
  }),
];

/**
 * The attributes that every resource has whatever its schema (RFC 7643 §3 and §3.1). They belong to no schema and are
 * not listed at `/Schemas`. `schemas` counts as readOnly: it follows from the extensions a resource holds.
 */
export const commonAttributes: readonly Attribute[] = [
  defineAttribute({
    name: 'schemas',
    type: 'reference',
    multiValued: true,
    description: 'URNs of the schemas the resource holds attributes of.',
    required: true,
    mutability: 'readOnly',
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  defineAttribute({
    name: 'id',
    description: 'Identifier given by the service provider.',
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  defineAttribute({
    name: 'externalId',
    description: 'Identifier given by the provisioning client.',
    caseExact: true,
  }),
  defineAttribute({
    name: 'meta',
    type: 'complex',
    description: 'Facts about the resource, kept by the service provider.',
    mutability: 'readOnly',
    subAttributes: metaAttributes,
  }),
];
