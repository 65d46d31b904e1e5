import { ConfigurationError, compileJob, type JobDefinition } from '@lockstep/engine';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { AppRecord, AppStore } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type AppRoles, type AppRolesOptions, createAppRoles } from './app-roles.ts';
import { buildDefinition } from './build-definition.ts';
import type { DeclaredApp } from './declared-app.ts';
import { type Difference, diffJson } from './diff-json.ts';
import { findTemplate } from './find-template.ts';

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
export interface AppService extends Pick<AppRoles, 'roles' | 'saveRole' | 'grants' | 'assign' | 'unassign'> {
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
  /** The app's token. @throws {LockstepError} `invalidValue` when there is none */
  secret(app: App): Promise<string>;
  /** Told when an app was made, changed or deleted. Returns how to stop listening. */
  onChange(listener: (appId: string) => void): () => void;
}

export interface AppServiceOptions extends AppRolesOptions {
  readonly secrets: SecretBox;
}

const APPS_MAX = 10_000;
const HIDDEN = '********';

/** Makes the apps over the store. */
export function createAppService(options: AppServiceOptions): AppService {
  const { apps, secrets, random } = options;
  const appRoles = createAppRoles(options);
  const listeners = new Set<(appId: string) => void>();
  const tell = (appId: string): void => {
    for (const listener of listeners) listener(appId);
  };

  const save: AppService['save'] = async (declared, { isDryRun }) => {
    const { name, secretToken } = declared;
    const before = await apps.find(name);
    const id = before?.id ?? random.guid();
    const definition = buildDefinition(id, declared);
    checkDefinition(definition);
    const plan = await appRoles.plan(id, declared);
    const known = before?.definition ?? bareDefinition(id, declared);
    const secretChange = secretToken === undefined ? [] : secretDifference(secrets, before, secretToken);
    const differences = [...diffJson(known, asJson(definition)), ...secretChange, ...plan.differences];
    if (before !== undefined && differences.length === 0) return { name, do: 'nothing', id, differences };
    if (!isDryRun) {
      await apps.save(toRecord({ definition, secretToken, before }, options));
      await appRoles.apply(id, plan);
      tell(id);
    }
    if (before !== undefined) return { name, do: 'update', id, differences };
    return { name, do: 'create', ...(isDryRun ? {} : { id }), differences };
  };

  return {
    roles: appRoles.roles,
    saveRole: appRoles.saveRole,
    grants: appRoles.grants,
    assign: appRoles.assign,
    unassign: appRoles.unassign,
    list: async () => (await apps.list(APPS_MAX)).map(toApp),
    find: async (idOrName) => toApp(await findRecord(apps, idOrName)),
    save,
    delete: async (idOrName) => {
      const { id } = await findRecord(apps, idOrName);
      await apps.delete(id);
      tell(id);
    },
    secret: async ({ id, definition }) => {
      const { sealedSecret } = await findRecord(apps, id);
      if (sealedSecret !== null) return secrets.open(sealedSecret, id);
      const label = findTemplate(definition.template)?.connection.tokenLabel ?? 'secret token';
      throw new LockstepError('invalidValue', `${definition.name} has no ${label} yet`);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function findRecord(apps: AppStore, idOrName: string): Promise<AppRecord> {
  const record = await apps.find(idOrName);
  if (record !== undefined) return record;
  const known = (await apps.list(20)).map((one) => one.name).join(', ');
  const hint = known === '' ? 'There are no apps yet; `lockstep apply -f FILE` makes some.' : `There are ${known}.`;
  throw new LockstepError('notFound', `there is no app ${JSON.stringify(idOrName)}`, { hint });
}

interface RecordParts {
  readonly definition: JobDefinition;
  /** `undefined` = the one that is stored stays. */
  readonly secretToken: string | undefined;
  readonly before: AppRecord | undefined;
}

function toRecord(parts: RecordParts, options: AppServiceOptions): AppRecord {
  const { definition, secretToken, before } = parts;
  const { id, name } = definition;
  const nowMs = options.clock.nowMs();
  return {
    id,
    name,
    definition: asJson(definition),
    sealedSecret: secretToken === undefined ? (before?.sealedSecret ?? null) : options.secrets.seal(secretToken, id),
    createdMs: before?.createdMs ?? nowMs,
    modifiedMs: nowMs,
  };
}

function secretDifference(secrets: SecretBox, record: AppRecord | undefined, given: string): readonly Difference[] {
  const known = record?.sealedSecret ?? null;
  if (record !== undefined && known !== null && opensTo(secrets, { sealed: known, owner: record.id }, given)) return [];
  return [{ what: 'secretToken', before: known === null ? null : HIDDEN, after: HIDDEN }];
}

/** A secret that no longer opens is not the one that was given: entering it again is the way out. */
function opensTo(secrets: SecretBox, kept: { readonly sealed: string; readonly owner: string }, text: string): boolean {
  try {
    return secrets.open(kept.sealed, kept.owner) === text;
  } catch (error) {
    if (error instanceof LockstepError) return false;
    throw error;
  }
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
