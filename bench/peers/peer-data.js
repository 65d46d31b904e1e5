/** The same people as `fill-tenant.ts` makes, for servers that cannot read TypeScript of this repository. */
export function benchUser(number) {
  const userName = `person${number}@company.example`;
  return {
    externalId: `ext-${number}`,
    userName,
    name: { formatted: `Person Number ${number}`, familyName: `Number ${number}`, givenName: 'Person' },
    displayName: `Person Number ${number}`,
    title: 'Engineer',
    preferredLanguage: 'nl-NL',
    active: true,
    emails: [{ value: userName, type: 'work', primary: true }],
    phoneNumbers: [{ value: '+31 20 555 0100', type: 'work' }],
  };
}

export function userId(number) {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function groupId(size) {
  return `00000000-0000-4000-9000-${String(size).padStart(12, '0')}`;
}
