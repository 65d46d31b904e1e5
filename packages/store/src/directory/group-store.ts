import type { RealmKey } from '@lockstep/provider/ports';
import type { Database } from '../database/database.ts';
import { inList, type Operation, parts, rows } from '../database/operation.ts';
import { EDGES, NESTING_MAX } from './nested-groups.ts';

/** A group by its name. */
export interface NamedGroup {
  readonly id: string;
  readonly display: string | null;
}

/** Somebody who is in a group only by groups within it. */
export interface InheritedMember {
  readonly id: string;
  readonly display: string | null;
  /** The groups within that hold the person directly. */
  readonly through: readonly NamedGroup[];
}

/** Which part of a list: behind the object with the id `after`. */
export interface GroupPage {
  readonly after?: string;
  readonly limit: number;
}

/** A group somebody is in, directly (`depth` 1) or by groups within it. */
export interface GroupAround extends NamedGroup {
  readonly depth: number;
}

/** What is told of the directory's groups beyond their direct members. */
export interface GroupStore {
  /** Groups that are direct members of a group, oldest first. */
  innerGroups(groupId: string, page: GroupPage): Promise<readonly NamedGroup[]>;
  /** People who are in a group by groups within it, at most 20 levels deep, and not directly; oldest first. */
  inheritedMembers(groupId: string, page: GroupPage): Promise<readonly InheritedMember[]>;
  /** Groups that hold a person or group, at most 20 levels up, nearest first; at most 1,000. */
  groupsAround(memberId: string): Promise<readonly GroupAround[]>;
  /** Of some groups, those that are the group itself or hold it, however deep: as its members they would close a circle. */
  holdersAmong(groupId: string, ids: readonly string[]): Promise<readonly string[]>;
}

/** The groups of a realm over a database. */
export function createGroupStore({ read }: Database, realm: RealmKey): GroupStore {
  return {
    innerGroups: (groupId, page) => read(() => innerGroups(realm, groupId, page)),
    inheritedMembers: (groupId, page) => read(() => inheritedMembers(realm, groupId, page)),
    groupsAround: (memberId) => read(() => groupsAround(realm, memberId)),
    holdersAmong: (groupId, ids) => read(() => holdersAmong(realm, groupId, ids)),
  };
}

const AFTER = 'coalesce((select seq from resource where realm = ? and id = ?), 0)';

function* innerGroups(realm: RealmKey, groupId: string, page: GroupPage): Operation<readonly NamedGroup[]> {
  return yield* rows<NamedGroup>(
    `select g.id, g.display from resource o join membership m on m.group_seq = o.seq join resource g on g.seq = m.member_seq
     where o.realm = ? and o.id = ? and o.type = 'Group' and o.deleted_ms is null and g.type = 'Group' and m.member_seq > ${AFTER}
     order by m.member_seq limit ?`,
    realm,
    groupId,
    realm,
    page.after ?? '',
    page.limit,
  );
}

/** `down(seq, depth)`: the groups within a group. Its parameters are the realm, and again with the group's id. */
const WITHIN = `with recursive ${EDGES}, down(seq, depth) as (
  select edge.child, 1 from resource o join edge on edge.parent = o.seq
  where o.realm = ? and o.id = ? and o.type = 'Group' and o.deleted_ms is null union
  select edge.child, down.depth + 1 from down join edge on edge.parent = down.seq where down.depth < ${NESTING_MAX})`;

interface PersonRow {
  readonly seq: number;
  readonly id: string;
  readonly display: string | null;
}

function* inheritedMembers(realm: RealmKey, groupId: string, page: GroupPage): Operation<readonly InheritedMember[]> {
  const people = yield* rows<PersonRow>(
    `${WITHIN}
     select distinct u.seq, u.id, u.display from down join membership m on m.group_seq = down.seq
     join resource u on u.seq = m.member_seq and u.type = 'User'
     where m.member_seq > ${AFTER} and not exists (
       select 1 from membership d join resource o on o.seq = d.group_seq
       where d.member_seq = u.seq and o.realm = ? and o.id = ?)
     order by u.seq limit ?`,
    realm,
    realm,
    groupId,
    realm,
    page.after ?? '',
    realm,
    groupId,
    page.limit,
  );
  const through = yield* groupsThrough(realm, groupId, people);
  return people.map(({ seq, id, display }) => ({ id, display, through: through.get(seq) ?? [] }));
}

function* groupsThrough(
  realm: RealmKey,
  groupId: string,
  people: readonly PersonRow[],
): Operation<ReadonlyMap<number, readonly NamedGroup[]>> {
  const through = new Map<number, NamedGroup[]>();
  for (const part of parts(people.map(({ seq }) => seq))) {
    const wanted = inList(part);
    const found = yield* rows<PersonRow & { readonly member_seq: number }>(
      `${WITHIN}
       select distinct m.member_seq, g.seq, g.id, g.display from down join membership m on m.group_seq = down.seq
       join resource g on g.seq = down.seq where m.member_seq in (${wanted.marks}) order by m.member_seq, g.seq`,
      realm,
      realm,
      groupId,
      ...wanted.parameters,
    );
    for (const { member_seq, id, display } of found) {
      const known = through.get(member_seq);
      if (known === undefined) through.set(member_seq, [{ id, display }]);
      else known.push({ id, display });
    }
  }
  return through;
}

const AROUND_MAX = 1_000;

function* groupsAround(realm: RealmKey, memberId: string): Operation<readonly GroupAround[]> {
  return yield* rows<GroupAround>(
    `with recursive ${EDGES}, up(seq, depth) as (
       select m.group_seq, 1 from resource r join membership m on m.member_seq = r.seq where r.realm = ? and r.id = ? union
       select edge.parent, up.depth + 1 from up join edge on edge.child = up.seq where up.depth < ${NESTING_MAX})
     select g.id, g.display, min(up.depth) as depth from up
     join resource g on g.seq = up.seq and g.deleted_ms is null
     group by g.seq, g.id, g.display order by 3, g.seq limit ${AROUND_MAX}`,
    realm,
    realm,
    memberId,
  );
}

function* holdersAmong(realm: RealmKey, groupId: string, ids: readonly string[]): Operation<readonly string[]> {
  const holders: string[] = [];
  for (const part of parts(ids)) {
    const wanted = inList(part);
    // Without a depth, so that a circle that is there already ends the way up, and no circle is too long to be seen.
    const found = yield* rows<{ readonly id: string }>(
      `with recursive ${EDGES}, up(seq) as (
         select seq from resource where realm = ? and id = ? and type = 'Group' and deleted_ms is null union
         select edge.parent from up join edge on edge.child = up.seq)
       select r.id from up join resource r on r.seq = up.seq where r.id in (${wanted.marks}) order by r.seq`,
      realm,
      realm,
      groupId,
      ...wanted.parameters,
    );
    for (const { id } of found) holders.push(id);
  }
  return holders;
}
