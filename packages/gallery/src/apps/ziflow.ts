import { groupsOff, userRows, userTargets } from '../default-mapping.ts';
import { addressSection, administratorsPage, type PortalPage, singleSignOnPage } from '../portal.ts';
import type { AppProfile } from '../profile.ts';
import type { AppTemplate } from '../template.ts';

/** Ziflow, an own (non-gallery) app: four attributes, create only, no groups, and import of its members. */
export const ziflowTemplate: AppTemplate = {
  id: 'ziflow',
  title: 'Ziflow',
  summary: 'Online proofing. New members are pushed; existing ones can be imported.',
  listing: 'own',
  scope: 'assigned',
  connection: {
    tenantUrlHint: 'The address ends in /v1/scim/v2, without a slash behind it.',
    tenantUrlEnding: '/v1/scim/v2',
    tokenLabel: 'API key',
    tokenHint: 'Ziflow: the API key in the profile of a user with administration rights.',
    testFailureHint: 'The API key must belong to a user with administration rights in an enterprise account.',
  },
  users: {
    objectType: 'user',
    enabled: true,
    actions: { create: true, update: false, delete: false },
    mappings: [userRows.userName, userRows.workEmail, userRows.givenName, userRows.familyName],
    filters: [],
    targetAttributes: [
      userTargets.userName,
      userTargets.filterableWorkEmail,
      userTargets.givenName,
      userTargets.familyName,
    ],
  },
  groups: groupsOff,
  importUsers: true,
  signOn: {
    need: 'first',
    protocols: ['saml', 'oidc'],
    text: 'Single sign-on with the directory must be set up before provisioning.',
  },
  notSupported: ['Pushing profile updates.', 'Pushing groups.', 'Importing groups.'],
  setupGuide: [
    { title: 'Check the plan', text: 'Provisioning is for enterprise customers only.' },
    { title: 'Set up single sign-on first', text: 'It is a prerequisite of provisioning.' },
    {
      title: 'Copy the API key',
      text: 'Open the profile of a user with administration rights in Ziflow and copy the API key.',
    },
    {
      title: 'Connect',
      text: 'Tenant URL ends in /v1/scim/v2. The API key is the Secret Token. Test the connection, then save.',
    },
    {
      title: 'Mappings',
      text: 'Groups are off, Update and Delete are off, and four rows are kept: userName, work e-mail, given name, family name.',
    },
    { title: 'Push users', text: 'People assigned in the directory become members of the account.' },
    {
      title: 'Import users',
      text: 'Members made in Ziflow are imported and either matched to existing people or created as new ones.',
    },
  ],
};

const portal: readonly PortalPage[] = [
  singleSignOnPage({
    trail: ['Account settings', 'Single sign-on'],
    text: 'It is set up before provisioning: without it provisioning cannot be switched on.',
  }),
  {
    path: 'provisioning',
    title: 'Provisioning',
    trail: ['Account settings', 'Provisioning'],
    audience: 'setup',
    sections: [
      {
        kind: 'provisioning',
        title: 'Provisioning',
        text: 'People who are assigned in the directory become members of this account. Profile updates, removals and groups are not taken.',
      },
      addressSection,
      {
        kind: 'attributes',
        title: 'Attributes',
        text: 'What Ziflow takes from the directory, once, when a member is made.',
      },
    ],
  },
  {
    path: 'profile',
    title: 'Profile',
    trail: ['Profile', 'API key'],
    audience: 'setup',
    sections: [
      {
        kind: 'apiKey',
        title: 'API key',
        label: 'API key',
        button: 'Generate API key',
        text: 'It is yours, and works as long as you have administration rights. It is shown once; a new one takes the place of the one before. Paste it as Secret Token.',
      },
    ],
  },
  {
    path: 'members',
    title: 'Members',
    trail: ['Account settings', 'Members'],
    sections: [
      {
        kind: 'members',
        title: 'Members',
        text: 'Members made here can be imported into the directory: there they are matched to people or made as new ones. Profiles stay in Ziflow once they are made.',
        addButton: 'Add member',
      },
    ],
  },
  administratorsPage(['Account settings', 'Administrators']),
];

/** Ziflow as a SCIM service. */
export const ziflowProfile: AppProfile = {
  id: 'ziflow',
  title: 'Ziflow',
  summary: 'Takes new members and lists them. Updates, deletions and groups are refused.',
  basePath: '/ziflow/v1/scim/v2/',
  tenantInPath: false,
  tenantIdLabel: 'Account',
  trailingSlash: false,
  plan: 'Enterprise',
  users: {
    enabled: true,
    attributes: ['userName', 'emails[type eq "work"].value', 'name.givenName', 'name.familyName'],
    required: ['userName'],
    filterable: ['userName', 'emails[type eq "work"].value', 'emails.value'],
    unique: ['userName'],
    actions: { create: true, read: true, update: false, delete: false },
  },
  groups: { enabled: false },
  removal: 'delete',
  linking: { by: 'none' },
  fixedAccounts: [],
  roles: { kind: 'none' },
  token: {
    kind: 'api-key',
    label: 'API key',
    shownOnce: true,
    hint: 'The API key in the profile of a user with administration rights.',
  },
  addressRestriction: true,
  refusals: {
    updateUser: {
      code: 'methodNotAllowed',
      text: 'Ziflow takes no profile updates over SCIM. Switch the Update action off in the mapping.',
    },
    deleteUser: {
      code: 'methodNotAllowed',
      text: 'Ziflow removes no members over SCIM. Switch the Delete action off in the mapping and remove the member in Ziflow.',
    },
    noGroups: { code: 'notImplemented', text: 'Ziflow has no groups over SCIM. Switch the group mapping off.' },
    provisioningOff: {
      code: 'forbidden',
      text: 'Provisioning is off. Set up single sign-on first, then switch provisioning on in Ziflow.',
    },
    duplicateUser: { code: 'uniqueness', text: 'Ziflow already has a member with this user name.' },
    wrongToken: {
      code: 'unauthorized',
      text: 'The API key is wrong or revoked, or its user has no administration rights.',
    },
  },
  connectionFields: [],
  portal,
  signIn: {
    protocols: ['saml', 'oidc'],
    need: 'first',
    permissions: [],
    text: 'Single sign-on with the directory is set up before provisioning.',
  },
  staysInApp: ['Profiles after creation', 'Removal of members', 'Groups'],
  setupGuide: [
    { title: 'Enterprise account', text: 'SCIM is open to enterprise customers with single sign-on in place.' },
    {
      title: 'Single sign-on first',
      text: 'Account settings > Single sign-on: save the values, make a test sign-in, enforce it. Members are found once by their e-mail address, since Ziflow keeps no object id.',
    },
    {
      title: 'API key',
      text: 'Open the profile of a user with administration rights, generate the API key and copy it: it is shown once.',
    },
    {
      title: 'Switch provisioning on',
      text: 'Account settings > Provisioning. Before single sign-on is enforced this is refused.',
    },
  ],
};
