import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  intro: 'Anybody in any state, one at a time: first what would be done, then done.',
  kind: 'Kind',
  person: 'Person',
  group: 'Group',
  dryRun: 'Dry run',
  provision: 'Provision',
  result: 'Result for {name}',
  wasDryRun: 'A dry run: nothing was sent that writes.',
  wasRun: 'This was carried out.',
  empty: 'Pick somebody',
  emptyText: 'You see each step: found in the directory, in or out of scope, matched, and what is sent.',
} as const;

export const onDemandPhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    intro: 'Iedereen in elke toestand, één tegelijk: eerst wat er zou gebeuren, dan echt.',
    kind: 'Soort',
    person: 'Persoon',
    group: 'Groep',
    dryRun: 'Proefrun',
    provision: 'Inrichten',
    result: 'Resultaat voor {name}',
    wasDryRun: 'Een proefrun: er is niets geschreven.',
    wasRun: 'Dit is uitgevoerd.',
    empty: 'Kies iemand',
    emptyText:
      'U ziet elke stap: gevonden in de directory, binnen of buiten het bereik, overeenkomst, en wat wordt verstuurd.',
  },
};
