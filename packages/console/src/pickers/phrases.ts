import type { Catalogue } from '../phrases/phrase.ts';

const en = {
  person: 'Person',
  group: 'Group',
  typeName: 'Type a name or an address',
  none: 'Nobody has that name.',
  searching: 'Searching',
} as const;

/** Words of the fields that pick somebody. */
export const pickerPhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    person: 'Persoon',
    group: 'Groep',
    typeName: 'Typ een naam of adres',
    none: 'Niemand heeft die naam.',
    searching: 'Zoeken',
  },
};
