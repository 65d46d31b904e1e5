import { allActions, groupsOff, userRows, userTargets } from '../default-mapping.ts';
import {
  addressSection,
  administratorsPage,
  certificateFields,
  issuerField,
  languageField,
  type PortalPage,
  type SignOnForm,
} from '../portal.ts';
import type { AppProfile, ConnectionField } from '../profile.ts';
import type { AppTemplate } from '../template.ts';

const ROLE_EXPRESSION = 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])';

/** Zenvoices, an own (non-gallery) app: linking by e-mail, roles, no groups, leaving makes inactive. */
export const zenvoicesTemplate: AppTemplate = {
  id: 'zenvoices',
  title: 'Zenvoices',
  summary: 'Invoice processing. Users are linked by e-mail address and get their roles from the directory.',
  listing: 'own',
  scope: 'assigned',
  connection: {
    tenantUrlHint: 'The address ends in /api/scim/entra/ followed by the environment ID, such as /api/scim/entra/1234.',
    tenantUrlEnding: '/api/scim/entra/{environmentId}',
    tokenLabel: 'SCIM access key',
    tokenHint: 'Zenvoices: Management > Environment > Settings > Microsoft Entra ID > Generate access key.',
    testFailureHint:
      'The access key is mandatory since 22 December 2025. Generate one, choose Save all, and paste it as Secret Token.',
  },
  users: {
    objectType: 'user',
    enabled: true,
    actions: allActions,
    mappings: [
      userRows.userName,
      userRows.active,
      userRows.workEmail,
      userRows.preferredLanguage,
      userRows.givenName,
      userRows.familyName,
      userRows.externalIdFromObjectId,
      { target: 'roles', source: { kind: 'expression', text: ROLE_EXPRESSION }, apply: 'always' },
    ],
    filters: [],
    targetAttributes: [
      userTargets.userName,
      userTargets.active,
      userTargets.filterableWorkEmail,
      userTargets.preferredLanguage,
      userTargets.givenName,
      userTargets.familyName,
      userTargets.externalId,
      userTargets.roles,
    ],
  },
  groups: groupsOff,
  roles: {
    target: 'roles',
    expression: ROLE_EXPRESSION,
    text: 'A role value must equal the role name in Zenvoices exactly. One value may name several roles with commas (Uploader,Authorizer). Values hold no spaces. Needs the scope "only assigned users and groups".',
  },
  importUsers: false,
  signOn: {
    need: 'only',
    protocols: ['oidc'],
    text: 'OpenID Connect against the directory tenant. Once active, signing in is possible only with the directory button.',
  },
  notSupported: ['Groups.', 'Administration rights: they are managed in Zenvoices.', 'The Admin user.'],
  setupGuide: [
    {
      title: 'Register the app in the directory',
      text: 'Note Application (client) ID, Directory (tenant) ID and a client secret with its expiry date. Add the Redirect URL of Zenvoices and the delegated permission User.Read; the Admin user gives consent.',
    },
    {
      title: 'Fill in the connection page',
      text: 'Zenvoices: Management > Environment > Settings > tab Microsoft Entra ID. Generate the SCIM access key, copy it and the environment ID, then Save all.',
    },
    {
      title: 'Connect',
      text: 'Tenant URL ends in /api/scim/entra/ and the environment ID. Test the connection, then save.',
    },
    {
      title: 'Mappings',
      text: 'Groups are off. displayName, title, name.formatted, addresses, phone numbers and the enterprise attributes are not sent. externalId comes from objectId, roles from the role expression.',
    },
    {
      title: 'Roles',
      text: 'Create app roles in the directory whose values equal the role names in Zenvoices, and assign users or groups with a role.',
    },
    { title: 'Start small', text: 'Provision one or two users, look at the log, then assign everyone.' },
    {
      title: 'When somebody leaves',
      text: 'Remove the user in both places: removed in the directory, the user in Zenvoices becomes inactive and is not deleted.',
    },
  ],
};

