import type { Clock, Random } from '@lockstep/engine/ports';
import type { AppRole, AppStore } from '@lockstep/store';
import type { DirectoryType } from '../directory/directory-schema.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import { type Issue, LockstepError } from '../lockstep-error.ts';
import { type AssignmentPlan, type Grant, planAssignments, readGrantPage, readGrants } from './assignments.ts';
import type { DeclaredApp, DeclaredAssignment, DeclaredRole } from './declared-app.ts';

/** Roles of apps and who holds them. */
export interface AppRoles {
  roles(appId: string): Promise<readonly AppRole[]>;
  /** Makes or changes the role with the value. */
  saveRole(appId: string, role: DeclaredRole): Promise<AppRole>;
  /** Takes a role from everybody and deletes it; gives how many held it. @throws {LockstepError} `notFound` */
  deleteRole(appId: string, value: string): Promise<number>;
  grants(appId: string): Promise<readonly Grant[]>;
  /** The next people and groups that are assigned, in the order of their ids. */
  grantPage(appId: string, page: { readonly after?: string; readonly limit: number }): Promise<readonly Grant[]>;
  /**
   * Adds and takes away many assignments. Every name is looked up first, so a wrong one changes nothing.
   * @throws {LockstepError} `invalidValue` naming every person, group and role that is not there
   */
  changeGrants(appId: string, change: GrantChanges): Promise<GrantsChanged>;
  /** Adds to what is assigned. Gives how many assignments are new. */
  assign(appId: string, assignment: DeclaredAssignment): Promise<number>;
  /** Takes one role away, or without `role` everything. False when there was nothing. */
  unassign(appId: string, from: { readonly principal: string; readonly role?: string }): Promise<boolean>;
  /** What of roles and assignments differs from a declaration. */
  plan(appId: string, declared: Pick<DeclaredApp, 'roles' | 'assignments'>): Promise<AssignmentPlan>;
  /** Carries a plan out. Gives how many assignments are new. */
  apply(appId: string, plan: AssignmentPlan): Promise<number>;
}

/** What to add and to take away; of a principal without `role` everything goes. */
export interface GrantChanges {
  readonly add: readonly DeclaredAssignment[];
  readonly remove: readonly { readonly principal: string; readonly role?: string }[];
}

/** How many assignments are new, and how many principals lost some. */
export interface GrantsChanged {
  readonly added: number;
  readonly removed: number;
}

export interface AppRolesOptions {
  readonly apps: AppStore;
  readonly directory: DirectoryService;
  readonly clock: Clock;
  readonly random: Random;
}

