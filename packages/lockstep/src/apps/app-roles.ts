import type { Clock, Random } from '@lockstep/engine/ports';
import type { AppRole, AppStore } from '@lockstep/store';
import type { DirectoryService } from '../directory/directory-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import { type AssignmentPlan, type Grant, planAssignments, readGrants } from './assignments.ts';
import type { DeclaredApp, DeclaredAssignment, DeclaredRole } from './declared-app.ts';

/** Roles of apps and who holds them. */
export interface AppRoles {
  roles(appId: string): Promise<readonly AppRole[]>;
  /** Makes or changes the role with the value. */
  saveRole(appId: string, role: DeclaredRole): Promise<AppRole>;
  /** Takes a role from everybody and deletes it; gives how many held it. @throws {LockstepError} `notFound` */
  deleteRole(appId: string, value: string): Promise<number>;
  grants(appId: string): Promise<readonly Grant[]>;
  /** Adds to what is assigned. Gives how many assignments are new. */
  assign(appId: string, assignment: DeclaredAssignment): Promise<number>;
  /** Takes one role away, or without `role` everything. False when there was nothing. */
  unassign(appId: string, from: { readonly principal: string; readonly role?: string }): Promise<boolean>;
  /** What of roles and assignments differs from a declaration. */
  plan(appId: string, declared: Pick<DeclaredApp, 'roles' | 'assignments'>): Promise<AssignmentPlan>;
  /** Carries a plan out. Gives how many assignments are new. */
  apply(appId: string, plan: AssignmentPlan): Promise<number>;
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
    const grants = await readGrants(apps, directory, { appId, roles });
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

  return {
    roles: (appId) => apps.roles(appId),
    saveRole,
    deleteRole: async (appId, value) => {
      const roleId = await findRoleId(apps, appId, value === '' ? ' ' : value);
      const holders = (await readGrants(apps, directory, { appId, roles: await apps.roles(appId) })).filter((one) =>
        one.roles.includes(value),
      );
      for (const { principalId, type } of holders) {
        await apps.unassign({ appId, principalId, type, roleId, nowMs: clock.nowMs() });
      }
      await apps.deleteRole(appId, roleId);
      if (holders.length > 0) directory.noteChange();
      return holders.length;
    },
    grants: async (appId) => readGrants(apps, directory, { appId, roles: await apps.roles(appId) }),
    assign: async (appId, assignment) => {
      const whole = await plan(appId, { assignments: [assignment] });
      return apply(appId, { ...whole, remove: [] });
    },
    unassign: async (appId, { principal, role }) => {
      const { objectId, type } = await directory.findPrincipal(principal);
      const roleId = role === undefined ? undefined : await findRoleId(apps, appId, role);
      const isGone = await apps.unassign({ appId, principalId: objectId, type, roleId, nowMs: clock.nowMs() });
      if (isGone) directory.noteChange();
      return isGone;
    },
    plan,
    apply,
  };
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
