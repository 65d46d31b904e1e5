import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { welcomePlaces } from '../pages/welcome/welcome-steps.ts';
import { BrokenPage, MissingPage } from './FallbackPages.tsx';
import { Shell } from './Shell.tsx';
import { present, type RawSearch, readChoice, readText } from './search-params.ts';

/** A list that is searched and paged; both live in the address. */
function listSearch(raw: RawSearch) {
  return present({ search: readText(raw['search']), after: readText(raw['after']) });
}

/** The table on screen: users or groups. */
function objectSearch(raw: RawSearch) {
  return present({ type: readChoice(raw['type'], ['users', 'groups']), row: readText(raw['row']) });
}

/** Filters of the provisioning log, and the record in the drawer. */
export function logSearch(raw: RawSearch) {
  return present({
    app: readText(raw['app']),
    user: readText(raw['user']),
    status: readChoice(raw['status'], ['success', 'warning', 'failure', 'skipped']),
    action: readChoice(raw['action'], ['create', 'update', 'delete', 'disable', 'stagedDelete', 'other']),
    cycle: readText(raw['cycle']),
    from: readText(raw['from']),
    to: readText(raw['to']),
    before: readText(raw['before']),
    record: readText(raw['record']),
    tab: readChoice(raw['tab'], ['steps', 'troubleshooting', 'properties', 'summary', 'wire']),
  });
}

/** Filters of the audit log, and the record in the drawer. */
function auditSearch(raw: RawSearch) {
  return present({
    actor: readText(raw['actor']),
    action: readText(raw['action']),
    subject: readText(raw['subject']),
    from: readText(raw['from']),
    to: readText(raw['to']),
    after: readText(raw['after']),
    record: readText(raw['record']),
  });
}

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: BrokenPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/home/HomePage.tsx'), 'HomePage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  validateSearch: (raw: RawSearch) => present({ step: readChoice(raw['step'], welcomePlaces) }),
  component: lazyRouteComponent(() => import('../pages/welcome/WelcomePage.tsx'), 'WelcomePage'),
});

const apps = createRoute({
  getParentRoute: () => root,
  path: '/apps',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/apps/AppsPage.tsx'), 'AppsPage'),
});

const app = createRoute({
  getParentRoute: () => root,
  path: '/apps/$app',
  component: lazyRouteComponent(() => import('../pages/app/AppFrame.tsx'), 'AppFrame'),
});

const appOverview = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/OverviewPage.tsx'), 'OverviewPage'),
});

const connection = createRoute({
  getParentRoute: () => app,
  path: '/connection',
  component: lazyRouteComponent(() => import('../pages/connection/ConnectionPage.tsx'), 'ConnectionPage'),
});

const behaviour = createRoute({
  getParentRoute: () => app,
  path: '/behaviour',
  component: lazyRouteComponent(() => import('../pages/behaviour/BehaviourPage.tsx'), 'BehaviourPage'),
});

const scope = createRoute({
  getParentRoute: () => app,
  path: '/scope',
  validateSearch: (raw: RawSearch) => present({ type: readChoice(raw['type'], ['users', 'groups']) }),
  component: lazyRouteComponent(() => import('../pages/scope/ScopePage.tsx'), 'ScopePage'),
});

const assignments = createRoute({
  getParentRoute: () => app,
  path: '/assignments',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/assignments/AssignmentsPage.tsx'), 'AssignmentsPage'),
});

const roles = createRoute({
  getParentRoute: () => app,
  path: '/roles',
  component: lazyRouteComponent(() => import('../pages/roles/RolesPage.tsx'), 'RolesPage'),
});

const links = createRoute({
  getParentRoute: () => app,
  path: '/links',
  validateSearch: (raw: RawSearch) =>
    present({ object: readChoice(raw['object'], ['user', 'group']), ...listSearch(raw) }),
  component: lazyRouteComponent(() => import('../pages/links/LinksPage.tsx'), 'LinksPage'),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: '/gallery',
  validateSearch: (raw: RawSearch) => present({ template: readText(raw['template']) }),
  component: lazyRouteComponent(() => import('../pages/gallery/GalleryPage.tsx'), 'GalleryPage'),
});

