import { foldText } from '@lockstep/scim';
import { LockstepError } from '../lockstep-error.ts';
import type { DirectoryEntry } from './directory-entry.ts';
import type { DirectoryType } from './directory-schema.ts';
import type { DirectoryService } from './directory-service.ts';
import { type ImportPlan, type KeyAttribute, type PersonChange, planImport } from './plan-import.ts';
import { readPeopleFile, refuseFaults } from './read-people-file.ts';

/** A file of people to make the directory equal to. */
export interface PeopleImport {
  readonly format: 'csv' | 'json';
  readonly text: string;
  readonly key: KeyAttribute;
  /** People who have the key and are not in the file go into the recycle bin. */
  readonly prune: boolean;
  readonly isDryRun: boolean;
  /** Overrides the source-shrink guard. */
  readonly force: boolean;
}

/** What an import did, or with `isDryRun` would do. */
export interface ImportReport {
  readonly isDryRun: boolean;
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly groupsCreated: number;
  readonly membersAdded: number;
  readonly membersRemoved: number;
  /** The first 1,000 changes of people. */
  readonly changes: readonly PersonChange[];
}

/** Share of the population that one pruned import may take away without `force`, in percent. */
export const SHRINK_PERCENT_MAX = 20;

const CHANGES_SHOWN = 1_000;
/** Writes that are handed to the store together, which commits them with one flush. */
const WRITES_AT_ONCE = 500;

/**
 * Makes people and their groups equal to a file. Everything is checked first: when one row is wrong, nothing is written;
 * rows that change nothing write nothing. A column `groups` is the whole truth about a person's direct groups.
 *
 * @throws {LockstepError} `invalidValue` with every fault and its place; `guardHeld` when a pruned import would take away
 *   more than 20 % of the people, or the file holds nobody
 */
export async function importPeople(
  directory: DirectoryService,
  asked: PeopleImport,
  newId: () => string,
): Promise<ImportReport> {
  const file = readPeopleFile(asked.format, asked.text);
  refuseFaults(file.issues);
  const existing = await readAll(directory, 'User', true);
  const plan = planImport(file.rows, existing, { key: asked.key, prune: asked.prune, newId });
  refuseFaults(plan.issues);
  if (asked.prune && !asked.force) guardShrink(plan, file.rows.length);
  const memberships = await planMemberships(directory, plan);
  if (!asked.isDryRun) {
    await writePeople(directory, plan.changes);
    await writeMemberships(directory, memberships);
  }
  return report(asked.isDryRun, plan, memberships);
}

function guardShrink(plan: ImportPlan, rowCount: number): void {
  const removed = plan.changes.filter((change) => change.do === 'remove').length;
  const hint = 'Look whether the file is whole; --force imports it all the same.';
  if (rowCount === 0) throw new LockstepError('guardHeld', 'the file holds nobody; nothing was written', { hint });
  const percent = plan.population === 0 ? 0 : (removed * 100) / plan.population;
  if (percent <= SHRINK_PERCENT_MAX) return;
  const message = `${removed} of ${plan.population} people would be removed, more than ${SHRINK_PERCENT_MAX} %; nothing was written`;
  throw new LockstepError('guardHeld', message, { hint });
}

/** Every entry of a type; `withDeleted` also those in the recycle bin. */
async function readAll(
  directory: DirectoryService,
  type: DirectoryType,
  withDeleted: boolean,
): Promise<readonly DirectoryEntry[]> {
  const all: DirectoryEntry[] = [];
  for (;;) {
    const page = await directory.list(type, { startIndex: all.length + 1, count: 1_000, withDeleted });
    for (const entry of page.entries) all.push(entry);
    if (page.entries.length === 0 || all.length >= page.total) return all;
  }
}

interface GroupChange {
  readonly name: string;
  /** `undefined` = the group has to be made. */
  readonly objectId: string | undefined;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

async function planMemberships(directory: DirectoryService, plan: ImportPlan): Promise<readonly GroupChange[]> {
  if (plan.peopleWithGroups.size === 0) return [];
  const wanted = new Map([...plan.memberships].map(([name, ids]) => [foldText(name), { name, ids: new Set(ids) }]));
  const changes: GroupChange[] = [];
  for (const group of await readAll(directory, 'Group', false)) {
    const name = String(group.attributes['displayName']);
    const asked = wanted.get(foldText(name));
    wanted.delete(foldText(name));
    const present = await memberIds(directory, group.objectId);
    const add = [...(asked?.ids ?? [])].filter((id) => !present.has(id));
    const remove = [...present].filter((id) => plan.peopleWithGroups.has(id) && asked?.ids.has(id) !== true);
    if (add.length + remove.length > 0) changes.push({ name, objectId: group.objectId, add, remove });
  }
  for (const { name, ids } of wanted.values()) changes.push({ name, objectId: undefined, add: [...ids], remove: [] });
  return changes;
}

async function memberIds(directory: DirectoryService, groupId: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await directory.members(groupId, { limit: 1_000, ...(after === undefined ? {} : { after }) });
    for (const member of page) ids.add(member.id);
    after = page.at(-1)?.id;
    if (page.length < 1_000) return ids;
  }
}

/** Removals first, so that a name they give free can be taken; updates together, so that people can swap names. */
async function writePeople(directory: DirectoryService, changes: readonly PersonChange[]): Promise<void> {
  const ofKind = (kind: PersonChange['do']): readonly PersonChange[] => changes.filter((change) => change.do === kind);
  await inBatches(ofKind('remove'), (change) => writePerson(directory, change));
  const updates = ofKind('update').map(({ objectId, attributes }) => ({ objectId, changes: attributes }));
  if (updates.length > 0) await directory.updateAll('User', updates);
  await inBatches(ofKind('restore'), (change) => writePerson(directory, change));
  await inBatches(ofKind('create'), (change) => writePerson(directory, change));
}

async function inBatches<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += WRITES_AT_ONCE) {
    await Promise.all(items.slice(at, at + WRITES_AT_ONCE).map(write));
  }
}

async function writePerson(directory: DirectoryService, change: PersonChange): Promise<void> {
  const { objectId, attributes } = change;
  switch (change.do) {
    case 'create':
      await directory.create('User', attributes, { objectId });
      return;
    case 'update':
      await directory.update('User', objectId, attributes);
      return;
    case 'restore':
      // The sign-in name is claimed by the restore, so it has to be the new one by then.
      await directory.update('User', objectId, attributes);
      await directory.restore('User', objectId);
      return;
    case 'remove':
      await directory.softDelete('User', objectId);
  }
}

async function writeMemberships(directory: DirectoryService, changes: readonly GroupChange[]): Promise<void> {
  await inBatches(changes, async ({ name, objectId, add, remove }) => {
    const group = objectId ?? (await directory.create('Group', { displayName: name, securityEnabled: true })).objectId;
    await directory.changeMembers(group, { add, remove });
  });
}

function report(isDryRun: boolean, plan: ImportPlan, memberships: readonly GroupChange[]): ImportReport {
  const count = (kind: PersonChange['do']): number => plan.changes.filter((change) => change.do === kind).length;
  return {
    isDryRun,
    created: count('create'),
    updated: count('update'),
    restored: count('restore'),
    removed: count('remove'),
    unchanged: plan.unchanged,
    groupsCreated: memberships.filter((change) => change.objectId === undefined).length,
    membersAdded: memberships.reduce((sum, change) => sum + change.add.length, 0),
    membersRemoved: memberships.reduce((sum, change) => sum + change.remove.length, 0),
    changes: plan.changes.slice(0, CHANGES_SHOWN),
  };
}
