import {
  type Attribute,
  type AttributeDefinition,
  defineAttribute,
  type ResourceType,
  type Schema,
} from '@lockstep/scim';

/** The two kinds of object the directory holds. */
export type DirectoryType = 'User' | 'Group';

/** Attributes whose names an organization chooses itself (Entra docs "Syncing extension attributes"). */
const OWN_EXTENSION = /^extension_[A-Za-z0-9_]{1,200}$/;

/** Marks objects in the recycle bin, so that lists can leave them out by index. Never shown; `deletedDateTime` is. */
export const RECYCLE_BIN = 'recycleBin';

const text = (name: string, description: string): AttributeDefinition => ({ name, description });
const texts = (name: string, description: string): AttributeDefinition => ({ name, description, multiValued: true });

const extensionAttributes = Array.from({ length: 15 }, (_, at) =>
  text(`extensionAttribute${at + 1}`, 'Free for the organization to use.'),
);

/** Kept by the directory itself: whoever sends them is told so. */
const ownAttributes: readonly AttributeDefinition[] = [
  {
    name: 'deletedDateTime',
    type: 'dateTime',
    mutability: 'readOnly',
    description: 'When the object went into the recycle bin.',
  },
  { name: RECYCLE_BIN, mutability: 'readOnly', returned: 'never', description: 'Whether it is in the recycle bin.' },
];

const userDefinitions: readonly AttributeDefinition[] = [
  { ...text('userPrincipalName', 'The name the person signs in with; unique.'), required: true, uniqueness: 'server' },
  text('displayName', 'The name to show.'),
  text('givenName', 'First name.'),
  text('surname', 'Family name.'),
  text('mail', 'E-mail address.'),
  text('mailNickname', 'The part of the address before the @.'),
  text('jobTitle', 'Job title.'),
  text('department', 'Department.'),
  text('companyName', 'Company.'),
  text('employeeId', 'Number given by the employer.'),
  text('employeeType', 'Kind of employment.'),
  { name: 'employeeHireDate', type: 'dateTime', description: 'First working day.' },
  { name: 'employeeLeaveDateTime', type: 'dateTime', description: 'Last working day.' },
  { name: 'manager', caseExact: true, description: 'objectId of the manager.' },
  { name: 'accountEnabled', type: 'boolean', description: 'Whether the person may sign in; true when it is not set.' },
  { ...text('userType', 'Member or Guest.'), canonicalValues: ['Member', 'Guest'] },
  text('telephoneNumber', 'Phone at work.'),
  text('mobile', 'Mobile phone.'),
  text('facsimileTelephoneNumber', 'Fax.'),
  text('preferredLanguage', 'Language, such as nl-NL.'),
  text('usageLocation', 'Country the services are used in, as two letters.'),
  text('streetAddress', 'Street and number.'),
  text('postalCode', 'Postal code.'),
  text('city', 'City.'),
  text('state', 'State or province.'),
  text('country', 'Country.'),
  text('physicalDeliveryOfficeName', 'Office.'),
  texts('proxyAddresses', 'Further addresses, such as smtp:eva@example.com.'),
  texts('otherMails', 'Further e-mail addresses.'),
  text('onPremisesSamAccountName', 'Account name in the domain the person came from.'),
  text('onPremisesImmutableId', 'Anchor in the domain the person came from.'),
  ...extensionAttributes,
];

const groupDefinitions: readonly AttributeDefinition[] = [
  { ...text('displayName', 'The name of the group.'), required: true },
  text('description', 'What the group is for.'),
  text('mail', 'E-mail address.'),
  text('mailNickname', 'The part of the address before the @.'),
  { name: 'mailEnabled', type: 'boolean', description: 'Whether the group has a mailbox.' },
  { name: 'securityEnabled', type: 'boolean', description: 'Whether the group grants access.' },
  ...extensionAttributes,
];

const definitions: Readonly<Record<DirectoryType, readonly AttributeDefinition[]>> = {
  User: [...userDefinitions, ...ownAttributes],
  Group: [...groupDefinitions, ...ownAttributes],
};

const attributes: Readonly<Record<DirectoryType, readonly Attribute[]>> = {
  User: definitions.User.map(defineAttribute),
  Group: definitions.Group.map(defineAttribute),
};

const byFoldedName: Readonly<Record<DirectoryType, ReadonlyMap<string, Attribute>>> = {
  User: new Map(attributes.User.map((attribute) => [attribute.name.toLowerCase(), attribute])),
  Group: new Map(attributes.Group.map((attribute) => [attribute.name.toLowerCase(), attribute])),
};

/** The attributes of users or groups by Entra's names, own extensions aside. */
export function directoryAttributes(type: DirectoryType): readonly Attribute[] {
  return attributes[type].filter(({ returned }) => returned !== 'never');
}

/** The attribute behind a name in any case; own extensions (`extension_...`) are texts. */
export function findDirectoryAttribute(type: DirectoryType, name: string): Attribute | undefined {
  const known = byFoldedName[type].get(name.toLowerCase());
  if (known !== undefined) return known.returned === 'never' ? undefined : known;
  if (!OWN_EXTENSION.test(name)) return undefined;
  return defineAttribute({ name, description: 'An extension of the organization.' });
}

const names: Readonly<Record<DirectoryType, string>> = { User: 'User', Group: 'Group' };
const endpoints: Readonly<Record<DirectoryType, string>> = { User: '/users', Group: '/groups' };

/** The type as the filter language knows it, with own extensions that a filter names. */
export function directoryResourceType(type: DirectoryType, extensions: readonly string[] = []): ResourceType {
  const own = extensions.filter((name) => OWN_EXTENSION.test(name)).map((name) => defineAttribute({ name }));
  const schema: Schema = {
    id: `urn:lockstep:directory:${type}`,
    name: names[type],
    description: `A ${type.toLowerCase()} of the directory`,
    attributes: [...attributes[type], ...own],
  };
  return { id: type, name: type, endpoint: endpoints[type], description: schema.description, schema, extensions: [] };
}
