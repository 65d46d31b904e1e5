import type { AttributeMapping, ObjectMapping, TargetActions, TargetAttribute } from './template.ts';

/** URN of the enterprise extension (RFC 7643 §4.3), in front of its attributes. */
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Carries every kind of leaving onto the wire: IsSoftDeleted true becomes `active` False. */
const ACTIVE_EXPRESSION = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';

/** Names of the rows in `userRows`. */
export type UserRow =
  | 'userName'
  | 'active'
  | 'displayName'
  | 'title'
  | 'workEmail'
  | 'preferredLanguage'
  | 'givenName'
  | 'familyName'
  | 'formattedName'
  | 'workPhone'
  | 'mobilePhone'
  | 'fax'
  | 'office'
  | 'street'
  | 'city'
  | 'region'
  | 'postalCode'
  | 'country'
  | 'externalIdFromNickname'
  | 'externalIdFromObjectId'
  | 'employeeNumber'
  | 'department'
  | 'organization'
  | 'manager';

/** Mapping rows that several templates use, by target. Sources are Entra's attribute names. */
export const userRows: Readonly<Record<UserRow, AttributeMapping>> = {
  userName: {
    target: 'userName',
    source: { kind: 'attribute', name: 'userPrincipalName' },
    apply: 'always',
    matchingPrecedence: 1,
  },
  active: { target: 'active', source: { kind: 'expression', text: ACTIVE_EXPRESSION }, apply: 'always' },
  displayName: { target: 'displayName', source: { kind: 'attribute', name: 'displayName' }, apply: 'always' },
  title: { target: 'title', source: { kind: 'attribute', name: 'jobTitle' }, apply: 'always' },
  workEmail: { target: 'emails[type eq "work"].value', source: { kind: 'attribute', name: 'mail' }, apply: 'always' },
  preferredLanguage: {
    target: 'preferredLanguage',
    source: { kind: 'attribute', name: 'preferredLanguage' },
    apply: 'always',
  },
  givenName: { target: 'name.givenName', source: { kind: 'attribute', name: 'givenName' }, apply: 'always' },
  familyName: { target: 'name.familyName', source: { kind: 'attribute', name: 'surname' }, apply: 'always' },
  formattedName: {
    target: 'name.formatted',
    source: { kind: 'expression', text: 'Join(" ", [givenName], [surname])' },
    apply: 'always',
  },
  workPhone: {
    target: 'phoneNumbers[type eq "work"].value',
    source: { kind: 'attribute', name: 'telephoneNumber' },
    apply: 'always',
  },
  mobilePhone: {
    target: 'phoneNumbers[type eq "mobile"].value',
    source: { kind: 'attribute', name: 'mobile' },
    apply: 'always',
  },
  fax: {
    target: 'phoneNumbers[type eq "fax"].value',
    source: { kind: 'attribute', name: 'facsimileTelephoneNumber' },
    apply: 'always',
  },
  office: {
    target: 'addresses[type eq "work"].formatted',
    source: { kind: 'attribute', name: 'physicalDeliveryOfficeName' },
    apply: 'always',
  },
  street: {
    target: 'addresses[type eq "work"].streetAddress',
    source: { kind: 'attribute', name: 'streetAddress' },
    apply: 'always',
  },
  city: {
    target: 'addresses[type eq "work"].locality',
    source: { kind: 'attribute', name: 'city' },
    apply: 'always',
  },
  region: {
    target: 'addresses[type eq "work"].region',
    source: { kind: 'attribute', name: 'state' },
    apply: 'always',
  },
  postalCode: {
    target: 'addresses[type eq "work"].postalCode',
    source: { kind: 'attribute', name: 'postalCode' },
    apply: 'always',
  },
  country: {
    target: 'addresses[type eq "work"].country',
    source: { kind: 'attribute', name: 'country' },
    apply: 'always',
  },
  externalIdFromNickname: {
    target: 'externalId',
    source: { kind: 'attribute', name: 'mailNickname' },
    apply: 'always',
  },
  externalIdFromObjectId: { target: 'externalId', source: { kind: 'attribute', name: 'objectId' }, apply: 'always' },
  employeeNumber: {
    target: `${ENTERPRISE}:employeeNumber`,
    source: { kind: 'attribute', name: 'employeeId' },
    apply: 'always',
  },
  department: {
    target: `${ENTERPRISE}:department`,
    source: { kind: 'attribute', name: 'department' },
    apply: 'always',
  },
  organization: {
    target: `${ENTERPRISE}:organization`,
    source: { kind: 'attribute', name: 'companyName' },
    apply: 'always',
  },
  manager: { target: `${ENTERPRISE}:manager`, source: { kind: 'attribute', name: 'manager' }, apply: 'always' },
};

