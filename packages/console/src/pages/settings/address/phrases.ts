import type { Catalogue } from '../../../phrases/phrase.ts';

const en = {
  title: 'Base URL',
  intro:
    'The address that people and apps reach this server by. It stands in links that are given to people and in mails, and in the addresses that are registered elsewhere.',
  label: 'Base URL',
  hint: 'Such as https://lockstep.example.com. Empty: the address the server listens on.',
  fault: 'An http or https address without query, user and password is needed.',
  saved: 'The base URL is saved and holds at once.',
  withoutTls: 'Nobody can sign in over this address',
  withoutTlsText: 'Browsers send the cookie of a sign-in over HTTPS only, except to their own machine.',
  elsewhere: 'You are here by another address',
  elsewhereText: 'You opened the console at {here}. Look that the new address leads here before you save.',
  uses: 'What contains it',
  usesText: 'After a change these have to be registered or entered anew where they are known.',
  redirect: 'Redirect URL of signing in to this console',
  scim: 'Addresses of providers',
  scimText: 'Tenant URLs and redirect URLs of each provider, at the provider.',
  api: 'Admin API',
} as const;

export const addressPhrases: Catalogue<keyof typeof en> = {
  en,
  nl: {
    title: 'Basis-URL',
    intro:
      'Het adres waarop mensen en apps deze server bereiken. Het staat in koppelingen voor mensen en in e-mails, en in adressen die elders zijn geregistreerd.',
    label: 'Basis-URL',
    hint: 'Zoals https://lockstep.example.com. Leeg: het adres waarop de server luistert.',
    fault: 'Een http- of https-adres zonder query, gebruiker en wachtwoord is nodig.',
    saved: 'De basis-URL is opgeslagen en geldt meteen.',
    withoutTls: 'Niemand kan zich via dit adres aanmelden',
    withoutTlsText: 'Browsers sturen de cookie van een aanmelding alleen over HTTPS, behalve naar hun eigen machine.',
    elsewhere: 'U bent hier via een ander adres',
    elsewhereText: 'U hebt de console geopend op {here}. Kijk of het nieuwe adres hierheen leidt voordat u opslaat.',
    uses: 'Waar het in staat',
    usesText: 'Na een wijziging moeten deze opnieuw worden geregistreerd of ingevoerd waar ze bekend zijn.',
    redirect: 'Omleidings-URL voor het aanmelden bij deze console',
    scim: 'Adressen van aanbieders',
    scimText: 'Tenant-URL’s en omleidings-URL’s van elke aanbieder, bij de aanbieder.',
    api: 'Beheer-API',
  },
};
