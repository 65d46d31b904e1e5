import type { Json } from '@lockstep/scim';
import type {
  GraphAttribute,
  GraphObjectDefinition,
  GraphObjectMapping,
  GraphRow,
  GraphRule,
  GraphSchema,
} from './graph-schema.ts';
import { writeGraphSource } from './graph-source.ts';

/** Source (an expression behind `=`), target and matching priority. */
export type DefaultRow = readonly [source: string, target: string, matching: number];

/** The rows of a SCIM app that is in no gallery. */
export interface DefaultRows {
  readonly users: readonly DefaultRow[];
  readonly groups: readonly DefaultRow[];
}

const NAME = 'Azure Active Directory';

function row([source, target, matching]: DefaultRow, more: Readonly<Record<string, Json>> = {}): GraphRow {
  const read = source.startsWith('=')
    ? writeGraphSource({ kind: 'expression', text: source.slice(1) })
    : writeGraphSource({ kind: 'attribute', name: source });
  return {
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: 'FlowWhenChanged',
    flowType: 'Always',
    matchingPriority: matching,
    source: read,
    targetAttributeName: target,
    ...more,
  };
}

function attribute(name: string, more: Readonly<Record<string, Json>> = {}): GraphAttribute {
  return {
    anchor: false,
    caseExact: false,
    defaultValue: null,
    metadata: [],
    multivalued: false,
    mutability: 'ReadWrite',
    name,
    referencedObjects: [],
    required: false,
    type: 'String',
    ...more,
  };
}

function objectDefinition(name: string, attributes: readonly GraphAttribute[]): GraphObjectDefinition {
  return { attributes, metadata: [], name };
}

function outbound(target: string, objectMappings: readonly GraphObjectMapping[]): GraphRule {
  return {
    editable: true,
    id: '4c5ecfa1-a072-4460-b1c3-4adde3479854',
    name: 'USER_OUTBOUND_USER',
    objectMappings,
    priority: 1,
    sourceDirectoryName: NAME,
    targetDirectoryName: target,
    metadata: [{ key: 'defaultSourceObjectMappings', value: '{"User":{"FlowTypes":7}}' }],
  };
}

/** A job of an app that is in no gallery: 22 rows of users and 3 of groups. */
export function customAppSchema(defaultRows: DefaultRows): GraphSchema {
  const [users, groups] = [
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:ietf:params:scim:schemas:core:2.0:Group',
  ];
  const mapping = (kind: 'User' | 'Group', target: string, rows: readonly DefaultRow[]): GraphObjectMapping => ({
    attributeMappings: rows.map((one) => row(one)),
    enabled: true,
    flowTypes: kind === 'User' ? 'Add, Update, Delete' : 'Add,Update,Delete',
    metadata: [{ key: 'OriginalJoiningProperty', value: kind === 'User' ? 'userName' : 'displayName' }],
    name: `Provision Azure Active Directory ${kind}s`,
    scope: null,
    sourceObjectName: kind,
    targetObjectName: target,
  });
  const list = (name: string, rows: readonly DefaultRow[]): GraphObjectDefinition =>
    objectDefinition(name, [
      attribute('id', { anchor: true, required: true, mutability: 'ReadOnly' }),
      ...rows.map(([, target]) =>
        attribute(target, { type: /manager$|^members$/.test(target) ? 'Reference' : 'String' }),
      ),
    ]);
  return {
    id: 'scim.0123456789abcdef0123456789abcdef.11111111-2222-3333-4444-555555555555',
    version: 'Date:2026-01-02T03:04:05.1234567Z, ActivityId:11111111-2222-3333-4444-555555555555',
    '@odata.context': 'https://graph.example/v1.0/$metadata#schema/$entity',
    synchronizationRules: [
      outbound('customappsso', [
        mapping('User', users, defaultRows.users),
        mapping('Group', groups, defaultRows.groups),
      ]),
    ],
    directories: [
      {
        id: '66e4a8cc-1b7b-435e-95f8-f06cea133828',
        name: NAME,
        objects: [objectDefinition('User', [attribute('objectId', { anchor: true })])],
      },
      {
        id: 'aaaaaaaa-0000-0000-0000-000000000000',
        name: 'customappsso',
        objects: [list(users, defaultRows.users), list(groups, defaultRows.groups)],
      },
    ],
  };
}