const plan = createRoute({
  getParentRoute: () => app,
  path: '/plan',
  validateSearch: (raw: RawSearch) => present({ plan: readText(raw['plan']), after: readText(raw['after']) }),
  component: lazyRouteComponent(() => import('../pages/plan/PlanPage.tsx'), 'PlanPage'),
});

const mappings = createRoute({
  getParentRoute: () => app,
  path: '/mappings',
  validateSearch: objectSearch,
  component: lazyRouteComponent(() => import('../pages/mappings/MappingsPage.tsx'), 'MappingsPage'),
});

const onDemand = createRoute({
  getParentRoute: () => app,
  path: '/on-demand',
  validateSearch: (raw: RawSearch) => present({ user: readText(raw['user']) }),
  component: lazyRouteComponent(() => import('../pages/on-demand/OnDemandPage.tsx'), 'OnDemandPage'),
});

const staged = createRoute({
  getParentRoute: () => app,
  path: '/staged',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/staged/StagedPage.tsx'), 'StagedPage'),
});

const appImport = createRoute({
  getParentRoute: () => app,
  path: '/import',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/findings/AccountImportPage.tsx'), 'AccountImportPage'),
});

const drift = createRoute({
  getParentRoute: () => app,
  path: '/drift',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/findings/DriftPage.tsx'), 'DriftPage'),
});

const appLogs = createRoute({
  getParentRoute: () => app,
  path: '/logs',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/logs', search: { app: params.app } });
  },
});

const logs = createRoute({
  getParentRoute: () => root,
  path: '/logs',
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import('../pages/logs/LogsPage.tsx'), 'LogsPage'),
});

/** A list of the directory, searched, sorted and paged. */
function directorySearch(raw: RawSearch) {
  return present({
    search: readText(raw['search']),
    after: readText(raw['after']),
    state: readChoice(raw['state'], ['enabled', 'disabled', 'deleted']),
  });
}

const people = createRoute({
  getParentRoute: () => root,
  path: '/directory/users',
  validateSearch: directorySearch,
  component: lazyRouteComponent(() => import('../pages/directory/PeoplePage.tsx'), 'PeoplePage'),
});

const person = createRoute({
  getParentRoute: () => root,
  path: '/directory/users/$key',
  validateSearch: (raw: RawSearch) =>
    present({
      tab: readChoice(raw['tab'], ['overview', 'explain']),
      after: readText(raw['after']),
      before: readText(raw['before']),
    }),
  component: lazyRouteComponent(() => import('../pages/directory/person/PersonPage.tsx'), 'PersonPage'),
});

const personNew = createRoute({
  getParentRoute: () => root,
  path: '/directory/users/new',
  component: lazyRouteComponent(() => import('../pages/directory/edit/EntryPages.tsx'), 'NewPersonPage'),
});

const personEdit = createRoute({
  getParentRoute: () => root,
  path: '/directory/users/$key/edit',
  component: lazyRouteComponent(() => import('../pages/directory/edit/EntryPages.tsx'), 'EditPersonPage'),
});

const groups = createRoute({
  getParentRoute: () => root,
  path: '/directory/groups',
  validateSearch: directorySearch,
  component: lazyRouteComponent(() => import('../pages/directory/GroupsPage.tsx'), 'GroupsPage'),
});

const group = createRoute({
  getParentRoute: () => root,
  path: '/directory/groups/$key',
  validateSearch: (raw: RawSearch) =>
    present({
      tab: readChoice(raw['tab'], ['members', 'inherited', 'groups', 'explain', 'details']),
      after: readText(raw['after']),
      before: readText(raw['before']),
    }),
  component: lazyRouteComponent(() => import('../pages/directory/group/GroupPage.tsx'), 'GroupPage'),
});

const groupNew = createRoute({
  getParentRoute: () => root,
  path: '/directory/groups/new',
  component: lazyRouteComponent(() => import('../pages/directory/edit/EntryPages.tsx'), 'NewGroupPage'),
});

