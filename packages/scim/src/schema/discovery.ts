import type { Attribute, Schema } from './attribute.ts';
import { type AttributeDefinition, defineAttribute } from './define-attribute.ts';
import { RESOURCE_TYPE_SCHEMA } from './describe-resource-type.ts';
import { SCHEMA_SCHEMA } from './describe-schema.ts';

/** URN of the schema of the service provider configuration (RFC 7643 §5). */
export const SERVICE_PROVIDER_CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

/** Discovery resources are kept by the server alone. */
function fact(definition: AttributeDefinition): Attribute {
  return defineAttribute({ mutability: 'readOnly', ...definition });
}

function feature(name: string, description: string, more: readonly Attribute[] = []): Attribute {
  const supported = fact({
    name: 'supported',
    type: 'boolean',
    description: 'Whether the feature can be used.',
    required: true,
  });
  return fact({ name, type: 'complex', description, required: true, subAttributes: [supported, ...more] });
}

const bulkLimits: readonly Attribute[] = [
  fact({ name: 'maxOperations', type: 'integer', description: 'Most operations in one request.', required: true }),
  fact({ name: 'maxPayloadSize', type: 'integer', description: 'Largest request, in bytes.', required: true }),
];

const filterLimits: readonly Attribute[] = [
  fact({ name: 'maxResults', type: 'integer', description: 'Most resources in one answer.', required: true }),
];

const paginationAttributes: readonly Attribute[] = [
  fact({ name: 'cursor', type: 'boolean', description: 'Whether pages by cursor are there.', required: true }),
  fact({ name: 'index', type: 'boolean', description: 'Whether pages by index are there.', required: true }),
  fact({
    name: 'defaultPaginationMethod',
    description: 'How results are paged when the client does not say.',
    canonicalValues: ['cursor', 'index'],
  }),
  fact({ name: 'defaultPageSize', type: 'integer', description: 'Results on a page when the client names no count.' }),
  fact({ name: 'maxPageSize', type: 'integer', description: 'Most results on a page.' }),
  fact({ name: 'cursorTimeout', type: 'integer', description: 'How long a cursor can be used, in seconds.' }),
];

const authenticationAttributes: readonly Attribute[] = [
  fact({
    name: 'type',
    description: 'The kind of authentication.',
    required: true,
    canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
  }),
  fact({ name: 'name', description: 'Its common name.', required: true }),
  fact({ name: 'description', description: 'What it does.', required: true }),
  fact({
    name: 'specUri',
    type: 'reference',
    description: 'Address of its specification.',
    referenceTypes: ['external'],
  }),
  fact({
    name: 'documentationUri',
    type: 'reference',
    description: 'Address of help about its use.',
    referenceTypes: ['external'],
  }),
  fact({ name: 'primary', type: 'boolean', description: 'Whether it is the preferred one.' }),
];

/** The schema of `/ServiceProviderConfig` (RFC 7643 §5 and §8.7.2; `pagination` from RFC 9865 §4). */
export const serviceProviderConfigSchema: Schema = {
  id: SERVICE_PROVIDER_CONFIG_SCHEMA,
  name: 'Service Provider Configuration',
  description: 'What the service provider can do',
  attributes: [
    fact({
      name: 'documentationUri',
      type: 'reference',
      description: 'Address of help for people.',
      referenceTypes: ['external'],
    }),
    feature('patch', 'Changes by PATCH.'),
    feature('bulk', 'Several operations in one request.', bulkLimits),
    feature('filter', 'Queries with a filter.', filterLimits),
    feature('changePassword', 'Setting of passwords.'),
    feature('sort', 'Ordering of results.'),
    feature('etag', 'Versions of resources.'),
    fact({
      name: 'pagination',
      type: 'complex',
      description: 'How results are paged.',
      subAttributes: paginationAttributes,
    }),
    fact({
      name: 'authenticationSchemes',
      type: 'complex',
      multiValued: true,
      description: 'How clients can authenticate.',
      required: true,
      subAttributes: authenticationAttributes,
    }),
  ],
};

/** The schema of `/ResourceTypes` (RFC 7643 §6 and §8.7.2). */
export const resourceTypeSchema: Schema = {
  id: RESOURCE_TYPE_SCHEMA,
  name: 'ResourceType',
  description: 'A kind of resource',
  attributes: [
    fact({ name: 'id', description: 'Identifier of the resource type.' }),
    fact({ name: 'name', description: 'Name of the resource type.', required: true }),
    fact({ name: 'description', description: 'What the resource type is.' }),
    fact({
      name: 'endpoint',
      type: 'reference',
      description: 'Path below the base address.',
      required: true,
      referenceTypes: ['uri'],
    }),
    fact({
      name: 'schema',
      type: 'reference',
      description: 'URN of the core schema.',
      required: true,
      caseExact: true,
      referenceTypes: ['uri'],
    }),
    fact({
      name: 'schemaExtensions',
      type: 'complex',
      multiValued: true,
      description: 'The extensions of the resource type.',
      required: true,
      subAttributes: [
        fact({
          name: 'schema',
          type: 'reference',
          description: 'URN of the extension.',
          required: true,
          caseExact: true,
          referenceTypes: ['uri'],
        }),
        fact({
          name: 'required',
          type: 'boolean',
          description: 'Whether every resource has to have the extension.',
          required: true,
        }),
      ],
    }),
  ],
};

const characteristics: readonly Attribute[] = [
  fact({ name: 'name', description: 'Name of the attribute.', required: true, caseExact: true }),
  fact({
    name: 'type',
    description: 'Type of its values.',
    required: true,
    canonicalValues: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'],
  }),
  fact({ name: 'multiValued', type: 'boolean', description: 'Whether it is a list.', required: true }),
  fact({ name: 'description', description: 'What it means.' }),
  fact({ name: 'required', type: 'boolean', description: 'Whether it has to have a value.' }),
  fact({ name: 'canonicalValues', multiValued: true, description: 'Suggested values.', caseExact: true }),
  fact({ name: 'caseExact', type: 'boolean', description: 'Whether letter case counts in comparisons.' }),
  fact({
    name: 'mutability',
    description: 'Whether and when it can be set.',
    caseExact: true,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  fact({
    name: 'returned',
    description: 'When it is returned.',
    caseExact: true,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  fact({
    name: 'uniqueness',
    description: 'Among which resources its values are unique.',
    caseExact: true,
    canonicalValues: ['none', 'server', 'global'],
  }),
  fact({ name: 'referenceTypes', multiValued: true, description: 'What it may refer to.', caseExact: true }),
];

/**
 * The schema of `/Schemas` (RFC 7643 §7 and §8.7.2). It describes attributes of attributes, the one place where the
 * RFC itself holds complex values inside complex values.
 */
export const schemaSchema: Schema = {
  id: SCHEMA_SCHEMA,
  name: 'Schema',
  description: 'The attributes of a schema',
  attributes: [
    fact({ name: 'id', description: 'URN of the schema.', required: true, caseExact: true }),
    fact({ name: 'name', description: 'Name of the schema.', required: true }),
    fact({ name: 'description', description: 'What the schema is for.' }),
    fact({
      name: 'attributes',
      type: 'complex',
      multiValued: true,
      description: 'The attributes of the schema.',
      required: true,
      subAttributes: [
        ...characteristics,
        fact({
          name: 'subAttributes',
          type: 'complex',
          multiValued: true,
          description: 'The sub-attributes of a complex attribute.',
          subAttributes: characteristics,
        }),
      ],
    }),
  ],
};
