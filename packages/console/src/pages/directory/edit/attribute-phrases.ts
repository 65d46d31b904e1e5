import type { Catalogue } from '../../../phrases/phrase.ts';

const en = {
  userPrincipalName: 'Sign-in name',
  displayName: 'Display name',
  givenName: 'First name',
  surname: 'Family name',
  description: 'Description',
  mail: 'E-mail address',
  mailNickname: 'Mail nickname',
  jobTitle: 'Job title',
  department: 'Department',
  companyName: 'Company',
  employeeId: 'Employee id',
  employeeType: 'Employee type',
  employeeHireDate: 'First working day',
  employeeLeaveDateTime: 'Last working day',
  manager: 'Manager',
  accountEnabled: 'Enabled',
  userType: 'Member or guest',
  telephoneNumber: 'Phone at work',
  mobile: 'Mobile phone',
  facsimileTelephoneNumber: 'Fax',
  preferredLanguage: 'Language',
  usageLocation: 'Country of use',
  streetAddress: 'Street and number',
  postalCode: 'Postal code',
  city: 'City',
  state: 'State or province',
  country: 'Country',
  physicalDeliveryOfficeName: 'Office',
  proxyAddresses: 'Further addresses',
  otherMails: 'Further e-mail addresses',
  onPremisesSamAccountName: 'Account name in the domain',
  onPremisesImmutableId: 'Anchor in the domain',
  mailEnabled: 'Has a mailbox',
  securityEnabled: 'Grants access',
} as const;

/** An attribute of the directory that has a name in the reader's language. */
export type NamedAttribute = keyof typeof en;

/** Names of the directory's attributes. */
export const attributePhrases: Catalogue<NamedAttribute> = {
  en,
  nl: {
    userPrincipalName: 'Aanmeldnaam',
    displayName: 'Weergavenaam',
    givenName: 'Voornaam',
    surname: 'Achternaam',
    description: 'Beschrijving',
    mail: 'E-mailadres',
    mailNickname: 'Bijnaam voor mail',
    jobTitle: 'Functie',
    department: 'Afdeling',
    companyName: 'Bedrijf',
    employeeId: 'Personeelsnummer',
    employeeType: 'Soort dienstverband',
    employeeHireDate: 'Eerste werkdag',
    employeeLeaveDateTime: 'Laatste werkdag',
    manager: 'Manager',
    accountEnabled: 'Ingeschakeld',
    userType: 'Lid of gast',
    telephoneNumber: 'Telefoon op het werk',
    mobile: 'Mobiele telefoon',
    facsimileTelephoneNumber: 'Fax',
    preferredLanguage: 'Taal',
    usageLocation: 'Land van gebruik',
    streetAddress: 'Straat en nummer',
    postalCode: 'Postcode',
    city: 'Plaats',
    state: 'Provincie',
    country: 'Land',
    physicalDeliveryOfficeName: 'Kantoor',
    proxyAddresses: 'Verdere adressen',
    otherMails: 'Verdere e-mailadressen',
    onPremisesSamAccountName: 'Accountnaam in het domein',
    onPremisesImmutableId: 'Anker in het domein',
    mailEnabled: 'Heeft een postvak',
    securityEnabled: 'Geeft toegang',
  },
};

/** Whether an attribute has a name of its own in the catalogue; the others are called as the API calls them. */
export function isNamed(name: string): name is NamedAttribute {
  return Object.hasOwn(en, name);
}
