import type { Member, MemberChange, RealmKey } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { inList, type Operation, parts, rows } from '../database/operation.ts';
import type { NewFeedEntry } from './append-feed.ts';
import type { MemberRow } from './resource-row.ts';

interface Group {
  readonly realm: RealmKey;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
}

const PAGE = 1_000;

/**
 * Applies membership changes as set operations on rows: the cost is that of the members named, whatever the group's size.
 *
 * @returns what really changed, as feed entries
 * @throws {ScimError} `invalidValue` when a member to add does not exist in the realm
 */
export function* changeMembers(group: Group, changes: readonly MemberChange[]): Operation<readonly NewFeedEntry[]> {
  const entries: NewFeedEntry[] = [];
  for (const change of changes) {
    for (const entry of yield* changeOnce(group, change)) entries.push(entry);
  }
  return entries;
}

function* changeOnce(group: Group, change: MemberChange): Operation<readonly NewFeedEntry[]> {
  switch (change.do) {
    case 'add':
      return yield* addMembers(group, change.ids);
    case 'remove':
      return yield* removeMembers(group, change.ids);
    case 'removeWhere':
      return yield* removeMatching(group, change.matches);
    case 'clear':
      return yield* removeMatching(group, () => true);
    case 'replace': {
      const wanted = new Set(change.ids);
      const removed = yield* removeMatching(group, (member) => !wanted.has(member.id));
      return [...removed, ...(yield* addMembers(group, change.ids))];
    }
  }
}

function* addMembers(group: Group, ids: readonly string[]): Operation<readonly NewFeedEntry[]> {
  const added: NewFeedEntry[] = [];
  for (const part of parts([...new Set(ids)])) {
    const found = yield* holdMembers(group.realm, part);
    const bySeq = new Map(found.map((member) => [member.seq, member.id]));
    if (found.length < part.length) {
      const known = new Set(bySeq.values());
      const missing = part.filter((id) => !known.has(id));
      throw new ScimError('invalidValue', `members: there is no resource with id ${missing.slice(0, 5).join(', ')}`);
    }
    const tuples = part.map(() => '(?, ?)').join(', ');
    const inserted = yield* rows<{ readonly member_seq: number }>(
      `insert into membership (group_seq, member_seq) values ${tuples} on conflict do nothing returning member_seq`,
      ...found.flatMap((member) => [group.seq, member.seq]),
    );
    for (const { member_seq } of inserted) added.push(entryOf(group, 'memberAdded', bySeq.get(member_seq) ?? ''));
  }
  return added;
}

function* removeMembers(group: Group, ids: readonly string[]): Operation<readonly NewFeedEntry[]> {
  const removed: NewFeedEntry[] = [];
  for (const part of parts([...new Set(ids)])) {
    const found = yield* findMembers(group.realm, part);
    for (const entry of yield* deleteRows(group, found)) removed.push(entry);
  }
  return removed;
}

function* removeMatching(group: Group, matches: (member: Member) => boolean): Operation<readonly NewFeedEntry[]> {
  const removed: NewFeedEntry[] = [];
  for (let after = 0; ; ) {
    const page = yield* rows<MemberRow>(
      `select r.seq, r.id, r.type, r.display from membership m join resource r on r.seq = m.member_seq
       where m.group_seq = ? and m.member_seq > ? order by m.member_seq limit ?`,
      group.seq,
      after,
      PAGE,
    );
    for (const part of parts(page.filter(matches))) {
      for (const entry of yield* deleteRows(group, part)) removed.push(entry);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return removed;
    after = last.seq;
  }
}

function* deleteRows(group: Group, members: readonly MemberRow[]): Operation<readonly NewFeedEntry[]> {
  if (members.length === 0) return [];
  const bySeq = new Map(members.map((member) => [member.seq, member.id]));
  const wanted = inList([...bySeq.keys()]);
  const gone = yield* rows<{ readonly member_seq: number }>(
    `delete from membership where group_seq = ? and member_seq in (${wanted.marks}) returning member_seq`,
    group.seq,
    ...wanted.parameters,
  );
  return gone.map(({ member_seq }) => entryOf(group, 'memberRemoved', bySeq.get(member_seq) ?? ''));
}

/** As `findMembers`, keeping them from being removed until the transaction ends: a tombstone is in no group. */
function* holdMembers(realm: RealmKey, ids: readonly string[]): Operation<readonly MemberRow[]> {
  const wanted = inList(ids);
  return yield* rows<MemberRow>(
    `select seq, id, type, display from resource
     where realm = ? and id in (${wanted.marks}) and deleted_ms is null and is_protected = 0
     order by seq for key share`,
    realm,
    ...wanted.parameters,
  );
}

function* findMembers(realm: RealmKey, ids: readonly string[]): Operation<readonly MemberRow[]> {
  if (ids.length === 0) return [];
  const wanted = inList(ids);
  return yield* rows<MemberRow>(
    `select seq, id, type, display from resource
     where realm = ? and id in (${wanted.marks}) and deleted_ms is null and is_protected = 0`,
    realm,
    ...wanted.parameters,
  );
}

function entryOf(group: Group, kind: 'memberAdded' | 'memberRemoved', memberId: string): NewFeedEntry {
  return { kind, type: group.type, resourceId: group.id, otherId: memberId };
}
