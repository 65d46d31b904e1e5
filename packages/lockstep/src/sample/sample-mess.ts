import type { JsonObject } from '@lockstep/scim';
import { addressPart } from './latin-text.ts';
import type { Prng } from './prng.ts';
import { SAMPLE_DOMAIN, type SamplePerson } from './sample-company.ts';

/** How many people of each kind the sample has. */
export const SAMPLE_GUESTS = 30;
export const SAMPLE_DISABLED = 25;
export const SAMPLE_WITHOUT_MAIL = 15;

type Change = (attributes: JsonObject, prng: Prng) => JsonObject;

/** What is changed about how many staff; nobody is hit twice. */
const messes: readonly { readonly count: number; readonly change: Change }[] = [
  { count: SAMPLE_GUESTS, change: toGuest },
  { count: SAMPLE_DISABLED - 1, change: (attributes) => ({ ...attributes, accountEnabled: false }) },
  { count: SAMPLE_WITHOUT_MAIL, change: (attributes) => without(attributes, ['mail', 'mailNickname']) },
  {
    count: 6,
    change: (attributes) => without({ ...attributes, displayName: attributes['givenName'] ?? '' }, ['surname']),
  },
  { count: 8, change: (attributes) => without(attributes, ['department']) },
  { count: 10, change: (attributes) => without(attributes, ['jobTitle', 'preferredLanguage']) },
  { count: 5, change: (attributes) => ({ ...attributes, jobTitle: LONG_TITLE }) },
  { count: 12, change: withProxyAddresses },
];

const LONG_TITLE =
  'Deputy Assistant Vice President for the Coordination of Cross-Border Invoice Processing, Archiving & Special Projects (interim)';

/**
 * Makes a tidy company as untidy as a real one: guests, people who are disabled, without mail, with one name only, or
 * with attributes nobody filled in. One team lead is disabled and still somebody's manager.
 *
 * @param options `keep`: objectIds of people who stay as they are
 */
export function applyMess(
  people: readonly SamplePerson[],
  options: { readonly prng: Prng; readonly keep: ReadonlySet<string> },
): readonly SamplePerson[] {
  const { prng, keep } = options;
  const staff = prng.shuffle(people.filter((person) => person.level === 4 && !keep.has(person.objectId)));
  const changes = new Map<string, Change>();
  let from = 0;
  for (const { count, change } of messes) {
    for (const person of staff.slice(from, from + count)) changes.set(person.objectId, change);
    from += count;
  }
  const lead = people.find((person) => person.level === 3);
  if (lead !== undefined) changes.set(lead.objectId, (attributes) => ({ ...attributes, accountEnabled: false }));
  const displayNames = new Set(people.map((person) => person.attributes['displayName']));
  return people.map((person) => {
    const attributes = changes.get(person.objectId)?.(person.attributes, prng);
    return attributes === undefined ? person : { ...person, attributes: distinct(attributes, person, displayNames) };
  });
}

/** A name that became shorter may be somebody else's by now; only the two who are meant to share a name do. */
function distinct(attributes: JsonObject, before: SamplePerson, taken: Set<unknown>): JsonObject {
  const name = attributes['displayName'];
  if (name === before.attributes['displayName']) return attributes;
  if (!taken.has(name)) {
    taken.add(name);
    return attributes;
  }
  return { ...attributes, displayName: before.attributes['displayName'] ?? '' };
}

/** Invited from another company (Entra docs "Properties of a Microsoft Entra B2B collaboration user"). */
function toGuest(attributes: JsonObject, prng: Prng): JsonObject {
  const partner = prng.pick([
    'kanzlei-weiss.example',
    'pixelwerk.example',
    'audit-partners.example',
    'druckerei.example',
  ]);
  const local = addressPart(String(attributes['userPrincipalName']).split('@')[0] ?? '').replaceAll("'", '');
  const { employeeId: _number, extensionAttribute1: _center, ...rest } = attributes;
  return {
    ...rest,
    userPrincipalName: `${local}_${partner}#EXT#@${SAMPLE_DOMAIN}`,
    mail: `${local}@${partner}`,
    mailNickname: `${local}_${partner}#EXT#`,
    userType: 'Guest',
    companyName: partner.split('.')[0] ?? partner,
  };
}

function withProxyAddresses(attributes: JsonObject, prng: Prng): JsonObject {
  const mail = String(attributes['mail']);
  const old = `smtp:${String(attributes['mailNickname'])}.${prng.whole(100)}@old-name.example`;
  return { ...attributes, proxyAddresses: [`SMTP:${mail}`, old] };
}

function without(attributes: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
