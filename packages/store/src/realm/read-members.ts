import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FirstMembers, Member, RealmKey } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { inList, type Operation, rows } from '../database/operation.ts';
import { MEMBERS_READ_MAX, type MemberRow, membersOf } from './resource-row.ts';

/** Members from which on reading them takes long enough for others to notice on a database that does not give way. */
const LONG_READ = 1_000;

/** A page of a group's members, oldest first; see `RealmStore.members`. */
export async function readMemberPage(
  database: Database,
  group: { readonly realm: RealmKey; readonly id: string },
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly Member[]> {
  const found = await database.read(() => memberPage(group, page));
  await giveWay(database, found.length);
  return found;
}

/** The first members of several groups; see `RealmStore.firstMembers`. */
export async function readFirstMembers(
  database: Database,
  realm: RealmKey,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, FirstMembers>> {
  const found = await database.read(() => firstMembers(realm, groupIds));
  await giveWay(database, MEMBERS_READ_MAX);
  return found;
}

/** SQLite answers within the call: who reads page after page would keep every other request waiting. */
async function giveWay(database: Database, read: number): Promise<void> {
  if (database.flavour === 'sqlite' && read >= LONG_READ) await nextTurn();
}

function* memberPage(
  group: { readonly realm: RealmKey; readonly id: string },
  page: { readonly after?: string; readonly limit: number },
): Operation<readonly Member[]> {
  const seqs = yield* rows<{ readonly seq: number; readonly id: string; readonly deleted_ms: number | null }>(
    'select seq, id, deleted_ms from resource where realm = ? and id in (?, ?)',
    group.realm,
    group.id,
    page.after ?? group.id,
  );
  const holder = seqs.find((one) => one.id === group.id && one.deleted_ms === null);
  if (holder === undefined) return [];
  const after = seqs.find((one) => one.id === page.after);
  const found = yield* rows<MemberRow>(
    `select r.seq, r.id, r.type, r.display from membership m join resource r on r.seq = m.member_seq
     where m.group_seq = ? and m.member_seq > ? order by m.member_seq limit ?`,
    holder.seq,
    after?.seq ?? 0,
    page.limit,
  );
  return found.map(({ id, type, display }) => ({ id, type, display }));
}

function* firstMembers(realm: RealmKey, groupIds: readonly string[]): Operation<ReadonlyMap<string, FirstMembers>> {
  const wanted = inList(groupIds);
  const groups = yield* rows<{ readonly seq: number; readonly id: string }>(
    `select seq, id from resource where realm = ? and id in (${wanted.marks}) and deleted_ms is null`,
    realm,
    ...wanted.parameters,
  );
  const { members, endsAt = Number.POSITIVE_INFINITY } = yield* membersOf(
    groups.map((group) => group.seq),
    MEMBERS_READ_MAX,
  );
  const reached = groups.filter(({ seq }) => seq <= endsAt);
  return new Map(
    reached.map(({ seq, id }) => [id, { members: members.get(seq) ?? [], hasMore: seq === endsAt }] as const),
  );
}

/** How many members several groups have; see `RealmStore.countMembers`. */
export function* countMembers(
  realm: RealmKey,
  groupIds: readonly string[],
  most: number,
): Operation<ReadonlyMap<string, number>> {
  const wanted = inList(groupIds);
  const found = yield* rows<{ readonly id: string; readonly count: number }>(
    `select g.id,
       (select count(*) from (select 1 as one from membership m where m.group_seq = g.seq limit ?) counted) as count
     from resource g where g.realm = ? and g.id in (${wanted.marks}) and g.deleted_ms is null`,
    most,
    realm,
    ...wanted.parameters,
  );
  return new Map(found.map(({ id, count }) => [id, count]));
}