const connectionFields: readonly ConnectionField[] = [
  {
    id: 'clientId',
    label: 'Application (client) ID',
    direction: 'in',
    required: true,
    secret: false,
    expires: false,
    hint: 'From the app registration in the directory.',
  },
  {
    id: 'directoryTenantId',
    label: 'Directory (tenant) ID',
    direction: 'in',
    required: true,
    secret: false,
    expires: false,
    hint: 'From the app registration in the directory.',
  },
  {
    id: 'clientSecret',
    label: 'Client secret',
    direction: 'in',
    required: true,
    secret: true,
    expires: true,
    hint: 'The value, not its ID. Keep an eye on its expiry date.',
  },
  {
    id: 'redirectUrl',
    label: 'Redirect URL',
    direction: 'out',
    required: false,
    secret: false,
    expires: false,
    hint: 'Copy it into the app registration.',
  },
  {
    id: 'tenantId',
    label: 'Environment ID',
    direction: 'out',
    required: false,
    secret: false,
    expires: false,
    hint: 'The last part of the Tenant URL.',
  },
  {
    id: 'accessKey',
    label: 'SCIM access key',
    direction: 'out',
    required: true,
    secret: true,
    expires: false,
    hint: 'Generate access key shows it once. It must be set.',
  },
];

const signOn: SignOnForm = {
  protocol: 'oidc',
  title: 'Microsoft Entra ID',
  fields: [...connectionFields.filter((field) => field.id !== 'accessKey'), issuerField, ...certificateFields],
};

const portal: readonly PortalPage[] = [
  {
    path: 'settings',
    title: 'Settings',
    trail: ['Management', 'Environment', 'Settings'],
    tab: 'Microsoft Entra ID',
    audience: 'setup',
    sections: [
      {
        kind: 'accessKey',
        title: 'SCIM access key',
        label: 'SCIM access key',
        button: 'Generate access key',
        text: 'Mandatory since 22 December 2025. It is shown once; a new one takes the place of the one before. Paste it as Secret Token.',
        isMandatory: true,
      },
      {
        kind: 'signOn',
        title: 'Sign-in with Microsoft Entra ID',
        text: 'Values of the app registration in the directory. After activation signing in is possible only with the directory button; the Admin user keeps its password.',
        protocols: [signOn],
        saveButton: 'Save all',
        activateButton: 'Activate',
      },
      addressSection,
    ],
  },
  {
    path: 'environment',
    title: 'Environment',
    trail: ['Management', 'Environment', 'Settings'],
    tab: 'General',
    sections: [
      {
        kind: 'localSettings',
        title: 'Environment settings',
        text: 'They stay in Zenvoices: the directory neither reads nor changes them.',
        fields: [
          { id: 'environmentName', label: 'Name of the environment', input: { kind: 'text', lengthMax: 200 } },
          languageField,
          {
            id: 'mailOnNewInvoice',
            label: 'Mail about every new invoice',
            input: { kind: 'switch', default: false },
          },
        ],
      },
    ],
  },
  {
    path: 'users',
    title: 'Users',
    trail: ['Management', 'Users'],
    sections: [
      {
        kind: 'members',
        title: 'Users',
        text: 'Users are linked with the directory by their e-mail address; from then on the directory leads, and what it leads cannot be edited here. Removed in the directory, a user becomes inactive; remove it here as well.',
        addButton: 'Add user',
      },
    ],
  },
  {
    path: 'roles',
    title: 'Roles',
    trail: ['Management', 'Roles'],
    sections: [
      {
        kind: 'roles',
        title: 'Roles',
        text: 'The role value of the directory must equal the name exactly. One value may name several roles with commas. Names hold no spaces.',
      },
    ],
  },
  administratorsPage(['Management', 'Administration rights']),
  {
    path: 'my-settings',
    title: 'My settings',
    trail: ['My settings'],
    audience: 'member',
    sections: [
      {
        kind: 'ownSettings',
        title: 'Language and notifications',
        text: 'They stay in Zenvoices: the directory neither reads nor changes them.',
        fields: [
          languageField,
          {
            id: 'notifyApproval',
            label: 'Mail when an invoice waits for me',
            input: { kind: 'switch', default: true },
          },
        ],
      },
    ],
  },
];

