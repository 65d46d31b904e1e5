import type { ObjectMapping, TargetAttribute } from '@lockstep/gallery';
import {
  ENTRA_DIRECTORY,
  type GraphDirectory,
  type GraphObjectDefinition,
  type GraphObjectMapping,
  type GraphSchema,
} from './graph-schema.ts';
import { newAttribute } from './write-rows.ts';

/** What the objects of a SCIM app are called in a schema. */
export const targetNames: Readonly<Record<ObjectMapping['objectType'], string>> = {
  user: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
};

/** How the portal shows the app's side of a SCIM job. */
const TARGET_DIRECTORY = 'customappsso';

/** The rule of users and groups has this id in every job (`USERGROUP_OUTBOUND_USERGROUP`). */
const RULE_ID = '03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8';

/** An object mapping without rows. */
export function newObjectMapping(objectType: ObjectMapping['objectType']): GraphObjectMapping {
  const isUser = objectType === 'user';
  return {
    attributeMappings: [],
    enabled: true,
    flowTypes: 'Add,Update,Delete',
    metadata: [],
    name: `Provision Microsoft Entra ID ${isUser ? 'Users' : 'Groups'}`,
    scope: { categoryFilterGroups: [], groups: [], inputFilterGroups: [] },
    sourceObjectName: isUser ? 'User' : 'Group',
    targetObjectName: targetNames[objectType],
  };
}

/**
 * A schema without rows and target attributes, to be filled: one outbound rule, the directory's side with the attributes Entra
 * lists, the app's side.
 */
export function bareGraphSchema(job: { readonly id?: string }): GraphSchema {
  const types = ['user', 'group'] as const;
  const target: GraphDirectory = {
    discoverabilities: 'None',
    discoveryDateTime: null,
    id: job.id ?? TARGET_DIRECTORY,
    name: TARGET_DIRECTORY,
    objects: types.map((type) => objectDefinition(targetNames[type], [])),
    readOnly: false,
    version: '',
  };
  return {
    ...(job.id === undefined ? {} : { id: job.id }),
    version: '',
    synchronizationRules: [
      {
        containerFilter: null,
        editable: true,
        groupFilter: null,
        id: RULE_ID,
        metadata: [],
        name: 'USERGROUP_OUTBOUND_USERGROUP',
        objectMappings: types.map(newObjectMapping),
        priority: 1,
        sourceDirectoryName: ENTRA_DIRECTORY,
        targetDirectoryName: TARGET_DIRECTORY,
      },
    ],
    directories: [sourceDirectory, target],
  };
}

function objectDefinition(name: string, attributes: readonly TargetAttribute[]): GraphObjectDefinition {
  return { attributes: attributes.map(newAttribute), metadata: [], name, supportedApis: [] };
}

const text = (name: string): TargetAttribute => ({ name, type: 'String' });
const needed = (name: string): TargetAttribute => ({ name, type: 'String', required: true });

/** Attributes of people as the engine of Entra names them. */
const userAttributes: readonly TargetAttribute[] = [
  { name: 'objectId', type: 'String', anchor: true, required: true },
  { name: 'IsSoftDeleted', type: 'Boolean', required: true },
  { name: 'accountEnabled', type: 'Boolean', required: true },
  { name: 'appRoleAssignments', type: 'Reference', multiValued: true },
  text('city'),
  text('companyName'),
  text('country'),
  text('department'),
  { name: 'dirSyncEnabled', type: 'Boolean' },
  needed('displayName'),
  text('employeeId'),
  ...Array.from({ length: 15 }, (_, at) => text(`extensionAttribute${at + 1}`)),
  text('facsimileTelephoneNumber'),
  text('givenName'),
  text('jobTitle'),
  text('mail'),
  text('mailNickname'),
  {
    name: 'manager',
    type: 'Reference',
    referencedObjects: [{ referencedObjectName: 'User', referencedProperty: null }],
  },
  text('mobile'),
  text('onPremisesSecurityIdentifier'),
  text('originalUserPrincipalName'),
  text('passwordProfile.password'),
  text('physicalDeliveryOfficeName'),
  text('postalCode'),
  needed('preferredLanguage'),
  { name: 'proxyAddresses', type: 'String', multiValued: true },
  text('state'),
  text('streetAddress'),
  needed('surname'),
  text('telephoneNumber'),
  needed('userPrincipalName'),
];

const groupAttributes: readonly TargetAttribute[] = [
  { name: 'objectId', type: 'String', anchor: true, required: true },
  { name: 'appRoleAssignments', type: 'Reference', multiValued: true },
  text('displayName'),
  { name: 'mailEnabled', type: 'Boolean' },
  text('mailNickname'),
  {
    name: 'members',
    type: 'Reference',
    multiValued: true,
    referencedObjects: ['User', 'Group'].map((referencedObjectName) => ({
      referencedObjectName,
      referencedProperty: null,
    })),
    metadata: [{ key: 'IsContainer', value: 'true' }],
  },
  { name: 'securityEnabled', type: 'Boolean' },
];

const sourceDirectory: GraphDirectory = {
  discoverabilities: 'None',
  discoveryDateTime: null,
  id: '66e4a8cc-1b7b-435e-95f8-f06cea133828',
  name: ENTRA_DIRECTORY,
  objects: [objectDefinition('User', userAttributes), objectDefinition('Group', groupAttributes)],
  readOnly: true,
  version: '',
};