export function createAppRoles(options: AppRolesOptions): AppRoles {
  const { apps, directory, clock, random } = options;

  const saveRole = async (appId: string, declared: DeclaredRole): Promise<AppRole> => {
    const known = (await apps.roles(appId)).find((role) => role.value === declared.value);
    const role = toRole(declared, known, random);
    await apps.saveRole({ appId, role, nowMs: clock.nowMs() });
    if (known !== undefined) directory.noteChange();
    return role;
  };

  const plan: AppRoles['plan'] = async (appId, declared) => {
    const roles = await apps.roles(appId);
    const grants = declared.assignments === undefined ? [] : await readGrants({ apps, directory, appId, roles });
    return planAssignments(declared, { roles, grants }, directory);
  };

  const apply: AppRoles['apply'] = async (appId, { roles, add, remove }) => {
    const nowMs = clock.nowMs();
    for (const role of roles) await saveRole(appId, role);
    const roleIds = new Map((await apps.roles(appId)).map((role) => [role.value, role.id]));
    const idOf = (value: string): string => (value === '' ? '' : (roleIds.get(value) ?? ''));
    const added = await apps.assign(
      add.map(({ principalId, type, role }) => ({ appId, principalId, type, roleId: idOf(role), nowMs })),
    );
    for (const { principalId, type, role } of remove) {
      await apps.unassign({ appId, principalId, type, roleId: idOf(role), nowMs });
    }
    if (added + remove.length > 0) directory.noteChange();
    return added;
  };

  /** What is assigned already is not looked at: the store takes what is new. */
  const planMore = async (appId: string, assignments: readonly DeclaredAssignment[]): Promise<AssignmentPlan> =>
    planAssignments({ assignments }, { roles: await apps.roles(appId), grants: [] }, directory);

  const assign: AppRoles['assign'] = async (appId, assignment) => apply(appId, await planMore(appId, [assignment]));

  const findGranted = async (appId: string, { principal, role }: GrantChanges['remove'][number]): Promise<Granted> => {
    const { objectId, type } = await directory.findPrincipal(principal);
    return { objectId, type, roleId: role === undefined ? undefined : await findRoleId(apps, appId, role) };
  };

  const unassign: AppRoles['unassign'] = async (appId, from) => {
    const { objectId, type, roleId } = await findGranted(appId, from);
    const isGone = await apps.unassign({ appId, principalId: objectId, type, roleId, nowMs: clock.nowMs() });
    if (isGone) directory.noteChange();
    return isGone;
  };

  return {
    roles: (appId) => apps.roles(appId),
    saveRole,
    deleteRole: async (appId, value) => {
      const roleId = await findRoleId(apps, appId, value === '' ? ' ' : value);
      const holders = (await readGrants({ apps, directory, appId, roles: await apps.roles(appId) })).filter((one) =>
        one.roles.includes(value),
      );
      for (const { principalId, type } of holders) {
        await apps.unassign({ appId, principalId, type, roleId, nowMs: clock.nowMs() });
      }
      await apps.deleteRole(appId, roleId);
      if (holders.length > 0) directory.noteChange();
      return holders.length;
    },
    grants: async (appId) => readGrants({ apps, directory, appId, roles: await apps.roles(appId) }),
    grantPage: async (appId, page) => readGrantPage({ apps, directory, appId, roles: await apps.roles(appId) }, page),
    assign,
    changeGrants: async (appId, { add, remove }) => {
      const issues: Issue[] = [];
      await Promise.all([
        ...add.map((one, at) => noting(issues, `add.${at}`, () => planMore(appId, [one]))),
        ...remove.map((one, at) => noting(issues, `remove.${at}`, () => findGranted(appId, one))),
      ]);
      if (issues.length > 0) throw new LockstepError('invalidValue', issues[0]?.message ?? '', { issues });
      const added = await apply(appId, await planMore(appId, add));
      let removed = 0;
      for (const one of remove) if (await unassign(appId, one)) removed += 1;
      return { added, removed };
    },
    unassign,
    plan,
    apply,
  };
}

/** A principal and a role as the store names them; without `roleId` all roles are meant. */
interface Granted {
  readonly objectId: string;
  readonly type: DirectoryType;
  readonly roleId: string | undefined;
}

/** Looks something up, and notes what is wrong with it instead of throwing. */
async function noting(issues: Issue[], place: string, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    issues.push({ place, message: error.message });
  }
}

/** The id behind a role's value; an empty value is Default Access, which has none. */
async function findRoleId(apps: AppStore, appId: string, value: string): Promise<string> {
  if (value === '') return '';
  const role = (await apps.roles(appId)).find((one) => one.value === value);
  if (role !== undefined) return role.id;
  throw new LockstepError('notFound', `the app has no role ${JSON.stringify(value)}`);
}

function toRole(declared: DeclaredRole, known: AppRole | undefined, random: Random): AppRole {
  return {
    id: known?.id ?? random.guid(),
    value: declared.value,
    displayName: declared.displayName ?? known?.displayName ?? declared.value,
    description: declared.description ?? known?.description ?? '',
    isEnabled: declared.enabled ?? known?.isEnabled ?? true,
    allowedMemberTypes: declared.allowedMemberTypes ?? known?.allowedMemberTypes ?? ['User', 'Group'],
  };
}
