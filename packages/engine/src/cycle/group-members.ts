import { isJsonArray, isJsonObject, type Json } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import type { Link, PendingReference } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';

const PAGE = 1_000;

/** Members a group should have, as far as they were asked about. */
export interface WantedMembers {
  /** Source id -> account id. */
  readonly targets: ReadonlyMap<string, string>;
  readonly waiting: readonly PendingReference[];
}

/** @param among members to look at; absent = all */
export async function wantedMembers(
  run: CycleRun,
  group: Link,
  among: readonly string[] | undefined,
): Promise<WantedMembers> {
  const targets = new Map<string, string>();
  const waiting: PendingReference[] = [];
  for await (const ids of pages(among, (page) => run.ports.directory.memberIds(group.sourceId, page))) {
    const links = await run.ports.store.links(run.job.definition.id, 'user', ids);
    for (const id of ids) {
      const link = links.get(id);
      if (link?.state === 'managed') targets.set(id, link.targetId);
      else waiting.push({ objectType: 'group', sourceId: group.sourceId, attribute: 'members', referencedId: id });
    }
  }
  return { targets, waiting };
}

/** Members the app was told of. */
export async function sentMembers(
  run: CycleRun,
  groupId: string,
  among: readonly string[] | undefined,
): Promise<readonly string[]> {
  const all: string[] = [];
  const { store } = run.ports;
  for await (const ids of pages(among, (page) => store.sentMembers(run.job.definition.id, groupId, page))) {
    all.push(...ids);
  }
  return all;
}

interface MemberPage {
  readonly after?: string;
  readonly limit: number;
  readonly among?: readonly string[];
}

async function* pages(
  among: readonly string[] | undefined,
  read: (page: MemberPage) => Promise<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  if (among !== undefined) {
    for (let at = 0; at < among.length; at += PAGE)
      yield await read({ limit: PAGE, among: among.slice(at, at + PAGE) });
    return;
  }
  for (let after: string | undefined; ; ) {
    const ids = await read({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield ids;
    if (ids.length < PAGE) return;
    after = ids.at(-1);
  }
}

export async function targetsOf(run: CycleRun, sourceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const links = await run.ports.store.links(run.job.definition.id, 'user', sourceIds);
  return new Map([...links].map(([id, link]) => [id, link.targetId]));
}

/** Apps that show no more members than so many at a time cannot tell who is missing. */
const CAPPED_AT = 100;

/** Members an app shows. */
export interface ShownMembers {
  readonly targetIds: ReadonlySet<string>;
  /** False when there may be more. */
  readonly isWhole: boolean;
}

/**
 * Reads the members a group has in the app.
 *
 * @throws {TargetError} also when the group is gone
 */
export async function shownMembers(run: CycleRun, group: Link): Promise<ShownMembers> {
  const account = await run.ports.client.read(run.job.objects.group.endpoint, group.targetId);
  if (account === undefined) throw new TargetError({ category: 'notFound', status: 404, detail: 'the group is gone' });
  const { members } = account;
  const targetIds = new Set(isJsonArray(members) ? members.flatMap(idOf) : []);
  return { targetIds, isWhole: targetIds.size % CAPPED_AT !== 0 || targetIds.size === 0 };
}

function idOf(member: Json): readonly string[] {
  const value = isJsonObject(member) ? member['value'] : member;
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/**
 * After a lost answer: what the job knows of a group's members is made equal to what the app shows. People the job does not
 * link are nobody's concern.
 */
export async function relearnMembers(run: CycleRun, group: Link): Promise<void> {
  const shown = await shownMembers(run, group);
  const sent = await sentMembers(run, group.sourceId, undefined);
  const known = await targetsOf(run, sent);
  const told = new Set(known.values());
  const added: string[] = [];
  for (const targetId of shown.targetIds) {
    if (told.has(targetId)) continue;
    const link = await run.ports.store.linkByTarget(run.job.definition.id, 'user', targetId);
    if (link !== undefined) added.push(link.sourceId);
  }
  const isGone = (id: string): boolean => shown.isWhole && !shown.targetIds.has(known.get(id) ?? '');
  const removed = sent.filter(isGone);
  if (added.length + removed.length === 0) return;
  await run.recordMembers({ groupId: group.sourceId, addedUserIds: added, removedUserIds: removed });
}
