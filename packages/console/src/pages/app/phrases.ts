import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  app: 'App',
  scope: 'Scope',
  plan: 'Plan',
  assignments: 'Assignments',
  roles: 'Roles',
  links: 'Links',
  overview: 'Overview',
  connection: 'Connection',
  behaviour: 'Behaviour',
  mappings: 'Mappings',
  onDemand: 'Provision on demand',
  staged: 'Staged removals',
  import: 'Import',
  drift: 'Drift',
  logs: 'Logs',
  parts: 'Parts of the app',
  NotConfigured: 'Not configured',
  NotRun: 'Not run yet',
  Active: 'Active',
  Paused: 'Paused',
  Quarantine: 'In quarantine',
  Disabled: 'Disabled',
  running: 'Running',
  attention: 'Needs attention',
} as const;

export type AppStatePhrase =
  | 'NotConfigured'
  | 'NotRun'
  | 'Active'
  | 'Paused'
  | 'Quarantine'
  | 'Disabled'
  | 'running'
  | 'attention';

/** Words of the frame around an app's pages, and of an app's state. */
export const appFramePhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    app: 'App',
    scope: 'Bereik',
    plan: 'Plan',
    assignments: 'Toewijzingen',
    roles: 'Rollen',
    links: 'Koppelingen',
    overview: 'Overzicht',
    connection: 'Verbinding',
    behaviour: 'Gedrag',
    mappings: 'Toewijzingen van kenmerken',
    onDemand: 'Inrichten op aanvraag',
    staged: 'Verwijderingen in de wacht',
    import: 'Importeren',
    drift: 'Afwijkingen',
    logs: 'Logboeken',
    parts: 'Onderdelen van de app',
    NotConfigured: 'Niet ingesteld',
    NotRun: 'Nog niet uitgevoerd',
    Active: 'Actief',
    Paused: 'Onderbroken',
    Quarantine: 'In quarantaine',
    Disabled: 'Uitgeschakeld',
    running: 'Bezig',
    attention: 'Vraagt aandacht',
  },
};
