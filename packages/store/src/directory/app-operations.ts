import type { RealmKey } from '@lockstep/provider/ports';
import { foldText, isJsonObject, type JsonObject } from '@lockstep/scim';
import { inList, type Operation, parts, row, rows } from '../database/operation.ts';
import { appendFeed } from '../realm/append-feed.ts';

/** An app that people are provisioned into. The definition is the caller's; the store only keeps it. */
export interface AppRecord {
  readonly id: string;
  readonly name: string;
  readonly definition: JsonObject;
  /** The target's token, sealed; `null` when none is set. */
  readonly sealedSecret: string | null;
  /** When the token ends; null = never, or nobody knows. */
  readonly secretExpiresMs: number | null;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** A role of an app. Its value is what the app is sent. */
export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly ('User' | 'Group')[];
}

/** An assignment; `roleId` is empty for Default Access. */
export interface Assignment {
  readonly principalId: string;
  readonly roleId: string;
}

/** An assignment with its app. */
export interface AppAssignment extends Assignment {
  readonly appId: string;
}

interface AppRow {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly sealed_secret: string | null;
  readonly secret_expires_ms: number | null;
  readonly created_ms: number;
  readonly modified_ms: number;
}

const COLUMNS = 'id, name, definition, sealed_secret, secret_expires_ms, created_ms, modified_ms';

/**
 * Stores an app; a unique index refuses a name that another app has, in any case.
 *
 * @param knownMs when the state that the change was made from was stored; `undefined` = whatever is there
 * @returns false when another state is stored by now, and nothing was done
 */
export function* saveApp(app: AppRecord, knownMs: number | undefined): Operation<boolean> {
  const saved = yield* row<{ readonly id: string }>(
    `insert into app (id, name, name_key, definition, sealed_secret, secret_expires_ms, created_ms, modified_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set name = excluded.name, name_key = excluded.name_key,
       definition = excluded.definition, sealed_secret = excluded.sealed_secret,
       secret_expires_ms = excluded.secret_expires_ms, modified_ms = excluded.modified_ms
       where cast(? as bigint) is null or app.modified_ms = ?
     returning id`,
    app.id,
    app.name,
    foldText(app.name),
    JSON.stringify(app.definition),
    app.sealedSecret,
    app.secretExpiresMs,
    app.createdMs,
    app.modifiedMs,
    knownMs ?? null,
    knownMs ?? null,
  );
  return saved !== undefined;
}

export function* findApp(idOrName: string): Operation<AppRecord | undefined> {
  const found = yield* row<AppRow>(
    `select ${COLUMNS} from app where id = ? or name_key = ?`,
    idOrName,
    foldText(idOrName),
  );
  return found === undefined ? undefined : toApp(found);
}

export function* listApps(limit: number): Operation<readonly AppRecord[]> {
  return (yield* rows<AppRow>(`select ${COLUMNS} from app order by seq limit ?`, limit)).map(toApp);
}

export function* deleteApp(id: string): Operation<boolean> {
  return (yield* row('delete from app where id = ? returning id', id)) !== undefined;
}

/**
 * Makes or changes a role; a unique index refuses a value that another role of the app has. Whoever holds a role that changed is
 * in the feed, since what the app is sent changes too.
 */
export function* saveRole(realm: RealmKey, change: RoleChange): Operation<void> {
  const { appId, role } = change;
  const { id, value, ...definition } = role;
  const text = JSON.stringify(definition);
  const before = yield* row<{ readonly value: string; readonly definition: string }>(
    'select value, definition from app_role where app_id = ? and id = ?',
    appId,
    id,
  );
  if (before !== undefined && before.value === value && before.definition === text) return;
  yield* rows(
    `insert into app_role (app_id, id, value, definition) values (?, ?, ?, ?)
     on conflict (app_id, id) do update set value = excluded.value, definition = excluded.definition`,
    appId,
    id,
    value,
    text,
  );
  if (before !== undefined) yield* noteHolders(realm, change);
}

/** Deletes a role and who held it; take it away from its holders before, so that the feed names them. */
export function* deleteRole(appId: string, roleId: string): Operation<void> {
  yield* rows('delete from assignment where app_id = ? and role_id = ?', appId, roleId);
  yield* rows('delete from app_role where app_id = ? and id = ?', appId, roleId);
}

/** A role to make or change. */
export interface RoleChange {
  readonly appId: string;
  readonly role: AppRole;
  readonly nowMs: number;
}

