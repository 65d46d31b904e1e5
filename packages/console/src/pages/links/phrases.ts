import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  title: 'Links',
  intro:
    'Which account of the app belongs to whom. Lockstep matches once and remembers the pair; from then on it finds the account by its id, even when names change.',
  object: 'Show',
  users: 'People',
  groups: 'Groups',
  search: 'Beginning of a name, or id of the account',
  who: 'In the directory',
  gone: 'No longer in the directory',
  account: 'Account in the app',
  id: 'Id in the app',
  state: 'State',
  managed: 'Managed',
  released: 'Released',
  releasedHint: 'No longer assigned; taken up again when the person returns.',
  actions: 'Actions',
  break: 'Break',
  breakNamed: 'Break the link of {name}',
  breakText:
    'Nothing changes in the directory or in the app. The next cycle matches the person or group anew, and makes an account where it finds none.',
  pauseFirst: 'Only while the app is paused or its schedule is off, so that no cycle writes meanwhile.',
  broken: 'The link of {name} is broken.',
  empty: 'There are no links yet',
  emptyText: 'The first cycle matches people and groups with their accounts; every pair it makes is listed here.',
  none: 'Nobody with a link was found',
  noneText: 'Search by the beginning of a name or sign-in name, or by the whole id of the account in the app.',
} as const;

export const phrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    title: 'Koppelingen',
    intro:
      'Welk account van de app bij wie hoort. Lockstep zoekt één keer en onthoudt het paar; daarna wordt het account op zijn id gevonden, ook als namen veranderen.',
    object: 'Tonen',
    users: 'Personen',
    groups: 'Groepen',
    search: 'Begin van een naam, of id van het account',
    who: 'In de directory',
    gone: 'Niet meer in de directory',
    account: 'Account in de app',
    id: 'Id in de app',
    state: 'Toestand',
    managed: 'Beheerd',
    released: 'Losgelaten',
    releasedHint: 'Niet meer toegewezen; wordt weer opgenomen als de persoon terugkomt.',
    actions: 'Acties',
    break: 'Verbreken',
    breakNamed: 'De koppeling van {name} verbreken',
    breakText:
      'In de directory en in de app verandert niets. De volgende cyclus zoekt de persoon of groep opnieuw en maakt een account als er geen is.',
    pauseFirst: 'Alleen zolang de app gepauzeerd is of de planning uit staat, zodat er intussen geen cyclus schrijft.',
    broken: 'De koppeling van {name} is verbroken.',
    empty: 'Er zijn nog geen koppelingen',
    emptyText: 'De eerste cyclus koppelt personen en groepen aan hun accounts; elk paar staat daarna hier.',
    none: 'Niemand met een koppeling gevonden',
    noneText: 'Zoek op het begin van een naam of aanmeldnaam, of op het hele id van het account in de app.',
  },
};