/** Names of the rows in `userTargets`. */
export type UserTarget =
  | 'userName'
  | 'active'
  | 'displayName'
  | 'title'
  | 'workEmail'
  | 'filterableWorkEmail'
  | 'preferredLanguage'
  | 'givenName'
  | 'familyName'
  | 'formattedName'
  | 'workPhone'
  | 'mobilePhone'
  | 'fax'
  | 'office'
  | 'street'
  | 'city'
  | 'region'
  | 'postalCode'
  | 'country'
  | 'externalId'
  | 'employeeNumber'
  | 'department'
  | 'organization'
  | 'manager'
  | 'roles';

/** Rows of the target attribute list that several templates use. */
export const userTargets: Readonly<Record<UserTarget, TargetAttribute>> = {
  userName: { name: 'userName', type: 'String', required: true, filterable: true },
  active: { name: 'active', type: 'Boolean' },
  displayName: { name: 'displayName', type: 'String' },
  title: { name: 'title', type: 'String' },
  workEmail: { name: 'emails[type eq "work"].value', type: 'String', caseExact: false },
  filterableWorkEmail: {
    name: 'emails[type eq "work"].value',
    type: 'String',
    caseExact: false,
    filterable: true,
  },
  preferredLanguage: { name: 'preferredLanguage', type: 'String' },
  givenName: { name: 'name.givenName', type: 'String' },
  familyName: { name: 'name.familyName', type: 'String' },
  formattedName: { name: 'name.formatted', type: 'String' },
  workPhone: { name: 'phoneNumbers[type eq "work"].value', type: 'String' },
  mobilePhone: { name: 'phoneNumbers[type eq "mobile"].value', type: 'String' },
  fax: { name: 'phoneNumbers[type eq "fax"].value', type: 'String' },
  office: { name: 'addresses[type eq "work"].formatted', type: 'String' },
  street: { name: 'addresses[type eq "work"].streetAddress', type: 'String' },
  city: { name: 'addresses[type eq "work"].locality', type: 'String' },
  region: { name: 'addresses[type eq "work"].region', type: 'String' },
  postalCode: { name: 'addresses[type eq "work"].postalCode', type: 'String' },
  country: { name: 'addresses[type eq "work"].country', type: 'String' },
  externalId: { name: 'externalId', type: 'String', caseExact: true, filterable: true },
  employeeNumber: { name: `${ENTERPRISE}:employeeNumber`, type: 'String' },
  department: { name: `${ENTERPRISE}:department`, type: 'String' },
  organization: { name: `${ENTERPRISE}:organization`, type: 'String' },
  manager: { name: `${ENTERPRISE}:manager`, type: 'Reference' },
  roles: { name: 'roles', type: 'String', multiValued: true },
};

/** Create, update and delete, which a new mapping starts with. */
export const allActions: TargetActions = { create: true, update: true, delete: true };

/** The group mapping of every app that takes groups (Entra docs "Develop a SCIM endpoint", default group table). */
export const defaultGroups: ObjectMapping = {
  objectType: 'group',
  enabled: true,
  actions: allActions,
  mappings: [
    {
      target: 'displayName',
      source: { kind: 'attribute', name: 'displayName' },
      apply: 'always',
      matchingPrecedence: 1,
    },
    { target: 'externalId', source: { kind: 'attribute', name: 'objectId' }, apply: 'always' },
    { target: 'members', source: { kind: 'attribute', name: 'members' }, apply: 'always' },
  ],
  filters: [],
  targetAttributes: [
    { name: 'displayName', type: 'String', required: true, filterable: true },
    { name: 'externalId', type: 'String', caseExact: true, filterable: true },
    { name: 'members', type: 'Reference', multiValued: true },
  ],
};

/** The group mapping switched off, with its rows kept for whoever switches it on. */
export const groupsOff: ObjectMapping = { ...defaultGroups, enabled: false };
