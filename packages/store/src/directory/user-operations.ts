import type { AppRoleGrant, DirectoryGroup, DirectoryUser } from '@lockstep/engine/ports';
import type { RealmKey } from '@lockstep/provider/ports';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import { inList, marks, type Operation, parts, rows } from '../database/operation.ts';
import { assignedByNestedGroup, type SqlPiece, upFromMembers } from './nested-groups.ts';

/** The directory's realm, and how it is looked at. */
export interface DirectoryView {
  readonly realm: RealmKey;
  /** Whoever is in a group within a group counts as a member of both. */
  readonly isFlattened: boolean;
}

export interface ObjectRow {
  readonly seq: number;
  readonly id: string;
  readonly deleted_ms: number | null;
  readonly is_active: number;
  readonly text: string;
}

const COLUMNS = 'r.seq, r.id, r.deleted_ms, r.is_active, r.text';

/** Rows of users or groups by id, tombstones included. */
export function* objectRows(
  realm: RealmKey,
  type: 'User' | 'Group',
  ids: readonly string[],
): Operation<readonly ObjectRow[]> {
  const found: ObjectRow[] = [];
  for (const part of parts(ids)) {
    const list = yield* rows<ObjectRow>(
      `select ${COLUMNS} from resource r where r.realm = ? and r.id in (${marks(part.length)}) and r.type = ?`,
      realm,
      ...part,
      type,
    );
    for (const one of list) found.push(one);
  }
  return found;
}

export interface PageOptions {
  readonly after?: string;
  readonly limit: number;
  readonly scope: 'assigned' | 'all';
  /** Groups whose direct membership is told in `memberOf`. */
  readonly groupIds?: readonly string[];
}

const ASSIGNED_DIRECTLY = 'exists (select 1 from assignment a where a.app_id = ? and a.principal_id = r.id)';
const ASSIGNED_BY_GROUP = `exists (select 1 from membership m join resource g on g.seq = m.group_seq and g.deleted_ms is null
  join assignment a on a.principal_id = g.id and a.app_id = ? where m.member_seq = r.seq)`;

/** Living users or groups in order of creation, behind the object with id `after`. */
export function* objectPage(
  view: DirectoryView,
  of: { readonly appId: string; readonly type: 'User' | 'Group' },
  page: PageOptions,
): Operation<readonly ObjectRow[]> {
  const { realm } = view;
  const scope = scopeCondition(view, of, page.scope);
  return yield* rows<ObjectRow>(
    `select ${COLUMNS} from resource r
     where r.realm = ? and r.type = ? and r.deleted_ms is null and r.is_protected = 0
       and r.seq > coalesce((select seq from resource where realm = ? and id = ?), 0) ${scope.sql}
     order by r.seq limit ?`,
    realm,
    of.type,
    realm,
    page.after ?? '',
    ...scope.parameters,
    page.limit,
  );
}

export function* countObjects(
  view: DirectoryView,
  of: { readonly appId: string; readonly type: 'User' | 'Group' },
  scope: 'assigned' | 'all',
): Operation<number> {
  const condition = scopeCondition(view, of, scope);
  const found = yield* rows<{ readonly count: number }>(
    `select count(*) as count from resource r
     where r.realm = ? and r.type = ? and r.deleted_ms is null and r.is_protected = 0 ${condition.sql}`,
    view.realm,
    of.type,
    ...condition.parameters,
  );
  return found[0]?.count ?? 0;
}

function scopeCondition(
  { realm, isFlattened }: DirectoryView,
  of: { readonly appId: string; readonly type: 'User' | 'Group' },
  scope: 'assigned' | 'all',
): SqlPiece {
  if (scope === 'all') return { sql: '', parameters: [] };
  if (of.type === 'Group') return { sql: `and ${ASSIGNED_DIRECTLY}`, parameters: [of.appId] };
  const byGroup = isFlattened
    ? assignedByNestedGroup(realm, of.appId)
    : { sql: ASSIGNED_BY_GROUP, parameters: [of.appId] };
  return { sql: `and (${ASSIGNED_DIRECTLY} or ${byGroup.sql})`, parameters: [of.appId, ...byGroup.parameters] };
}

interface GrantRow {
  readonly role_id: string;
  readonly value: string | null;
  readonly definition: string | null;
}

/** Turns rows into people with their assignments to an app: direct ones first, then those by groups, the nearest first. */
export function* toUsers(
  view: DirectoryView,
  { appId, groupIds }: { readonly appId: string; readonly groupIds: readonly string[] },
  found: readonly ObjectRow[],
): Operation<readonly DirectoryUser[]> {
  const grants = new Map<number, GrantRow[]>();
  const bySeq = new Map(found.map((one) => [one.id, one.seq]));
  for (const part of parts(found)) {
    const direct = yield* rows<GrantRow & { readonly principal_id: string }>(
      `select a.principal_id, a.role_id, p.value, p.definition from assignment a
       left join app_role p on p.app_id = a.app_id and p.id = a.role_id
       where a.app_id = ? and a.principal_id in (${marks(part.length)}) order by a.principal_id, a.role_id`,
      appId,
      ...part.map((one) => one.id),
    );
    for (const grant of direct) add(grants, bySeq.get(grant.principal_id) ?? 0, grant);
    const seqs = part.map((one) => one.seq);
    const byGroup = yield* view.isFlattened ? nestedGrants(view.realm, appId, seqs) : groupGrants(appId, seqs);
    for (const grant of byGroup) add(grants, grant.member_seq, grant);
  }
  if (groupIds.length === 0) return found.map((one) => toUser(one, grants.get(one.seq) ?? []));
  const memberships = yield* membershipsOf({ realm: view.realm, groupIds }, found);
  return found.map((one) => {
    return { ...toUser(one, grants.get(one.seq) ?? []), memberOf: memberships.get(one.seq) ?? [] };
  });
}

