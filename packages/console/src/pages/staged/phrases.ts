import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  intro:
    'What the guard held back. Approved removals go with the next cycle, if they are still true then; rejected ones stay back until the person or group changes.',
  state: 'State',
  pending: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
  who: 'Person or group',
  kind: 'What would happen',
  disable: 'The account is disabled',
  delete: 'The account is deleted',
  membership: 'A member is taken out',
  identity: 'Sign-in name or e-mail address changes',
  roleRaise: 'Gets more rights',
  reason: 'Why',
  changes: 'Changes',
  expires: 'Counts as rejected',
  approve: '{n|Approve one|Approve #}',
  reject: '{n|Reject one|Reject #}',
  approveAll: 'Approve all',
  rejectAll: 'Reject all',
  approveAllTitle: '{n|Approve the one removal that waits?|Approve all # removals that wait?}',
  approveAllText: 'They are carried out by the next cycle. This cannot be undone by a click.',
  approveVerb: 'Approve',
  approvedToast: '{n|One removal is approved|# removals are approved}; the next cycle carries {n|it|them} out.',
  rejectedToast: '{n|One removal is rejected.|# removals are rejected.}',
  empty: 'Nothing is held back',
  emptyText: 'When a cycle would take more away than the guard allows, it waits here for your word.',
} as const;

export type StagedPhrase = keyof typeof en;

export const stagedPhrases: Catalogue<StagedPhrase> = {
  en,
  nl: {
    intro:
      'Wat de bewaking heeft tegengehouden. Goedgekeurde verwijderingen gaan mee met de volgende cyclus, als ze dan nog kloppen; afgewezen blijven weg totdat de persoon of groep verandert.',
    state: 'Status',
    pending: 'Wacht',
    approved: 'Goedgekeurd',
    rejected: 'Afgewezen',
    who: 'Persoon of groep',
    kind: 'Wat er zou gebeuren',
    disable: 'Het account wordt uitgeschakeld',
    delete: 'Het account wordt verwijderd',
    membership: 'Een lid wordt eruit gehaald',
    identity: 'Aanmeldnaam of e-mailadres verandert',
    roleRaise: 'Krijgt meer rechten',
    reason: 'Waarom',
    changes: 'Wijzigingen',
    expires: 'Telt als afgewezen',
    approve: '{n|Eén goedkeuren|# goedkeuren}',
    reject: '{n|Eén afwijzen|# afwijzen}',
    approveAll: 'Alles goedkeuren',
    rejectAll: 'Alles afwijzen',
    approveAllTitle: '{n|De ene wachtende verwijdering goedkeuren?|Alle # wachtende verwijderingen goedkeuren?}',
    approveAllText: 'De volgende cyclus voert ze uit. Dat is niet met een klik terug te draaien.',
    approveVerb: 'Goedkeuren',
    approvedToast:
      '{n|Eén verwijdering is goedgekeurd|# verwijderingen zijn goedgekeurd}; de volgende cyclus voert {n|haar|ze} uit.',
    rejectedToast: '{n|Eén verwijdering is afgewezen.|# verwijderingen zijn afgewezen.}',
    empty: 'Er wordt niets tegengehouden',
    emptyText: 'Als een cyclus meer zou wegnemen dan de bewaking toestaat, wacht het hier op uw besluit.',
  },
};
