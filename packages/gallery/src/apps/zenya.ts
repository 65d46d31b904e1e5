import { allActions, defaultGroups, userRows, userTargets } from '../default-mapping.ts';
import { addressSection, administratorsPage, type PortalPage, singleSignOnPage } from '../portal.ts';
import type { AppProfile } from '../profile.ts';
import type { AppTemplate } from '../template.ts';

/** Zenya (Infoland), a gallery app: users without name parts, and groups. */
export const zenyaTemplate: AppTemplate = {
  id: 'zenya',
  title: 'Zenya',
  summary: 'Document, quality and risk management. Users and groups, one-way from the directory.',
  listing: 'gallery',
  scope: 'assigned',
  connection: {
    tenantUrlHint: 'The SCIM 2.0 base address of your Zenya with /scim/ added.',
    tenantUrlEnding: '/scim/',
    tokenLabel: 'Permanent token',
    tokenHint: 'Zenya: Application Management > External user management > your provider > Permanent token.',
    testFailureHint: 'The account that made the permanent token needs administration rights in Zenya.',
  },
  users: {
    objectType: 'user',
    enabled: true,
    actions: allActions,
    mappings: [
      userRows.userName,
      userRows.active,
      userRows.displayName,
      userRows.workEmail,
      userRows.preferredLanguage,
      userRows.workPhone,
      userRows.externalIdFromObjectId,
    ],
    filters: [],
    targetAttributes: [
      userTargets.userName,
      userTargets.active,
      userTargets.displayName,
      userTargets.workEmail,
      userTargets.preferredLanguage,
      userTargets.workPhone,
      userTargets.externalId,
    ],
  },
  groups: defaultGroups,
  importUsers: false,
  signOn: {
    need: 'recommended',
    protocols: ['saml', 'oidc'],
    text: 'Single sign-on is recommended: SAML as in the gallery, OpenID Connect on offer too.',
  },
  notSupported: ['Managers: the attribute was removed on 17 June 2020.', 'Parts of a name.'],
  setupGuide: [
    {
      title: 'Make a provider in Zenya',
      text: 'Application Management > External user management > plus icon. Give it a title, restrict it to addresses if you wish, and choose OK.',
    },
    {
      title: 'Copy the permanent token',
      text: 'Choose Permanent token and copy it now: it is never shown again. It is the Secret Token of the app here.',
    },
    {
      title: 'Connect',
      text: 'Tenant URL is the base address with /scim/ added. Test the connection, then save.',
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
    path: 'external-user-management',
    title: 'External user management',
    trail: ['Application Management', 'External user management'],
    audience: 'setup',
    sections: [
      {
        kind: 'sources',
        title: 'Providers',
        text: 'Directories that may write to Zenya. Each has a permanent token of its own.',
        addTitle: 'Add provider',
        addButton: 'OK',
        titleLabel: 'Title',
        addressLabel: 'IP-based access restriction',
        tokenButton: 'Permanent token',
      },
      addressSection,
    ],
  },
  singleSignOnPage({
    trail: ['Application Management', 'Single sign-on'],
    text: 'Recommended: the people you provision sign in with their directory identity.',
  }),
  {
    path: 'users',
    title: 'Users',
    trail: ['Application Management', 'Users'],
    sections: [
      {
        kind: 'members',
        title: 'Users',
        text: 'What the directory leads cannot be edited here.',
        addButton: 'Add user',
      },
      {
        kind: 'attributes',
        title: 'Attributes',
        text: 'What Zenya takes from the directory. A manager is not accepted.',
      },
    ],
  },
  administratorsPage(['Application Management', 'Administrators']),
];

/** Zenya as a SCIM service. */
export const zenyaProfile: AppProfile = {
  id: 'zenya',
  title: 'Zenya',
  summary: 'Keeps users without name parts, and groups. Tokens are made in the app, per provider.',
  basePath: '/zenya/scim/',
  tenantInPath: false,
  tenantIdLabel: 'Provider',
  trailingSlash: true,
  users: {
    enabled: true,
    attributes: [
      'active',
      'displayName',
      'emails[type eq "work"].value',
      'preferredLanguage',
      'userName',
      'phoneNumbers[type eq "work"].value',
      'externalId',
    ],
    required: ['userName'],
    filterable: ['userName', 'externalId'],
    unique: ['userName'],
    actions: { create: true, read: true, update: true, delete: true },
  },
  groups: {
    enabled: true,
    attributes: ['displayName', 'members', 'externalId'],
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
    kind: 'self-service',
    label: 'Permanent token',
    shownOnce: true,
    hint: 'Copy it now: it is never shown again. Paste it as Secret Token at the provisioning side.',
  },
  addressRestriction: true,
  refusals: {
    duplicateUser: { code: 'uniqueness', text: 'Zenya already has a user with this user name.' },
    duplicateGroup: { code: 'uniqueness', text: 'Zenya already has a group with this name.' },
    wrongToken: {
      code: 'unauthorized',
      text: 'The permanent token is wrong or revoked, or the account that made it has no administration rights.',
    },
  },
  connectionFields: [],
  portal,
  signIn: {
    protocols: ['saml', 'oidc'],
    need: 'recommended',
    permissions: [],
    text: 'Single sign-on with the directory identity, over SAML or OpenID Connect.',
  },
  staysInApp: [],
  setupGuide: [
    { title: 'Open the list of providers', text: 'Application Management > External user management.' },
    {
      title: 'Add a provider',
      text: 'Plus icon, a title, and if you wish a restriction to addresses (IP-based access); OK.',
    },
    { title: 'Make the token', text: 'Permanent token: copy it now, it is never shown again.' },
  ],
};
