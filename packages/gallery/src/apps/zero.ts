import { allActions, defaultGroups, userRows, userTargets } from '../default-mapping.ts';
import { addressSection, administratorsPage, type PortalPage, singleSignOnPage } from '../portal.ts';
import type { AppProfile } from '../profile.ts';
import type { AppTemplate } from '../template.ts';

/** Zero (teamzero), a gallery app: users without mail and display name, and groups. */
export const zeroTemplate: AppTemplate = {
  id: 'zero',
  title: 'Zero',
  summary: 'Users with name, title, department and organization, and groups.',
  listing: 'gallery',
  scope: 'assigned',
  connection: {
    tenantUrlHint: 'The address the vendor sends with the token. It ends in /scim/v2/.',
    tenantUrlEnding: '/scim/v2/',
    tokenLabel: 'SCIM token',
    tokenHint: 'The administrator of the account asks the support of Zero for it.',
    testFailureHint: 'Ask the support of Zero whether the token is still in force for your account.',
  },
  users: {
    objectType: 'user',
    enabled: true,
    actions: allActions,
    mappings: [
      userRows.userName,
      userRows.active,
      userRows.title,
      userRows.givenName,
      userRows.familyName,
      userRows.workPhone,
      userRows.externalIdFromObjectId,
      userRows.department,
      userRows.organization,
    ],
    filters: [],
    targetAttributes: [
      userTargets.userName,
      userTargets.active,
      userTargets.title,
      userTargets.givenName,
      userTargets.familyName,
      userTargets.workPhone,
      userTargets.externalId,
      userTargets.department,
      userTargets.organization,
    ],
  },
  groups: defaultGroups,
  importUsers: false,
  signOn: {
    need: 'recommended',
    protocols: ['saml', 'oidc'],
    text: 'Single sign-on is recommended.',
  },
  notSupported: ['E-mail addresses and display names of users.'],
  setupGuide: [
    {
      title: 'Ask for the token',
      text: 'The administrator of the account asks the support of Zero for Tenant URL and token.',
    },
    { title: 'Connect', text: 'Enter both, test the connection, then save.' },
    {
      title: 'Keep a filterable matching attribute',
      text: 'Whoever changes the matching attribute must pick one that is marked as supported for filtering: userName or externalId.',
    },
    {
      title: 'Start small',
      text: 'Assign one or two users or groups, provision them, look at the log, then assign everyone.',
    },
    { title: 'Start provisioning', text: 'Switch it on. The first cycle takes longer than the later ones.' },
  ],
};

const portal: readonly PortalPage[] = [
  {
    path: 'provisioning',
    title: 'Provisioning',
    trail: ['Settings', 'Provisioning'],
    audience: 'setup',
    sections: [
      {
        kind: 'operatorToken',
        title: 'SCIM token',
        text: 'The token is made by the support of Zero: the account administrator asks for it, and the operator runs `lockstep provider token new`. There is no button for it.',
      },
      addressSection,
      {
        kind: 'attributes',
        title: 'Attributes',
        text: 'What Zero takes from the directory. A matching attribute must be one that is supported for filtering.',
      },
    ],
  },
  singleSignOnPage({
    trail: ['Settings', 'Single sign-on'],
    text: 'Recommended: the people you provision sign in with their directory identity.',
  }),
  {
    path: 'users',
    title: 'Users',
    trail: ['Settings', 'Users'],
    sections: [
      {
        kind: 'members',
        title: 'Users',
        text: 'What the directory leads cannot be edited here. Removed in the directory, a user is gone here too.',
        addButton: 'Add user',
      },
    ],
  },
  administratorsPage(['Settings', 'Administrators']),
];

/** Zero as a SCIM service. */
export const zeroProfile: AppProfile = {
  id: 'zero',
  title: 'Zero',
  summary: 'Keeps users without mail and display name, and groups. Tokens are made by the operator.',
  basePath: '/zero/scim/v2/',
  tenantInPath: false,
  tenantIdLabel: 'Account',
  trailingSlash: true,
  users: {
    enabled: true,
    attributes: [
      'userName',
      'active',
      'title',
      'name.givenName',
      'name.familyName',
      'phoneNumbers[type eq "work"].value',
      'externalId',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization',
    ],
    required: ['userName'],
    filterable: ['userName', 'externalId'],
    unique: ['userName'],
    actions: { create: true, read: true, update: true, delete: true },
  },
  groups: {
    enabled: true,
    attributes: ['displayName', 'externalId', 'members'],
    required: ['displayName'],
    filterable: ['displayName', 'externalId'],
    unique: ['displayName'],
    actions: { create: true, read: true, update: true, delete: true },
  },
  removal: 'delete',
  linking: { by: 'none' },
  fixedAccounts: [],
  roles: { kind: 'none' },
  token: {
    kind: 'operator',
    label: 'SCIM token',
    shownOnce: true,
    hint: 'Made by the operator on request of the account administrator; there is no page for it in the app.',
  },
  addressRestriction: true,
  refusals: {
    duplicateUser: { code: 'uniqueness', text: 'Zero already has a user with this user name.' },
    duplicateGroup: { code: 'uniqueness', text: 'Zero already has a group with this name.' },
    notFilterable: {
      code: 'invalidFilter',
      text: 'Zero can be searched by userName and externalId for users, and by displayName and externalId for groups.',
    },
    wrongToken: { code: 'unauthorized', text: 'The token is wrong or revoked. Ask the support of Zero for a new one.' },
  },
  connectionFields: [],
  portal,
  signIn: {
    protocols: ['saml', 'oidc'],
    need: 'recommended',
    permissions: [],
    text: 'Single sign-on with the directory identity.',
  },
  staysInApp: [],
  setupGuide: [
    {
      title: 'Make a token for a customer',
      text: 'On request of the account administrator run `lockstep provider token new PROVIDER` and hand the token over by a safe way; it is printed once.',
    },
    { title: 'Tell the address', text: 'The Tenant URL ends in /scim/v2/.' },
  ],
};