/** Shaped like the export of a gallery app of 2017, as large, with all its oddities. */
export function largeSchema(): GraphSchema {
  const names = Array.from({ length: 44 }, (_, at) => `Field${at + 1}`);
  const rows = names.map((name, at): GraphRow => {
    if (at === 0) return row(['userPrincipalName', name, 1]);
    if (at % 7 === 0) return row(['mail', name, 0], { source: null, defaultValue: `default ${at}` });
    if (at % 5 === 0) return row([`=Mid([displayName], 1, ${at})`, name, 0], { flowType: 'ObjectAddOnly' });
    return row([`extensionAttribute${(at % 15) + 1}`, name, 0], {
      flowBehavior: at % 2 === 0 ? 'FlowAlways' : 'FlowWhenChanged',
    });
  });
  const users: GraphObjectMapping = {
    attributeMappings: rows,
    enabled: true,
    flowTypes: 'Add, Update, Delete',
    metadata: [
      { key: 'EscrowBehavior', value: '"Default"' },
      { key: 'Disposition', value: '"Normal"' },
      { key: 'IsCustomerDefined', value: 'false' },
      { key: 'SomethingNew', value: null },
    ],
    name: 'Synchronize users',
    scope: {
      categoryFilterGroups: [],
      groups: [
        {
          name: 'Sales',
          clauses: [
            {
              sourceOperandName: 'department',
              operatorName: 'EQUALS',
              targetOperand: { values: ['Sales'] },
              clauseNote: 1,
            },
          ],
        },
      ],
      inputFilterGroups: [],
    },
    sourceObjectName: 'User',
    targetObjectName: 'User',
  };
  const placeholder: GraphObjectMapping = {
    ...users,
    attributeMappings: [],
    enabled: false,
    name: null,
    sourceObjectName: '',
  };
  const inbound: GraphRule = {
    ...outbound(NAME, [{ ...placeholder, sourceObjectName: 'Profile', targetObjectName: 'AppRole' }]),
    editable: false,
    id: 'b2b7e8a7-7bd9-4ad0-8f8d-1b6b23e5ba11',
    name: 'PROFILE_INBOUND_APPROLE',
    priority: 2,
    sourceDirectoryName: 'salesforce.com',
  };
  const long = 'Kept word for word. '.repeat(60);
  const list = names.map((name) =>
    attribute(name, {
      metadata: [
        { key: 'MaximumLength', value: '80' },
        { key: 'Note', value: long },
      ],
      note: { deep: [1, null] },
    }),
  );
  const others = ['UserRole', 'PermissionSet', 'Profile'].map((name) => objectDefinition(name, list.slice(0, 15)));
  return {
    version: 'Date:2017-06-01T00:00:00Z',
    synchronizationRules: [outbound('salesforce.com', [placeholder, users]), inbound],
    directories: [
      {
        id: '66e4a8cc-1b7b-435e-95f8-f06cea133828',
        name: NAME,
        objects: ['User', 'Application', 'AppRole', 'AppRoleAssignment', 'ServicePrincipal', 'Group'].map((name) =>
          objectDefinition(name, [attribute('objectId', { anchor: true, required: true })]),
        ),
      },
      {
        id: 'cccccccc-0000-0000-0000-000000000000',
        name: 'salesforce.com',
        objects: [objectDefinition('User', list), ...others],
      },
    ],
  };
}

/** Shaped like a cloud sync job of 2025: from Active Directory into Entra, so nothing of it runs here. */
export function cloudSyncSchema(): GraphSchema {
  return {
    id: 'AD2AADProvisioning.0123456789abcdef0123456789abcdef.22222222-2222-3333-4444-555555555555',
    version: 'Date:2025-03-01T10:00:00Z, ActivityId:22222222-2222-3333-4444-555555555555',
    synchronizationRules: [
      {
        editable: true,
        id: '6c409270-f78a-4bc6-af23-7cf3ab6482fe',
        name: 'AD2AADProvisioning',
        priority: 1,
        sourceDirectoryName: 'corp.example',
        targetDirectoryName: NAME,
        containerFilter: { includedContainers: ['OU=People,DC=corp,DC=example'] },
        groupFilter: null,
        metadata: [],
        objectMappings: [
          {
            attributeMappings: [
              row([
                '=IIF(IsPresent([isCriticalSystemObject]), IIF([sAMAccountName] = "krbtgt", True, False), False)',
                'accountEnabled',
                0,
              ]),
            ],
            enabled: true,
            flowTypes: 'Add,Update,Delete',
            metadata: [],
            name: 'Provision Active Directory users',
            scope: { categoryFilterGroups: [], groups: [], inputFilterGroups: [] },
            sourceObjectName: 'user',
            targetObjectName: 'User',
          },
        ],
      },
    ],
    directories: [
      {
        discoverabilities: 'AttributeNames,AttributeDataTypes',
        discoveryDateTime: '2025-03-01T10:00:00Z',
        id: 'dddddddd-0000-0000-0000-000000000000',
        name: 'corp.example',
        readOnly: false,
        version: '1',
        objects: [
          {
            ...objectDefinition('user', [
              attribute('objectGUID', { anchor: true, flowNullValues: false, apiExpressions: [] }),
            ]),
            supportedApis: [],
          },
        ],
      },
    ],
  };
}