const groupEdit = createRoute({
  getParentRoute: () => root,
  path: '/directory/groups/$key/edit',
  component: lazyRouteComponent(() => import('../pages/directory/edit/EntryPages.tsx'), 'EditGroupPage'),
});

const feeds = createRoute({
  getParentRoute: () => root,
  path: '/directory/feeds',
  validateSearch: (raw: RawSearch) => present({ after: readText(raw['after']), feed: readText(raw['feed']) }),
  component: lazyRouteComponent(() => import('../pages/directory/feeds/FeedsPage.tsx'), 'FeedsPage'),
});

const directoryImport = createRoute({
  getParentRoute: () => root,
  path: '/directory/import',
  component: lazyRouteComponent(() => import('../pages/directory/ImportPage.tsx'), 'ImportPage'),
});

const providers = createRoute({
  getParentRoute: () => root,
  path: '/providers',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('../pages/providers/ProvidersPage.tsx'), 'ProvidersPage'),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: '/providers/$provider',
  validateSearch: (raw: RawSearch) =>
    present({
      tab: readChoice(raw['tab'], ['connection', 'accounts', 'groups', 'requests', 'events', 'roles', 'sign-in']),
      search: readText(raw['search']),
      after: readText(raw['after']),
      row: readText(raw['row']),
      status: readChoice(raw['status'], ['2xx', '3xx', '4xx', '5xx']),
      members: readText(raw['members']),
      deviation: readText(raw['deviation']),
      from: readText(raw['from']),
      to: readText(raw['to']),
    }),
  component: lazyRouteComponent(() => import('../pages/providers/ProviderPage.tsx'), 'ProviderPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings/SettingsFrame.tsx'), 'SettingsFrame'),
});

const settingsPeople = createRoute({
  getParentRoute: () => settings,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/settings/SettingsStart.tsx'), 'SettingsStart'),
});

const settingsKeys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => import('../pages/settings/KeysPage.tsx'), 'KeysPage'),
});

const settingsSignIn = createRoute({
  getParentRoute: () => settings,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../pages/settings/sign-in/SignInPage.tsx'), 'SignInPage'),
});

const settingsAddress = createRoute({
  getParentRoute: () => settings,
  path: '/address',
  component: lazyRouteComponent(() => import('../pages/settings/address/AddressPage.tsx'), 'AddressPage'),
});

const settingsMail = createRoute({
  getParentRoute: () => settings,
  path: '/mail',
  component: lazyRouteComponent(() => import('../pages/settings/mail/MailPage.tsx'), 'MailPage'),
});

const settingsSecrets = createRoute({
  getParentRoute: () => settings,
  path: '/secrets',
  validateSearch: (raw: RawSearch) => present({ after: readText(raw['after']) }),
  component: lazyRouteComponent(() => import('../pages/settings/secrets/SecretsPage.tsx'), 'SecretsPage'),
});

const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/settings/account/AccountPage.tsx'), 'AccountPage'),
});

const settingsAbout = createRoute({
  getParentRoute: () => settings,
  path: '/about',
  component: lazyRouteComponent(() => import('../pages/settings/about/AboutPage.tsx'), 'AboutPage'),
});

const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('../pages/settings/AuditPage.tsx'), 'AuditPage'),
});

const tree = root.addChildren([
  home,
  welcome,
  apps,
  gallery,
  app.addChildren([
    appOverview,
    connection,
    behaviour,
    mappings,
    scope,
    assignments,
    roles,
    links,
    plan,
    onDemand,
    staged,
    appImport,
    drift,
    appLogs,
  ]),
  logs,
  people,
  person,
  personNew,
  personEdit,
  groups,
  group,
  groupNew,
  groupEdit,
  feeds,
  directoryImport,
  providers,
  provider,
  settings.addChildren([
    settingsPeople,
    settingsKeys,
    settingsSignIn,
    settingsAddress,
    settingsMail,
    settingsSecrets,
    settingsAudit,
    settingsAccount,
    settingsAbout,
  ]),
]);

/** Every address of the console. Pages are loaded when they are first gone to, or pointed at. */
export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