function* noteHolders(realm: RealmKey, { appId, role, nowMs }: RoleChange): Operation<void> {
  const holders = yield* rows<{ readonly id: string; readonly type: string }>(
    `select r.id, r.type from assignment a join resource r on r.realm = ? and r.id = a.principal_id
     where a.app_id = ? and a.role_id = ?`,
    realm,
    appId,
    role.id,
  );
  const entries = holders.map((one) => {
    const type = one.type === 'Group' ? ('Group' as const) : ('User' as const);
    return feedEntry('assigned', { appId, principalId: one.id, type });
  });
  yield* appendFeed(realm, nowMs, entries);
}

export function* listRoles(appId: string): Operation<readonly AppRole[]> {
  const found = yield* rows<{ readonly id: string; readonly value: string; readonly definition: string }>(
    'select id, value, definition from app_role where app_id = ? order by value',
    appId,
  );
  return found.map((one) => {
    // Written by `saveRole`, and by nobody else.
    const definition = JSON.parse(one.definition) as Omit<AppRole, 'id' | 'value'>;
    return { id: one.id, value: one.value, ...definition };
  });
}

export interface AssignmentChange {
  readonly appId: string;
  readonly principalId: string;
  readonly type: 'User' | 'Group';
  readonly roleId: string;
  readonly nowMs: number;
}

/** False when the assignment was there already. */
export function* assign(realm: RealmKey, change: AssignmentChange): Operation<boolean> {
  const added = yield* row(
    'insert into assignment (app_id, principal_id, role_id) values (?, ?, ?) on conflict do nothing returning app_id',
    change.appId,
    change.principalId,
    change.roleId,
  );
  if (added !== undefined) yield* appendFeed(realm, change.nowMs, [feedEntry('assigned', change)]);
  return added !== undefined;
}

/** Takes one role away, or with `roleId: undefined` the whole assignment. False when there was none. */
export function* unassign(
  realm: RealmKey,
  change: Omit<AssignmentChange, 'roleId'> & { readonly roleId: string | undefined },
): Operation<boolean> {
  const gone = yield* rows(
    `delete from assignment where app_id = ? and principal_id = ? ${change.roleId === undefined ? '' : 'and role_id = ?'}
     returning app_id`,
    change.appId,
    change.principalId,
    ...(change.roleId === undefined ? [] : [change.roleId]),
  );
  if (gone.length > 0) yield* appendFeed(realm, change.nowMs, [feedEntry('unassigned', change)]);
  return gone.length > 0;
}

/** Puts a person or group into the feed of an app, so that its job looks at them though nothing about them changed. */
export function* lookAgain(realm: RealmKey, change: Omit<AssignmentChange, 'roleId'>): Operation<void> {
  yield* appendFeed(realm, change.nowMs, [feedEntry('assigned', change)]);
}

/** The assignments of the next `limit` principals, so that no page ends in the middle of somebody's roles. */
export function* listAssignments(
  appId: string,
  page: { readonly after?: string; readonly limit: number },
): Operation<readonly Assignment[]> {
  const found = yield* rows<{ readonly principal_id: string; readonly role_id: string }>(
    `select principal_id, role_id from assignment where app_id = ? and principal_id in
       (select distinct principal_id from assignment where app_id = ? and principal_id > ? order by principal_id limit ?)
     order by principal_id, role_id`,
    appId,
    appId,
    page.after ?? '',
    page.limit,
  );
  return found.map((one) => ({ principalId: one.principal_id, roleId: one.role_id }));
}

function feedEntry(
  kind: 'assigned' | 'unassigned',
  change: Pick<AssignmentChange, 'appId' | 'principalId' | 'type'>,
): Parameters<typeof appendFeed>[2][number] {
  return { kind, type: change.type, resourceId: change.principalId, otherId: change.appId };
}

function toApp(found: AppRow): AppRecord {
  const definition: unknown = JSON.parse(found.definition);
  return {
    id: found.id,
    name: found.name,
    definition: isJsonObject(definition) ? definition : {},
    sealedSecret: found.sealed_secret,
    secretExpiresMs: found.secret_expires_ms,
    createdMs: found.created_ms,
    modifiedMs: found.modified_ms,
  };
}

/** Assignments of some people and groups, in order of the apps. */
export function* assignmentsOf(principalIds: readonly string[]): Operation<readonly AppAssignment[]> {
  const all: AppAssignment[] = [];
  for (const part of parts([...new Set(principalIds)])) {
    const wanted = inList(part);
    const found = yield* rows<AppAssignment>(
      `select app_id as "appId", principal_id as "principalId", role_id as "roleId" from assignment
       where principal_id in (${wanted.marks}) order by app_id, principal_id, role_id`,
      ...wanted.parameters,
    );
    all.push(...found);
  }
  return all;
}
