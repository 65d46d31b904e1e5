import { foldText, type Json, type JsonObject } from '@lockstep/scim';
import type { Issue } from '../lockstep-error.ts';
import type { DirectoryEntry } from './directory-entry.ts';
import { isDeleted } from './directory-entry.ts';
import { mergeAttributes } from './read-attributes.ts';
import type { PersonRow } from './read-people-file.ts';

/** What an import does with one person. */
export interface PersonChange {
  readonly do: 'create' | 'update' | 'restore' | 'remove';
  readonly objectId: string;
  readonly userPrincipalName: string;
  /** What is written: everything for a creation, else only what differs; `null` clears. */
  readonly attributes: JsonObject;
}

/** What an import does, before anything is written. */
export interface ImportPlan {
  readonly changes: readonly PersonChange[];
  readonly unchanged: number;
  /** Groups by name with the people that the file says are in them; names that no group has yet included. */
  readonly memberships: ReadonlyMap<string, readonly string[]>;
  /** People whose groups the file names, by objectId. */
  readonly peopleWithGroups: ReadonlySet<string>;
  /** Living people of the file's population before the import. */
  readonly population: number;
  readonly issues: readonly Issue[];
}

/** The attribute that tells who is who across imports. */
export type KeyAttribute = 'employeeId' | 'userPrincipalName';

export interface ImportOptions {
  readonly key: KeyAttribute;
  /** Whether people who have the key and are not in the file go into the recycle bin. */
  readonly prune: boolean;
  readonly newId: () => string;
}

interface Person {
  readonly row: PersonRow;
  readonly key: string;
  readonly objectId: string;
  readonly before: DirectoryEntry | undefined;
}

/** Compares a file with the directory. Pure: the same file and directory lead to the same plan. */
export function planImport(
  rows: readonly PersonRow[],
  existing: readonly DirectoryEntry[],
  options: ImportOptions,
): ImportPlan {
  const issues: Issue[] = [];
  const people = pairUp(rows, existing, { options, issues });
  const managers = indexPeople(people, existing);
  const planned = people.map((person) => planPerson(person, managers, issues));
  const population = existing.filter(
    (one) => !isDeleted(one.attributes) && textAt(one.attributes, options.key) !== undefined,
  );
  const present = new Set(people.map((person) => person.objectId));
  const missing = options.prune ? population.filter((one) => !present.has(one.objectId)) : [];
  const leaving = new Set(missing.map((one) => one.objectId));
  checkNames(
    people,
    existing.filter((one) => !leaving.has(one.objectId)),
    issues,
  );
  return {
    changes: [...planned.filter((one) => one !== undefined), ...missing.map(toRemoval)],
    unchanged: planned.filter((one) => one === undefined).length,
    memberships: groupMemberships(people),
    peopleWithGroups: new Set(people.flatMap(({ row, objectId }) => (row.groups === undefined ? [] : [objectId]))),
    population: population.length,
    issues,
  };
}

function pairUp(
  rows: readonly PersonRow[],
  existing: readonly DirectoryEntry[],
  context: { readonly options: ImportOptions; readonly issues: Issue[] },
): readonly Person[] {
  const { options, issues } = context;
  // Of several with one key a living person counts more than one in the recycle bin.
  const known = new Map<string, DirectoryEntry>();
  for (const entry of existing) {
    const key = foldedAt(entry.attributes, options.key);
    const other = key === undefined ? undefined : known.get(key);
    if (key !== undefined && (other === undefined || isDeleted(other.attributes))) known.set(key, entry);
  }
  const seen = new Map<string, string>();
  return rows.flatMap((row) => {
    const key = foldedAt(row.attributes, options.key);
    if (key === undefined) {
      issues.push({ place: `${row.place}, column ${options.key}`, message: 'it is the key and may not be empty' });
      return [];
    }
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      issues.push({ place: `${row.place}, column ${options.key}`, message: `the same value stands at ${earlier}` });
      return [];
    }
    seen.set(key, row.place);
    const before = known.get(key);
    return [{ row, key, before, objectId: before?.objectId ?? options.newId() }];
  });
}

/** Finds people by objectId, sign-in name and employee number, those of the file before those of the directory. */
function indexPeople(people: readonly Person[], existing: readonly DirectoryEntry[]): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  const add = (objectId: string, attributes: JsonObject): void => {
    for (const name of [objectId, foldedAt(attributes, 'userPrincipalName'), foldedAt(attributes, 'employeeId')]) {
      if (name !== undefined) index.set(name, objectId);
    }
  };
  for (const entry of existing) if (!isDeleted(entry.attributes)) add(entry.objectId, entry.attributes);
  for (const { objectId, row } of people) add(objectId, row.attributes);
  return index;
}

