import type { RealmKey } from '@lockstep/provider/ports';
import { inList, type Operation, parts, rows, type SqlValue } from '../database/operation.ts';

/** Groups within groups are followed so many levels deep; what lies deeper, or comes round again, adds nothing. */
export const NESTING_MAX = 20;

/**
 * Every living group that is a member of a living group. Its parameter is the realm. Gathered once: SQLite would look for all
 * of them again at each step of a way through the groups.
 */
export const EDGES: string = `edge(parent, child) as materialized (
  select m.group_seq, g.seq from resource g
  join membership m on m.member_seq = g.seq join resource p on p.seq = m.group_seq and p.deleted_ms is null
  where g.realm = ? and g.type = 'Group' and g.deleted_ms is null and g.is_protected = 0)`;

/** A piece of SQL with its parameters. */
export interface SqlPiece {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** `with recursive ...` that makes `down(seq, depth)`: the groups some start gives, and those in them. */
function downFrom(realm: RealmKey, start: SqlPiece): SqlPiece {
  return {
    sql: `with recursive ${EDGES}, down(seq, depth) as (
      ${start.sql} union
      select edge.child, down.depth + 1 from down join edge on edge.parent = down.seq where down.depth < ${NESTING_MAX})`,
    parameters: [realm, ...start.parameters],
  };
}

/** The rows of a person's groups, at any depth: `up(member_seq, seq, depth)`. */
export function upFromMembers(realm: RealmKey, memberSeqs: readonly number[]): SqlPiece {
  const members = inList(memberSeqs);
  return {
    sql: `with recursive ${EDGES}, up(member_seq, seq, depth) as (
      select m.member_seq, m.group_seq, 0 from membership m
      join resource g on g.seq = m.group_seq and g.deleted_ms is null where m.member_seq in (${members.marks}) union
      select up.member_seq, edge.parent, up.depth + 1 from up join edge on edge.child = up.seq
      where up.depth < ${NESTING_MAX})`,
    parameters: [realm, ...members.parameters],
  };
}

/** A condition on `r`: it is a member, at any depth, of a group that is assigned to the app. */
export function assignedByNestedGroup(realm: RealmKey, appId: string): SqlPiece {
  const down = downFrom(realm, {
    sql: `select g.seq, 0 from assignment a
      join resource g on g.realm = ? and g.id = a.principal_id and g.type = 'Group' and g.deleted_ms is null
      where a.app_id = ?`,
    parameters: [realm, appId],
  });
  return {
    sql: `exists (select 1 from membership m where m.member_seq = r.seq and m.group_seq in (${down.sql} select seq from down))`,
    parameters: down.parameters,
  };
}

function groupsById(realm: RealmKey, ids: readonly string[]): SqlPiece {
  const list = inList(ids);
  return {
    sql: `select g.seq, 0 from resource g
      where g.realm = ? and g.id in (${list.marks}) and g.type = 'Group' and g.deleted_ms is null`,
    parameters: [realm, ...list.parameters],
  };
}

/** People who are in a living group at any depth, each once, in the order of creation. */
export function* nestedMemberIds(
  realm: RealmKey,
  groupId: string,
  page: { readonly after?: string; readonly limit: number; readonly among?: readonly string[] },
): Operation<readonly string[]> {
  const down = downFrom(realm, groupsById(realm, [groupId]));
  const asked = page.among === undefined ? undefined : inList(page.among);
  const found = yield* rows<{ readonly id: string }>(
    `${down.sql}
     select distinct u.seq, u.id from down join membership m on m.group_seq = down.seq
     join resource u on u.seq = m.member_seq and u.type = 'User'
     where m.member_seq > coalesce((select seq from resource where realm = ? and id = ?), 0)
       ${asked === undefined ? '' : `and u.id in (${asked.marks})`}
     order by u.seq limit ?`,
    ...down.parameters,
    realm,
    page.after ?? '',
    ...(asked?.parameters ?? []),
    page.limit,
  );
  return found.map((one) => one.id);
}

/** People who are in any of some groups, at any depth. */
export function* peopleWithin(realm: RealmKey, groupIds: readonly string[]): Operation<readonly string[]> {
  const people = new Set<string>();
  for (const part of parts(groupIds)) {
    const down = downFrom(realm, groupsById(realm, part));
    const found = yield* rows<{ readonly id: string }>(
      `${down.sql}
       select distinct u.id from down join membership m on m.group_seq = down.seq
       join resource u on u.seq = m.member_seq and u.type = 'User'`,
      ...down.parameters,
    );
    for (const one of found) people.add(one.id);
  }
  return [...people];
}

/** Of some ids, those of groups, tombstones included. */
export function* groupsAmong(realm: RealmKey, ids: readonly string[]): Operation<ReadonlySet<string>> {
  const groups = new Set<string>();
  for (const part of parts(ids)) {
    const list = inList(part);
    const found = yield* rows<{ readonly id: string }>(
      `select id from resource where realm = ? and id in (${list.marks}) and type = 'Group'`,
      realm,
      ...list.parameters,
    );
    for (const one of found) groups.add(one.id);
  }
  return groups;
}

/** Groups that hold each of some groups, at any depth; a group that is in no other is left out. */
export function* groupsAround(
  realm: RealmKey,
  groupIds: readonly string[],
): Operation<ReadonlyMap<string, ReadonlySet<string>>> {
  const around = new Map<string, Set<string>>();
  for (const part of parts(groupIds)) {
    const list = inList(part);
    const found = yield* rows<{ readonly id: string; readonly outer_id: string }>(
      `with recursive ${EDGES}, up(start, seq, depth) as (
         select g.seq, g.seq, 0 from resource g where g.realm = ? and g.id in (${list.marks}) and g.type = 'Group' union
         select up.start, edge.parent, up.depth + 1 from up join edge on edge.child = up.seq
         where up.depth < ${NESTING_MAX})
       select distinct i.id, o.id as outer_id from up
       join resource i on i.seq = up.start join resource o on o.seq = up.seq where up.depth > 0`,
      realm,
      realm,
      ...list.parameters,
    );
    for (const { id, outer_id } of found) {
      const known = around.get(id);
      if (known === undefined) around.set(id, new Set([outer_id]));
      else known.add(outer_id);
    }
  }
  return around;
}