type GroupGrantRow = GrantRow & { readonly member_seq: number };

function* groupGrants(appId: string, memberSeqs: readonly number[]): Operation<readonly GroupGrantRow[]> {
  return yield* rows<GroupGrantRow>(
    `select m.member_seq, a.role_id, p.value, p.definition from membership m
     join resource g on g.seq = m.group_seq and g.deleted_ms is null
     join assignment a on a.principal_id = g.id and a.app_id = ?
     left join app_role p on p.app_id = a.app_id and p.id = a.role_id
     where m.member_seq in (${marks(memberSeqs.length)}) order by m.member_seq, g.seq, a.role_id`,
    appId,
    ...memberSeqs,
  );
}

function* nestedGrants(
  realm: RealmKey,
  appId: string,
  memberSeqs: readonly number[],
): Operation<readonly GroupGrantRow[]> {
  const up = upFromMembers(realm, memberSeqs);
  return yield* rows<GroupGrantRow>(
    `${up.sql}
     select up.member_seq, a.role_id, p.value, p.definition from up join resource g on g.seq = up.seq
     join assignment a on a.principal_id = g.id and a.app_id = ?
     left join app_role p on p.app_id = a.app_id and p.id = a.role_id
     order by up.member_seq, up.depth, g.seq, a.role_id`,
    ...up.parameters,
    appId,
  );
}

/** Groups of a realm whose direct members are asked for. */
export interface MembershipQuestion {
  readonly realm: RealmKey;
  readonly groupIds: readonly string[];
}

/** Which of some living groups each person is a direct member of; one statement for a page of people. */
function* membershipsOf(
  { realm, groupIds }: MembershipQuestion,
  found: readonly ObjectRow[],
): Operation<ReadonlyMap<number, readonly string[]>> {
  const memberships = new Map<number, string[]>();
  for (const part of parts(found)) {
    const groups = inList(groupIds);
    const people = inList(part.map((one) => one.seq));
    const list = yield* rows<{ readonly member_seq: number; readonly id: string }>(
      `select m.member_seq, g.id from resource g join membership m on m.group_seq = g.seq
       where g.realm = ? and g.id in (${groups.marks}) and g.deleted_ms is null
         and m.member_seq in (${people.marks}) order by m.member_seq, g.seq`,
      realm,
      ...groups.parameters,
      ...people.parameters,
    );
    for (const one of list) {
      const known = memberships.get(one.member_seq);
      if (known === undefined) memberships.set(one.member_seq, [one.id]);
      else known.push(one.id);
    }
  }
  return memberships;
}

function toUser(found: ObjectRow, grants: readonly GrantRow[]): DirectoryUser {
  const attributes = readAttributes(found.text);
  const manager = attributes['manager'];
  const roles = new Map<string, AppRoleGrant>();
  for (const grant of grants) {
    if (grant.value !== null && !roles.has(grant.role_id)) roles.set(grant.role_id, toGrant(grant, grant.value));
  }
  return {
    id: found.id,
    attributes,
    isAccountEnabled: found.is_active === 1,
    deleted: found.deleted_ms !== null ? 'hard' : deletionOf(attributes),
    managerId: typeof manager === 'string' ? manager : undefined,
    isAssigned: grants.length > 0,
    roles: [...roles.values()],
  };
}

/** Turns rows into groups, with whether the group itself is assigned to the app. */
export function* toGroups(appId: string, found: readonly ObjectRow[]): Operation<readonly DirectoryGroup[]> {
  const assigned = new Set<string>();
  for (const part of parts(found)) {
    const list = yield* rows<{ readonly principal_id: string }>(
      `select distinct principal_id from assignment where app_id = ? and principal_id in (${marks(part.length)})`,
      appId,
      ...part.map((one) => one.id),
    );
    for (const one of list) assigned.add(one.principal_id);
  }
  return found.map((one) => {
    const attributes = readAttributes(one.text);
    const deleted = one.deleted_ms !== null ? 'hard' : deletionOf(attributes);
    return { id: one.id, attributes, deleted, isAssigned: assigned.has(one.id) };
  });
}

/** `deletedDateTime` marks an object in the recycle bin (Microsoft Graph: directoryObject). */
function deletionOf(attributes: JsonObject): 'no' | 'soft' {
  return attributes['deletedDateTime'] === undefined ? 'no' : 'soft';
}

function toGrant(grant: GrantRow, value: string): AppRoleGrant {
  const definition = readAttributes(grant.definition ?? '{}');
  const displayName = definition['displayName'];
  return { id: grant.role_id, value, displayName: typeof displayName === 'string' ? displayName : value };
}

function readAttributes(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : {};
}

function add(grants: Map<number, GrantRow[]>, seq: number, grant: GrantRow): void {
  const list = grants.get(seq);
  if (list === undefined) grants.set(seq, [grant]);
  else list.push(grant);
}