/** Zenvoices as a SCIM service. */
export const zenvoicesProfile: AppProfile = {
  id: 'zenvoices',
  title: 'Zenvoices',
  summary: 'Links users by unique e-mail address, keeps a list of roles, and never deletes a user.',
  basePath: '/zenvoices/api/scim/entra/',
  tenantInPath: true,
  tenantIdLabel: 'Environment ID',
  tenantIdForm: 'number',
  trailingSlash: false,
  plan: 'Compleet',
  users: {
    enabled: true,
    attributes: [
      'userName',
      'active',
      'emails[type eq "work"].value',
      'preferredLanguage',
      'name.givenName',
      'name.familyName',
      'externalId',
      'roles',
    ],
    required: ['userName'],
    filterable: ['userName', 'externalId', 'emails[type eq "work"].value', 'emails.value', 'active'],
    unique: ['userName', 'emails[type eq "work"].value'],
    actions: { create: true, read: true, update: true, delete: true },
  },
  groups: { enabled: false },
  removal: 'deactivate',
  linking: { by: 'email', userNameBecomes: 'email', directoryLeads: true },
  fixedAccounts: ['Admin'],
  roles: { kind: 'listed', names: ['Uploader', 'Authorizer', 'Viewer'], separator: ',', namesHoldSpaces: false },
  token: {
    kind: 'self-service',
    label: 'SCIM access key',
    shownOnce: true,
    hint: 'Generate access key: shown once. A request without it is refused since 22 December 2025.',
  },
  addressRestriction: true,
  refusals: {
    noGroups: { code: 'notImplemented', text: 'Zenvoices has no groups over SCIM. Set Provision Groups to No.' },
    fixedAccount: { code: 'forbidden', text: 'The Admin user is fixed: it is never linked and never touched.' },
    unknownRole: {
      code: 'invalidValue',
      text: 'The role value must equal a role name in Zenvoices exactly; several names are separated by commas.',
    },
    roleNameWithSpace: { code: 'invalidValue', text: 'Role names in Zenvoices hold no spaces.' },
    duplicateUser: {
      code: 'uniqueness',
      text: 'Zenvoices already has a linked user with this user name or e-mail address.',
    },
    missingToken: {
      code: 'unauthorized',
      text: 'A SCIM access key is mandatory since 22 December 2025. Generate one on the connection page.',
    },
    wrongToken: { code: 'unauthorized', text: 'The SCIM access key is wrong or was replaced.' },
  },
  connectionFields,
  portal,
  signIn: {
    protocols: ['oidc'],
    need: 'only',
    permissions: ['User.Read'],
    text: 'After activation signing in is possible only with the directory button. The Admin user gives consent.',
  },
  staysInApp: [
    'Environment settings',
    'Language settings',
    'Notifications',
    'Administration rights',
    'The list of roles and their names',
  ],
  setupGuide: [
    { title: 'Open the connection page', text: 'Management > Environment > Settings > tab Microsoft Entra ID.' },
    {
      title: 'Fill in the sign-in values',
      text: 'Application (client) ID, Directory (tenant) ID, client secret and its expiry date. Copy the Redirect URL out.',
    },
    {
      title: 'Generate the access key',
      text: 'Generate access key shows it once; copy it with the environment ID, then Save all.',
    },
    {
      title: 'Sign-in',
      text: 'The Admin user gives consent to User.Read. From then on only the directory button signs users in.',
    },
  ],
};
