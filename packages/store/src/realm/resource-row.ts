import type { GroupOfMember, Member, RealmKey, StoredResource } from '@lockstep/provider/ports';
import { inList, type Operation, parts, row, rows } from '../database/operation.ts';

/** Columns of a resource that reads need, in one place so that every statement asks for the same. */
export const RESOURCE_COLUMNS = 'seq, id, type, version, created_ms, modified_ms, is_managed, text';

/** `RESOURCE_COLUMNS` of `resource r`. */
export const COLUMNS: string = RESOURCE_COLUMNS.split(', ')
  .map((column) => `r.${column}`)
  .join(', ');

export interface ResourceRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly created_ms: number;
  readonly modified_ms: number;
  readonly is_managed: number;
  readonly text: string;
}

export interface MemberRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly display: string | null;
}

export function toStored(found: ResourceRow): StoredResource {
  return {
    id: found.id,
    type: found.type,
    version: found.version,
    createdMs: found.created_ms,
    modifiedMs: found.modified_ms,
    isManaged: found.is_managed === 1,
    text: found.text,
  };
}

/** A living resource of a realm that SCIM may see. */
export function* findRow(realm: RealmKey, type: string, id: string): Operation<ResourceRow | undefined> {
  return yield* row<ResourceRow>(
    `select ${RESOURCE_COLUMNS} from resource where realm = ? and id = ? and type = ? and deleted_ms is null and is_protected = 0`,
    realm,
    id,
    type,
  );
}

/** As `findRow`, holding the row against other writers until the transaction ends. */
export function* lockRow(realm: RealmKey, type: string, id: string): Operation<ResourceRow | undefined> {
  return yield* row<ResourceRow>(
    `select ${RESOURCE_COLUMNS} from resource where realm = ? and id = ? and type = ? and deleted_ms is null and is_protected = 0 for update`,
    realm,
    id,
    type,
  );
}

/** Members read along with resources at most, all groups of an answer together; the rest comes in pages. */
export const MEMBERS_READ_MAX = 5_000;

/** Members of several groups, as far as they were read. */
export interface FoundMembers {
  /** Oldest first, by the groups' row numbers. */
  readonly members: ReadonlyMap<number, readonly Member[]>;
  /** Row number from which on groups are not read to their end; absent when all are. */
  readonly endsAt: number | undefined;
}

/** Direct members of several groups, by the groups' row numbers, oldest first, at most `limit` in all. */
export function* membersOf(groupSeqs: readonly number[], limit: number): Operation<FoundMembers> {
  const members = new Map<number, Member[]>();
  let room = limit;
  for (const part of parts(groupSeqs.toSorted((a, b) => a - b))) {
    const wanted = inList(part);
    const list = yield* rows<MemberRow & { readonly group_seq: number }>(
      `select m.group_seq, r.seq, r.id, r.type, r.display from membership m join resource r on r.seq = m.member_seq
       where m.group_seq in (${wanted.marks}) order by m.group_seq, m.member_seq limit ?`,
      ...wanted.parameters,
      room + 1,
    );
    for (const member of list.slice(0, room))
      push(members, member.group_seq, { id: member.id, type: member.type, display: member.display });
    const cut = list[room];
    if (cut !== undefined) return { members, endsAt: cut.group_seq };
    room -= list.length;
  }
  return { members, endsAt: undefined };
}

/** Groups that several resources are direct members of, by the members' row numbers. */
export function* groupsOf(memberSeqs: readonly number[]): Operation<ReadonlyMap<number, readonly GroupOfMember[]>> {
  const found = new Map<number, GroupOfMember[]>();
  for (const part of parts(memberSeqs)) {
    const wanted = inList(part);
    const list = yield* rows<{ readonly member_seq: number; readonly id: string; readonly display: string | null }>(
      `select m.member_seq, r.id, r.display from membership m join resource r on r.seq = m.group_seq
       where m.member_seq in (${wanted.marks}) order by m.member_seq, m.group_seq`,
      ...wanted.parameters,
    );
    for (const group of list) push(found, group.member_seq, { id: group.id, display: group.display });
  }
  return found;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