function planPerson(person: Person, managers: ReadonlyMap<string, string>, issues: Issue[]): PersonChange | undefined {
  const { row, before, objectId } = person;
  const wanted = withManager(person, managers, issues);
  const merged = mergeAttributes(before?.attributes ?? {}, wanted);
  const userPrincipalName = textAt(merged, 'userPrincipalName');
  if (userPrincipalName === undefined) {
    issues.push({ place: `${row.place}, column userPrincipalName`, message: 'a person needs one' });
    return undefined;
  }
  if (before === undefined) {
    return { do: 'create', objectId, userPrincipalName, attributes: withDisplayName(merged) };
  }
  const attributes = differences(before.attributes, wanted);
  if (isDeleted(before.attributes)) return { do: 'restore', objectId, userPrincipalName, attributes };
  return Object.keys(attributes).length === 0 ? undefined : { do: 'update', objectId, userPrincipalName, attributes };
}

function withManager(person: Person, managers: ReadonlyMap<string, string>, issues: Issue[]): JsonObject {
  const { row, objectId } = person;
  const named = textAt(row.attributes, 'manager');
  if (named === undefined) return row.attributes;
  const manager = managers.get(foldText(named)) ?? managers.get(named);
  const place = `${row.place}, column manager`;
  if (manager === undefined) {
    issues.push({ place, message: `nobody has the sign-in name, employeeId or objectId ${JSON.stringify(named)}` });
    return row.attributes;
  }
  if (manager === objectId) issues.push({ place, message: 'nobody is their own manager' });
  return { ...row.attributes, manager };
}

function withDisplayName(attributes: JsonObject): JsonObject {
  if (textAt(attributes, 'displayName') !== undefined) return attributes;
  const parts = [textAt(attributes, 'givenName'), textAt(attributes, 'surname')].filter((part) => part !== undefined);
  const displayName = parts.length > 0 ? parts.join(' ') : textAt(attributes, 'userPrincipalName');
  return displayName === undefined ? attributes : { ...attributes, displayName };
}

function differences(before: JsonObject, wanted: JsonObject): JsonObject {
  const differing = Object.entries(wanted).filter(
    ([name, value]) => JSON.stringify(before[name] ?? null) !== JSON.stringify(value),
  );
  return Object.fromEntries(differing);
}

/** A sign-in name that two people would have afterwards is found here, so that no half of a file is written. */
function checkNames(people: readonly Person[], staying: readonly DirectoryEntry[], issues: Issue[]): void {
  const inFile = new Map(people.map((person) => [person.objectId, person]));
  const holders = new Map<string, { readonly objectId: string; readonly place: string }>();
  for (const entry of staying) {
    const name = foldedAt(entry.attributes, 'userPrincipalName');
    if (name === undefined || inFile.has(entry.objectId) || isDeleted(entry.attributes)) continue;
    holders.set(name, { objectId: entry.objectId, place: 'a person in the directory who is not in the file' });
  }
  for (const person of people) {
    const merged = mergeAttributes(person.before?.attributes ?? {}, person.row.attributes);
    const name = foldedAt(merged, 'userPrincipalName');
    if (name === undefined) continue;
    const holder = holders.get(name);
    if (holder === undefined) holders.set(name, { objectId: person.objectId, place: person.row.place });
    else {
      const message = `${JSON.stringify(textAt(merged, 'userPrincipalName'))} is taken by ${holder.place}`;
      issues.push({ place: `${person.row.place}, column userPrincipalName`, message });
    }
  }
}

function groupMemberships(people: readonly Person[]): ReadonlyMap<string, readonly string[]> {
  const byGroup = new Map<string, string[]>();
  for (const { row, objectId } of people) {
    for (const name of row.groups ?? []) {
      const members = byGroup.get(name);
      if (members === undefined) byGroup.set(name, [objectId]);
      else members.push(objectId);
    }
  }
  return byGroup;
}

function toRemoval(entry: DirectoryEntry): PersonChange {
  const userPrincipalName = textAt(entry.attributes, 'userPrincipalName') ?? entry.objectId;
  return { do: 'remove', objectId: entry.objectId, userPrincipalName, attributes: {} };
}

function textAt(attributes: JsonObject, name: string): string | undefined {
  const value: Json | undefined = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function foldedAt(attributes: JsonObject, name: string): string | undefined {
  const text = textAt(attributes, name);
  return text === undefined ? undefined : foldText(text);
}
