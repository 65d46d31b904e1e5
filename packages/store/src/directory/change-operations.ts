import type { DirectoryChanges } from '@lockstep/engine/ports';
import type { FeedEntry, RealmKey } from '@lockstep/provider/ports';
import { inList, type Operation, rows } from '../database/operation.ts';
import { readFeed } from '../realm/append-feed.ts';
import { groupsAmong, groupsAround, peopleWithin } from './nested-groups.ts';

interface Touched {
  readonly users: Set<string>;
  readonly groups: Set<string>;
  readonly memberships: Map<string, Set<string>>;
  /** Groups whose assignment changed: each member may have entered or left the scope. */
  readonly assignedGroups: Set<string>;
  /** Groups that a group came into or left, at any depth: no list of members says what that changed. */
  readonly regrouped: Set<string>;
}

/**
 * What an app's job has to look at after a watermark. A membership change touches the member (its scope may hang on
 * the group) and the group; an assignment of a group touches every member. With nested groups flattened, each touches the
 * groups around the group too, and a group that comes or goes as a member stands for everybody within it.
 */
export function* directoryChanges(
  realm: RealmKey,
  of: { readonly appId: string; readonly isFlattened: boolean },
  page: { readonly after: number; readonly limit: number },
): Operation<DirectoryChanges> {
  const entries = yield* readFeed(realm, page.after, page.limit);
  const touched: Touched = {
    users: new Set(),
    groups: new Set(),
    memberships: new Map(),
    assignedGroups: new Set(),
    regrouped: new Set(),
  };
  for (const entry of entries) touch(touched, entry, of.appId);
  if (of.isFlattened) yield* touchNested(realm, touched);
  else {
    for (const groupId of touched.assignedGroups) {
      for (const id of yield* memberUserIds(realm, groupId)) touched.users.add(id);
    }
  }
  return {
    userIds: [...touched.users],
    groupIds: [...touched.groups],
    memberChanges: new Map([...touched.memberships].map(([groupId, ids]) => [groupId, [...ids]])),
    regroupedIds: [...touched.regrouped],
    next: entries.at(-1)?.entry ?? page.after,
    isLast: entries.length < page.limit,
  };
}

function touch(touched: Touched, entry: FeedEntry, appId: string): void {
  const isGroup = entry.type === 'Group';
  switch (entry.kind) {
    case 'memberAdded':
    case 'memberRemoved':
      touchMember(touched, entry.resourceId, entry.otherId);
      return;
    case 'assigned':
    case 'unassigned':
      if (entry.otherId !== appId) return;
      if (isGroup) touched.assignedGroups.add(entry.resourceId);
      (isGroup ? touched.groups : touched.users).add(entry.resourceId);
      return;
    default:
      (isGroup ? touched.groups : touched.users).add(entry.resourceId);
  }
}

function touchMember(touched: Touched, groupId: string, memberId: string | null): void {
  const known = touched.memberships.get(groupId) ?? new Set();
  touched.memberships.set(groupId, known);
  if (memberId === null) return;
  known.add(memberId);
  touched.users.add(memberId);
}

/** What the members that came or went mean for the groups around, and for the people within groups among them. */
function* touchNested(realm: RealmKey, touched: Touched): Operation<void> {
  const direct = [...touched.memberships];
  const inner = yield* groupsAmong(realm, [...new Set(direct.flatMap(([, ids]) => [...ids]))]);
  for (const id of inner) touched.users.delete(id);
  for (const id of yield* peopleWithin(realm, [...new Set([...touched.assignedGroups, ...inner])]))
    touched.users.add(id);
  const around = yield* groupsAround(
    realm,
    direct.map(([groupId]) => groupId),
  );
  for (const [groupId, memberIds] of direct) {
    const isRegrouped = [...memberIds].some((id) => inner.has(id));
    const people = [...memberIds].filter((id) => !inner.has(id));
    for (const id of [groupId, ...(around.get(groupId) ?? [])]) {
      if (isRegrouped) touched.regrouped.add(id);
      const known = touched.memberships.get(id) ?? new Set();
      for (const one of people) known.add(one);
      touched.memberships.set(id, known);
    }
  }
}

function* memberUserIds(realm: RealmKey, groupId: string): Operation<readonly string[]> {
  const found = yield* rows<{ readonly id: string }>(
    `select u.id from resource g join membership m on m.group_seq = g.seq join resource u on u.seq = m.member_seq
     where g.realm = ? and g.id = ? and u.type = 'User'`,
    realm,
    groupId,
  );
  return found.map((one) => one.id);
}

/** Direct members of a living group, users and groups, in a fixed order. */
export function* directMemberIds(
  realm: RealmKey,
  groupId: string,
  page: { readonly after?: string; readonly limit: number; readonly among?: readonly string[] },
): Operation<readonly string[]> {
  const asked = page.among === undefined ? undefined : inList(page.among);
  const found = yield* rows<{ readonly id: string }>(
    `select u.id from resource g join membership m on m.group_seq = g.seq join resource u on u.seq = m.member_seq
     where g.realm = ? and g.id = ? and g.deleted_ms is null
       ${asked === undefined ? '' : `and u.id in (${asked.marks})`}
       and m.member_seq > coalesce((select seq from resource where realm = ? and id = ?), 0)
     order by m.member_seq limit ?`,
    realm,
    groupId,
    ...(asked?.parameters ?? []),
    realm,
    page.after ?? '',
    page.limit,
  );
  return found.map((one) => one.id);
}
