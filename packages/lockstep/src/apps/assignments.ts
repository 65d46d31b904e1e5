import type { AppRole, AppStore } from '@lockstep/store';
import type { DirectoryType } from '../directory/directory-schema.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { DeclaredApp, DeclaredRole } from './declared-app.ts';
import type { Difference } from './diff-json.ts';

/** A person or group that is assigned to an app, with the values of its roles. */
export interface Grant {
  readonly principalId: string;
  readonly type: DirectoryType;
  /** `null` when the directory has the object no longer. */
  readonly displayName: string | null;
  /** Sign-in name of a person. */
  readonly userPrincipalName: string | null;
  /** Values in alphabetical order; an empty one is Default Access. */
  readonly roles: readonly string[];
}

/** One role of one principal; an empty role is Default Access. */
export interface GrantedRole {
  readonly principalId: string;
  readonly type: DirectoryType;
  readonly role: string;
}

/** How the roles and assignments of an app come to be as declared. */
export interface AssignmentPlan {
  /** Roles to make or change. */
  readonly roles: readonly DeclaredRole[];
  readonly add: readonly GrantedRole[];
  readonly remove: readonly GrantedRole[];
  readonly differences: readonly Difference[];
}

const PAGE = 5_000;

/** Where assignments are read from. */
export interface GrantSource {
  readonly apps: AppStore;
  readonly directory: DirectoryService;
  readonly appId: string;
  readonly roles: readonly AppRole[];
}

/** Who is assigned to an app. */
export async function readGrants(source: GrantSource): Promise<readonly Grant[]> {
  const grants: Grant[] = [];
  for (let after: string | undefined; ; ) {
    const page = await readGrantPage(source, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    grants.push(...page);
    if (page.length < PAGE) return grants;
    after = page.at(-1)?.principalId;
  }
}

/** The next `limit` people and groups that are assigned, in the order of their ids, behind `after`. */
export async function readGrantPage(
  source: GrantSource,
  page: { readonly after?: string; readonly limit: number },
): Promise<readonly Grant[]> {
  const values = new Map(source.roles.map((role) => [role.id, role.value]));
  const byPrincipal = new Map<string, string[]>();
  for (const { principalId, roleId } of await source.apps.assignments(source.appId, page)) {
    const known = byPrincipal.get(principalId) ?? [];
    byPrincipal.set(principalId, [...known, values.get(roleId) ?? '']);
  }
  return Promise.all([...byPrincipal].map(([id, roles]) => toGrant(source.directory, id, roles)));
}

async function toGrant(directory: DirectoryService, principalId: string, roles: readonly string[]): Promise<Grant> {
  const entry = (await directory.get('User', principalId)) ?? (await directory.get('Group', principalId));
  const textOf = (name: string): string | null => {
    const value = entry?.attributes[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    principalId,
    type: entry?.type ?? 'User',
    displayName: textOf('displayName'),
    userPrincipalName: textOf('userPrincipalName'),
    roles: roles.toSorted(),
  };
}

/**
 * Compares declared roles and assignments with what there is.
 *
 * @throws {LockstepError} `notFound` for a person or group the directory does not have, `invalidValue` for a role that is
 *   not for such principals
 */
export async function planAssignments(
  declared: Pick<DeclaredApp, 'roles' | 'assignments'>,
  known: { readonly roles: readonly AppRole[]; readonly grants: readonly Grant[] },
  directory: DirectoryService,
): Promise<AssignmentPlan> {
  const wanted = await readWanted(declared, directory);
  for (const one of wanted.values()) checkMemberType(one, [...(declared.roles ?? []), ...known.roles]);
  const roles = rolesToSave(declared, known.roles);
  const roleDifferences = roles.map(
    (role): Difference => ({
      what: `roles.${role.value}`,
      before: stateOf(role.value, known.roles),
      after: 'as declared',
    }),
  );
  if (declared.assignments === undefined) return { roles, add: [], remove: [], differences: roleDifferences };
  const present = new Map(
    known.grants.flatMap((grant) =>
      grant.roles.map((role) => [keyOf({ ...grant, role }), { ...grant, role }] as const),
    ),
  );
  const add = [...wanted].filter(([key]) => !present.has(key)).map(([, one]) => one);
  const remove = [...present].filter(([key]) => !wanted.has(key)).map(([, one]) => one);
  const named = (one: { readonly name: string; readonly role: string }): string => `assignments.${one.name}`;
  return {
    roles,
    add,
    remove,
    differences: [
      ...roleDifferences,
      ...add.map((one) => ({ what: named(one), before: null, after: shownRole(one.role) })),
      ...remove.map((one) => ({
        what: named({ name: shownName(one), role: one.role }),
        before: shownRole(one.role),
        after: null,
      })),
    ],
  };
}

interface Wanted extends GrantedRole {
  readonly name: string;
}

async function readWanted(
  declared: Pick<DeclaredApp, 'assignments'>,
  directory: DirectoryService,
): Promise<ReadonlyMap<string, Wanted>> {
  const wanted = new Map<string, Wanted>();
  for (const { user, group, roles } of declared.assignments ?? []) {
    const name = user ?? group ?? '';
    const { objectId, type } = await directory.find(user === undefined ? 'Group' : 'User', name);
    for (const role of roles === undefined || roles.length === 0 ? [''] : roles) {
      const one = { principalId: objectId, type, role, name };
      wanted.set(keyOf(one), one);
    }
  }
  return wanted;
}

/** The first of several definitions of a role counts: those of the declaration come before the stored ones. */
function checkMemberType(one: Wanted, roles: readonly Pick<DeclaredRole, 'value' | 'allowedMemberTypes'>[]): void {
  const role = roles.find(({ value, allowedMemberTypes }) => value === one.role && allowedMemberTypes !== undefined);
  if (role?.allowedMemberTypes?.includes(one.type) !== false) return;
  const others = one.type === 'User' ? 'groups' : 'people';
  throw new LockstepError('invalidValue', `${one.name}: the role ${one.role} is for ${others} only`);
}

function rolesToSave(
  declared: Pick<DeclaredApp, 'roles' | 'assignments'>,
  known: readonly AppRole[],
): readonly DeclaredRole[] {
  const given = declared.roles ?? [];
  const changed = given.filter((role) => !isSame(role, known));
  const named = new Set((declared.assignments ?? []).flatMap((one) => one.roles ?? []));
  const isKnown = (value: string): boolean => [...given, ...known].some((role) => role.value === value);
  return [...changed, ...[...named].filter((value) => !isKnown(value)).map((value) => ({ value }))];
}

function isSame(role: DeclaredRole, known: readonly AppRole[]): boolean {
  const stored = known.find((one) => one.value === role.value);
  if (stored === undefined) return false;
  return (
    (role.displayName ?? stored.displayName) === stored.displayName &&
    (role.description ?? stored.description) === stored.description &&
    (role.enabled ?? stored.isEnabled) === stored.isEnabled &&
    (role.allowedMemberTypes ?? stored.allowedMemberTypes).join() === stored.allowedMemberTypes.join()
  );
}

function stateOf(value: string, known: readonly AppRole[]): string | null {
  return known.some((role) => role.value === value) ? 'otherwise' : null;
}

function keyOf(one: GrantedRole): string {
  return `${one.principalId} ${one.role}`;
}

function shownRole(role: string): string {
  return role === '' ? 'Default Access' : role;
}

function shownName(grant: Grant): string {
  return grant.userPrincipalName ?? grant.displayName ?? grant.principalId;
}
