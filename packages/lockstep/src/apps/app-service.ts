import { ConfigurationError, compileJob, type JobDefinition } from '@lockstep/engine';
import type { Clock, Random } from '@lockstep/engine/ports';
import { templates } from '@lockstep/gallery';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { AppRecord, AppRole, AppStore } from '@lockstep/store';
import type { DirectoryService } from '../directory/directory-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type AssignmentPlan, type Grant, planAssignments, readGrants } from './assignments.ts';
import { buildDefinition } from './build-definition.ts';
import type { DeclaredApp, DeclaredAssignment, DeclaredRole } from './declared-app.ts';
import { type Difference, diffJson } from './diff-json.ts';

/** An app that people are provisioned into. */
export interface App {
  readonly id: string;
  readonly definition: JobDefinition;
  readonly hasSecret: boolean;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

/** What saving a declaration did, or would do. */
export interface AppChange {
  readonly name: string;
  readonly do: 'create' | 'update' | 'nothing';
  /** Absent when a dry run would make the app. */
  readonly id?: string;
  readonly differences: readonly Difference[];
}

/** Apps with their roles and assignments. */
export interface AppService {
  list(): Promise<readonly App[]>;
  /** By id or name in any case. @throws {LockstepError} `notFound` */
  find(idOrName: string): Promise<App>;
  /**
   * Makes an app equal to its declaration; one of the same name is changed. Writes nothing when nothing differs.
   * @throws {LockstepError} `invalidValue` when the declaration cannot work, `notFound` for people and groups it names
   */
  save(declared: DeclaredApp, options: { readonly isDryRun: boolean }): Promise<AppChange>;
  /** Accounts in the app stay as they are. @throws {LockstepError} `notFound` */
  delete(idOrName: string): Promise<void>;
  roles(appId: string): Promise<readonly AppRole[]>;
  /** Makes or changes the role with the value. */
  saveRole(appId: string, role: DeclaredRole): Promise<AppRole>;
  grants(appId: string): Promise<readonly Grant[]>;
  /** Adds to what is assigned. Gives how many assignments are new. */
  assign(appId: string, assignment: DeclaredAssignment): Promise<number>;
  /** Takes one role away, or without `role` everything. False when there was nothing. */
  unassign(appId: string, from: { readonly principal: string; readonly role?: string }): Promise<boolean>;
  /** The app's token. @throws {LockstepError} `invalidValue` when there is none */
  secret(app: App): Promise<string>;
  /** Told when an app was made, changed or deleted. Returns how to stop listening. */
  onChange(listener: (appId: string) => void): () => void;
}

export interface AppServiceOptions {
  readonly apps: AppStore;
  readonly directory: DirectoryService;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly random: Random;
}

const APPS_MAX = 10_000;
const HIDDEN = '********';

/** Makes the apps over the store. */
export function createAppService(options: AppServiceOptions): AppService {
  const { apps, directory, secrets, clock, random } = options;
  const listeners = new Set<(appId: string) => void>();
  const tell = (appId: string): void => {
    for (const listener of listeners) listener(appId);
  };

  const findRecord = async (idOrName: string): Promise<AppRecord> => {
    const record = await apps.find(idOrName);
    if (record !== undefined) return record;
    const known = (await apps.list(20)).map((one) => one.name).join(', ');
    const hint = known === '' ? 'There are no apps yet; `lockstep apply -f FILE` makes some.' : `There are ${known}.`;
    throw new LockstepError('notFound', `there is no app ${JSON.stringify(idOrName)}`, { hint });
  };

  const saveRole = async (appId: string, declared: DeclaredRole): Promise<AppRole> => {
    const known = (await apps.roles(appId)).find((role) => role.value === declared.value);
    const role = toRole(declared, known, random);
    await apps.saveRole(appId, role);
    // A role's name is part of what is sent for everybody who holds it.
    directory.noteChange();
    return role;
  };

  const apply = async (appId: string, plan: AssignmentPlan): Promise<number> => {
    const nowMs = clock.nowMs();
    for (const role of plan.roles) await saveRole(appId, role);
    const roleIds = new Map((await apps.roles(appId)).map((role) => [role.value, role.id]));
    const idOf = (value: string): string => (value === '' ? '' : (roleIds.get(value) ?? ''));
    const added = await apps.assign(
      plan.add.map(({ principalId, type, role }) => ({ appId, principalId, type, roleId: idOf(role), nowMs })),
    );
    for (const { principalId, type, role } of plan.remove) {
      await apps.unassign({ appId, principalId, type, roleId: idOf(role), nowMs });
    }
    if (added + plan.remove.length > 0) directory.noteChange();
    return added;
  };

  const secretChange = (record: AppRecord | undefined, given: string | undefined): Difference | undefined => {
    if (given === undefined) return undefined;
    const known = record?.sealedSecret ?? null;
    if (record !== undefined && known !== null && secrets.open(known, record.id) === given) return undefined;
    return { what: 'secretToken', before: known === null ? null : HIDDEN, after: HIDDEN };
  };

  const write = async (id: string, declared: DeclaredApp, before: AppRecord | undefined): Promise<void> => {
    const nowMs = clock.nowMs();
    const { secretToken } = declared;
    await apps.save({
      id,
      name: declared.name,
      definition: asJson(buildDefinition(id, declared)),
      sealedSecret: secretToken === undefined ? (before?.sealedSecret ?? null) : secrets.seal(secretToken, id),
      createdMs: before?.createdMs ?? nowMs,
      modifiedMs: nowMs,
    });
  };

  return {
    list: async () => (await apps.list(APPS_MAX)).map(toApp),
    find: async (idOrName) => toApp(await findRecord(idOrName)),
    save: async (declared, { isDryRun }) => {
      const before = await apps.find(declared.name);
      const id = before?.id ?? random.guid();
      const definition = buildDefinition(id, declared);
      checkDefinition(definition);
      const known = before?.definition ?? bareDefinition(id, declared);
      const own = [...diffJson(known, asJson(definition)), secretChange(before, declared.secretToken)];
      const granted = before === undefined ? { roles: [], grants: [] } : await stateOf(apps, directory, id);
      const plan = await planAssignments(declared, granted, directory);
      const differences = [...own.filter((one) => one !== undefined), ...plan.differences];
      const name = declared.name;
      if (before !== undefined && differences.length === 0) return { name, do: 'nothing', id, differences };
      if (!isDryRun) {
        await write(id, declared, before);
        await apply(id, plan);
        tell(id);
      }
      if (before === undefined) return { name, do: 'create', ...(isDryRun ? {} : { id }), differences };
      return { name, do: 'update', id, differences };
    },
    delete: async (idOrName) => {
      const { id } = await findRecord(idOrName);
      await apps.delete(id);
      tell(id);
    },
    roles: (appId) => apps.roles(appId),
    saveRole,
    grants: async (appId) => (await stateOf(apps, directory, appId)).grants,
    assign: async (appId, assignment) => {
      const known = await stateOf(apps, directory, appId);
      const plan = await planAssignments({ assignments: [assignment] }, known, directory);
      return apply(appId, { ...plan, remove: [] });
    },
    unassign: async (appId, from) => {
      const principal = await directory.findPrincipal(from.principal);
      const role = (await apps.roles(appId)).find((one) => one.value === from.role);
      if (from.role !== undefined && from.role !== '' && role === undefined) {
        throw new LockstepError('notFound', `the app has no role ${JSON.stringify(from.role)}`);
      }
      const isGone = await apps.unassign({
        appId,
        principalId: principal.objectId,
        type: principal.type,
        roleId: from.role === undefined ? undefined : (role?.id ?? ''),
        nowMs: clock.nowMs(),
      });
      if (isGone) directory.noteChange();
      return isGone;
    },
    secret: async (app) => {
      const { sealedSecret } = await findRecord(app.id);
      if (sealedSecret !== null) return secrets.open(sealedSecret, app.id);
      const label =
        templates[app.definition.template as keyof typeof templates]?.connection.tokenLabel ?? 'secret token';
      throw new LockstepError('invalidValue', `${app.definition.name} has no ${label} yet`);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function stateOf(
  apps: AppStore,
  directory: DirectoryService,
  appId: string,
): Promise<{ readonly roles: readonly AppRole[]; readonly grants: readonly Grant[] }> {
  const roles = await apps.roles(appId);
  return { roles, grants: await readGrants(apps, directory, { appId, roles }) };
}

/** What a new app is compared with: its template, named and pointed nowhere. */
function bareDefinition(id: string, declared: DeclaredApp): JsonObject {
  const { name, template } = declared;
  const {
    tenantUrl: _tenantUrl,
    template: _template,
    ...rest
  } = asJson(buildDefinition(id, { name, template, tenantUrl: '' }));
  return rest;
}

/** @throws {LockstepError} `invalidValue` with what the engine says about the job */
function checkDefinition(definition: JobDefinition): void {
  try {
    compileJob(definition);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new LockstepError('invalidValue', error.message, { cause: error });
  }
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

function toApp(record: AppRecord): App {
  return {
    id: record.id,
    // Written from a JobDefinition by `write` above, and by nobody else.
    definition: record.definition as unknown as JobDefinition,
    hasSecret: record.sealedSecret !== null,
    createdMs: record.createdMs,
    modifiedMs: record.modifiedMs,
  };
}

/** A definition as the JSON it is; interfaces without an index signature are not seen as JSON by the compiler. */
function asJson(definition: JobDefinition): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(definition));
  return isJsonObject(value) ? value : {};
}
