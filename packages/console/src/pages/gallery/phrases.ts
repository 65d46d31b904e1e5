import type { Catalogue } from '../../phrases/phrase.ts';

const en = {
  title: 'Gallery',
  intro: 'Choose the app that people are provisioned into, or create your own application.',
  create: 'Create',
  createNamed: 'Create {name}',
  createTitle: 'Create an application',
  ownText:
    'Not in the gallery of Entra: it is created there, as here, as an application of your own with a name you choose.',
  notSupported: 'Not over SCIM: {what}',
  name: 'Name',
  tenantUrl: 'Tenant URL',
  offText:
    'Provisioning stays off until you switch it on under Connection: test the connection, look at mappings and scope, then start.',
  guide: 'What to do in the app',
  cancel: 'Cancel',
  made: '{name} is created. Test its connection next.',
} as const;

export const galleryPhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    title: 'Galerie',
    intro: 'Kies de app waarin mensen worden ingericht, of maak uw eigen toepassing.',
    create: 'Maken',
    createNamed: '{name} maken',
    createTitle: 'Een toepassing maken',
    ownText:
      'Staat niet in de galerie van Entra: u maakt haar daar, net als hier, als eigen toepassing met een naam die u kiest.',
    notSupported: 'Niet over SCIM: {what}',
    name: 'Naam',
    tenantUrl: 'Tenant-URL',
    offText:
      'Inrichten blijft uit totdat u het aanzet onder Verbinding: test de verbinding, bekijk toewijzingen en bereik, en start dan.',
    guide: 'Wat u in de app doet',
    cancel: 'Annuleren',
    made: '{name} is gemaakt. Test nu de verbinding.',
  },
};
