import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  title: 'Admin credentials',
  tenantUrl: 'Tenant URL',
  secret: 'Secret token',
  stored: 'Stored; it is never shown',
  missing: 'None is stored',
  dialect: 'Wire dialect',
  updates: 'Updates by',
  scope: 'Scope',
  all: 'All users and groups',
  assigned: 'Only assigned users and groups',
  interval: 'Interval',
  onChange: 'Also when something changes',
  yes: 'Yes',
  no: 'No',
  test: 'Test Connection',
  ok: 'The app answered as a SCIM service should.',
  notOk: 'The connection does not work',
  features: 'What the app can do',
  change:
    'Connection, schedule, rate, guard and notification mail are set in lockstep.yaml: npx lockstep apply -f lockstep.yaml',
} as const;

export const connectionPhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    title: 'Beheerdersreferenties',
    tenantUrl: 'Tenant-URL',
    secret: 'Geheim token',
    stored: 'Opgeslagen; het wordt nooit getoond',
    missing: 'Er is er geen opgeslagen',
    dialect: 'Dialect op de lijn',
    updates: 'Bijwerken met',
    scope: 'Bereik',
    all: 'Alle gebruikers en groepen',
    assigned: 'Alleen toegewezen gebruikers en groepen',
    interval: 'Interval',
    onChange: 'Ook als er iets verandert',
    yes: 'Ja',
    no: 'Nee',
    test: 'Verbinding testen',
    ok: 'De app antwoordde zoals een SCIM-dienst hoort.',
    notOk: 'De verbinding werkt niet',
    features: 'Wat de app kan',
    change:
      'Verbinding, planning, tempo, bewaking en meldingsadres staan in lockstep.yaml: npx lockstep apply -f lockstep.yaml',
  },
};
