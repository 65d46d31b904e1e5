import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  createApp: 'Create an app',
  title: 'Home',
  summary: '{people|One person|# people} and {groups|one group|# groups} in the directory',
  attention: 'Needs attention',
  well: 'Everything is in step',
  wellText: 'No app is in quarantine, nothing waits for your word, and nothing fails.',
  apps: 'Apps',
  app: 'App',
  state: 'State',
  accounts: 'People with an account',
  last: 'Last cycle',
  next: 'Next cycle',
  never: 'Never',
  none: 'No app yet',
  noneText:
    'Declare apps in a file and apply it: npx lockstep apply -f lockstep.yaml. The sample company starts with npx lockstep start --sample.',
  staged: '{n|One removal waits|# removals wait} for your word',
  retrying: '{n|One object fails|# objects fail} and {n|is|are} tried again',
  quarantine: 'In quarantine: {why}',
  disabled: 'Provisioning is disabled',
  notConfigured: 'There is no connection yet',
  failed: 'The last cycle failed: {why}',
  look: 'Look',
  search: 'Search apps',
} as const;

export type HomePhrase = keyof typeof en;

export const homePhrases: Catalogue<HomePhrase> = {
  en,
  nl: {
    createApp: 'Een app maken',
    title: 'Start',
    summary: '{people|Eén persoon|# personen} en {groups|één groep|# groepen} in de directory',
    attention: 'Vraagt aandacht',
    well: 'Alles loopt gelijk',
    wellText: 'Geen app is in quarantaine, niets wacht op uw besluit, en niets mislukt.',
    apps: 'Apps',
    app: 'App',
    state: 'Status',
    accounts: 'Personen met een account',
    last: 'Laatste cyclus',
    next: 'Volgende cyclus',
    never: 'Nooit',
    none: 'Nog geen app',
    noneText:
      'Beschrijf apps in een bestand en pas het toe: npx lockstep apply -f lockstep.yaml. Het voorbeeldbedrijf start met npx lockstep start --sample.',
    staged: '{n|Eén verwijdering wacht|# verwijderingen wachten} op uw besluit',
    retrying: '{n|Eén object mislukt en wordt|# objecten mislukken en worden} opnieuw geprobeerd',
    quarantine: 'In quarantaine: {why}',
    disabled: 'De inrichting is uitgeschakeld',
    notConfigured: 'Er is nog geen verbinding',
    failed: 'De laatste cyclus is mislukt: {why}',
    look: 'Bekijken',
    search: 'Apps zoeken',
  },
};
