import type { JsonObject } from '@lockstep/scim';
import { type Culture, cultures } from './cultures.ts';
import { departments } from './departments.ts';
import { addressPart } from './latin-text.ts';
import type { Prng } from './prng.ts';
import { SAMPLE_COMPANY, SAMPLE_DOMAIN, type SamplePerson } from './sample-company.ts';
import { employment, jobTitle } from './sample-details.ts';
import { applyMess } from './sample-mess.ts';

/** How many people there are at each level, the head of the company first. */
const LEVEL_SIZES = [1, 9, departments.length, 120] as const;
const PEOPLE = 1_000;

/** Everything about somebody that does not depend on others. */
interface Draft {
  readonly objectId: string;
  readonly culture: Culture;
  readonly level: number;
  readonly department: string;
  readonly attributes: JsonObject;
}

/** Names and addresses that are taken already. */
interface Taken {
  readonly displayNames: Set<string>;
  readonly addresses: Set<string>;
}

/** Makes the people: managers before those they manage, then everything that is not as it should be. */
export function buildSamplePeople(prng: Prng): readonly SamplePerson[] {
  const taken: Taken = { displayNames: new Set(), addresses: new Set() };
  const fixed = fixedPeople();
  const drafts: Draft[] = [];
  for (let index = 0; index < PEOPLE; index += 1) {
    const level = levelOf(index);
    const given = fixed.get(index);
    const culture = given?.culture ?? prng.pick(cultures);
    const department = given?.department ?? departmentOf(index, level, prng);
    const name = given?.name ?? newName(culture, taken, prng);
    taken.displayNames.add(name.displayName);
    const base = { index, level, culture, department, name };
    drafts.push({ objectId: prng.guid(), culture, level, department, attributes: makeAttributes(base, taken, prng) });
  }
  const people = drafts.map((draft, index) => withManager(draft, drafts, { index, prng }));
  return applyMess(people, { prng, keep: new Set([...fixed.keys()].map((index) => drafts[index]?.objectId ?? '')) });
}

function levelOf(index: number): number {
  let end = 0;
  for (const [level, size] of LEVEL_SIZES.entries()) {
    end += size;
    if (index < end) return level;
  }
  return LEVEL_SIZES.length;
}

function firstOf(level: number): number {
  return LEVEL_SIZES.slice(0, level).reduce((sum, size) => sum + size, 0);
}

/** Each department has one head and some team leads; everybody else is spread by chance. */
function departmentOf(index: number, level: number, prng: Prng): string {
  const inOrder = departments[(index - firstOf(level)) % departments.length];
  const name = level === 2 || level === 3 ? inOrder?.name : prng.pick(departments).name;
  return name ?? '';
}

interface PersonName {
  readonly given: string;
  readonly family: string;
  readonly latinGiven: string;
  readonly latinFamily: string;
  readonly displayName: string;
}

function newName(culture: Culture, taken: Taken, prng: Prng): PersonName {
  for (;;) {
    const given = prng.pick(culture.given);
    const family = prng.pick(culture.family);
    const middle = prng.chance(0.1) ? ` ${prng.pick('ABDEJKMNRT'.split(''))}.` : '';
    const name = toName(culture, { given: given.written, family: family.written, middle });
    if (!taken.displayNames.has(name)) {
      return {
        given: given.written,
        family: family.written,
        latinGiven: given.latin,
        latinFamily: family.latin,
        displayName: name,
      };
    }
  }
}

function toName(
  culture: Culture,
  parts: { readonly given: string; readonly family: string; readonly middle: string },
): string {
  const { given, family, middle } = parts;
  switch (culture.order) {
    case 'given family':
      return `${given}${middle} ${family}`;
    case 'family given':
      return `${family} ${given}`;
    case 'familygiven':
      return `${family}${given}`;
  }
}

interface Base {
  readonly index: number;
  readonly level: number;
  readonly culture: Culture;
  readonly department: string;
  readonly name: PersonName;
}

function makeAttributes(base: Base, taken: Taken, prng: Prng): JsonObject {
  const { index, culture, name, department, level } = base;
  const address = newAddress(name, taken);
  // Some sign in with a short name, as the domain they were moved from had it.
  const isShort = index > 200 && prng.chance(0.05);
  const short = `${addressPart(name.latinGiven).slice(0, 1)}${addressPart(name.latinFamily).slice(0, 6)}${index}`;
  const mail = `${address}@${SAMPLE_DOMAIN}`;
  return {
    userPrincipalName: `${isShort ? short : address}@${SAMPLE_DOMAIN}`,
    displayName: name.displayName,
    givenName: name.given,
    surname: name.family,
    mail: prng.chance(0.04) && index > 200 ? capitalized(mail) : mail,
    mailNickname: isShort ? short : address,
    jobTitle: jobTitle(level, department, prng),
    department,
    companyName: SAMPLE_COMPANY,
    employeeId: String(100_000 + index * 7),
    userType: 'Member',
    accountEnabled: true,
    preferredLanguage: culture.language,
    usageLocation: culture.countryCode,
    city: culture.city,
    country: culture.country,
    ...employment(culture, prng),
  };
}

function newAddress(name: PersonName, taken: Taken): string {
  const plain = `${addressPart(name.latinGiven)}.${addressPart(name.latinFamily)}`;
  for (let count = 1; ; count += 1) {
    const address = count === 1 ? plain : `${plain}${count}`;
    if (taken.addresses.has(address)) continue;
    taken.addresses.add(address);
    return address;
  }
}

function capitalized(mail: string): string {
  return mail.replace(/(^|\.)[a-z](?=[^@]*@)/g, (start) => start.toUpperCase());
}

/** The manager is one level up, in the same department where there is one. */
function withManager(
  draft: Draft,
  drafts: readonly Draft[],
  at: { readonly index: number; readonly prng: Prng },
): SamplePerson {
  const { objectId, culture, level, department, attributes } = draft;
  const above = drafts.filter((one) => one.level === level - 1);
  const near = above.filter((one) => one.department === department);
  const candidates = near.length > 0 ? near : above;
  const person = { objectId, department, city: culture.city, level };
  if (candidates.length === 0) return { ...person, attributes };
  return { ...person, attributes: { ...attributes, manager: at.prng.pick(candidates).objectId } };
}

interface FixedPerson {
  readonly culture: Culture;
  readonly department: string;
  readonly name: PersonName;
}

/** People whom guides and tests name: Eva Lind, and two who share a name. */
function fixedPeople(): ReadonlyMap<number, FixedPerson> {
  const of = (language: string, name: readonly [string, string], department: string): FixedPerson => {
    const culture = cultures.find((one) => one.language === language);
    if (culture === undefined) throw new RangeError(`there is no office with ${language}`);
    const [given, family] = name;
    const displayName = `${given} ${family}`;
    return { culture, department, name: { given, family, latinGiven: given, latinFamily: family, displayName } };
  };
  return new Map([
    [300, of('sv-SE', ['Eva', 'Lind'], 'Sales')],
    [301, of('nl-NL', ['Jan', 'de Vries'], 'Logistics')],
    [302, of('nl-NL', ['Jan', 'de Vries'], 'Finance')],
  ]);
}
