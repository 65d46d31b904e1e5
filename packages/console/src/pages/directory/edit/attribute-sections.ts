import type { DirectoryAttributeShape } from 'lockstep/admin-api/answers';

/** A part of the form of a person or group. */
export interface AttributeSection {
  readonly id: SectionId;
  readonly attributes: readonly DirectoryAttributeShape[];
}

/** Parts of the form, in their order. */
export type SectionId = 'identity' | 'work' | 'contact' | 'other' | 'extensions';

const NAMES: readonly (readonly [SectionId, readonly string[]])[] = [
  [
    'identity',
    [
      'userPrincipalName',
      'displayName',
      'givenName',
      'surname',
      'description',
      'mail',
      'mailNickname',
      'userType',
      'accountEnabled',
      'mailEnabled',
      'securityEnabled',
    ],
  ],
  [
    'work',
    [
      'jobTitle',
      'department',
      'companyName',
      'manager',
      'employeeId',
      'employeeType',
      'employeeHireDate',
      'employeeLeaveDateTime',
    ],
  ],
  [
    'contact',
    [
      'telephoneNumber',
      'mobile',
      'facsimileTelephoneNumber',
      'streetAddress',
      'postalCode',
      'city',
      'state',
      'country',
      'physicalDeliveryOfficeName',
      'proxyAddresses',
      'otherMails',
    ],
  ],
  ['other', []],
  ['extensions', []],
];

/** The attributes that can be written, in the parts of the form. What no part names is in `other`. */
export function sectionsOf(attributes: readonly DirectoryAttributeShape[]): readonly AttributeSection[] {
  const writable = new Map(attributes.filter(({ readOnly }) => !readOnly).map((one) => [one.name, one]));
  const named = new Set(NAMES.flatMap(([, names]) => names));
  const rest = [...writable.keys()].filter((name) => !named.has(name));
  const namesOf = (id: SectionId, names: readonly string[]): readonly string[] => {
    if (id === 'extensions') return rest.filter(isExtension);
    return id === 'other' ? rest.filter((name) => !isExtension(name)) : names;
  };
  return NAMES.map(([id, names]) => ({
    id,
    attributes: namesOf(id, names).flatMap((name) => writable.get(name) ?? []),
  })).filter((section) => section.attributes.length > 0);
}

function isExtension(name: string): boolean {
  return name.startsWith('extension');
}

const OWN_EXTENSION = /^extension_[A-Za-z0-9_]{1,200}$/;

/** Attributes the organization named itself, as an entry has them. */
export function ownExtensionsOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => OWN_EXTENSION.test(name));
}

/** An attribute the organization names itself: always a text. */
export function ownExtension(name: string): DirectoryAttributeShape {
  return { name, type: 'string', multiValued: false, required: false, readOnly: false, description: '' };
}
