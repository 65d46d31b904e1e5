import type { JobDefinition } from '@lockstep/engine';
import { isJsonObject, type JsonObject } from '@lockstep/scim';
import type { AppRecord, AppStore } from '@lockstep/store';
import { letsThrough } from '../entity-tag.ts';
import { LockstepError } from '../lockstep-error.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type AppRoles, type AppRolesOptions, createAppRoles } from './app-roles.ts';
import { buildDefinition } from './build-definition.ts';
import { checkDefinition } from './check-definition.ts';
import type { DeclaredApp } from './declared-app.ts';
import { type Difference, diffJson } from './diff-json.ts';
import { findTemplate } from './find-template.ts';
import { refuseOtherServer } from './same-server.ts';
import { tokenEndMs } from './token-end.ts';

/** An app that people are provisioned into. */
export interface App {
  readonly id: string;
  readonly definition: JobDefinition;
  readonly hasSecret: boolean;
  /** When the token ends; null = never, or nobody knows. */
  readonly secretExpiresMs: number | null;
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

/** What editing an app's job did, or with `isDryRun` would do. */
export interface AppEdit {
  /** As it is now; in a dry run as it would be. */
  readonly app: App;
  readonly isChanged: boolean;
  readonly differences: readonly Difference[];
}

export interface AppEditOptions {
  readonly isDryRun?: boolean;
  /** The `tagOf` that the change was made from. Absent = whatever the app is now. */
  readonly ifMatch?: string | undefined;
  /** A new token. Absent = the one that is stored stays. */
  readonly secretToken?: string | undefined;
  /** Absent = what the new token tells itself, or with the stored one what is known of that. */
  readonly secretExpiresMs?: number | null | undefined;
}

export interface AppSaveOptions {
  readonly isDryRun: boolean;
  /** Refuses a name that is taken. Default false: the app of that name is changed. */
  readonly isNew?: boolean;
}

/** Apps with their roles and assignments. */
export interface AppService
  extends Pick<
    AppRoles,
    'roles' | 'saveRole' | 'deleteRole' | 'grants' | 'grantPage' | 'assign' | 'unassign' | 'changeGrants'
  > {
  list(): Promise<readonly App[]>;
  /** By id or name in any case. @throws {LockstepError} `notFound` */
  find(idOrName: string): Promise<App>;
  /**
   * Makes an app equal to its declaration; one of the same name is changed. Writes nothing when nothing differs.
   * @throws {LockstepError} `invalidValue` when the declaration cannot work, `notFound` for people and groups it names,
   *   `conflict` when the app should be new and its name is taken
   */
  save(declared: DeclaredApp, options: AppSaveOptions): Promise<AppChange>;
  /**
   * Changes an app's job. Edits of one app run one behind the other in this process; one that another process overtakes is
   * refused.
   * @throws {LockstepError} `outdated` when the app has changed since, `invalidValue` naming every row that cannot work
   */
  edit(idOrName: string, change: (app: App) => JobDefinition, options?: AppEditOptions): Promise<AppEdit>;
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

  const save: AppService['save'] = async (declared, { isDryRun, isNew = false }) => {
    const { name, secretToken } = declared;
    const before = await apps.find(name);
    refuseTaken(before, isNew);
    if (secretToken === undefined) refuseStoredToken(before, declared.tenantUrl);
    const id = before?.id ?? random.guid();
    const built = buildDefinition(id, declared);
    const definition = withSchemaOf(before, built);
    checkDefinition(definition);
    const plan = await appRoles.plan(id, declared);
    const known = before?.definition ?? bareDefinition(id, declared);
    const { secretExpiresMs, ...secret } = secretChangeOf({ secretToken, end: declaredEnd(declared) }, before, secrets);
    const differences = [...diffJson(withoutSchema(known), asJson(built)), ...secret.differences, ...plan.differences];
    if (before !== undefined && differences.length === 0) return { name, do: 'nothing', id, differences };
    if (!isDryRun) {
      await apps.save(toRecord({ definition, secretToken, secretExpiresMs, before }, options));
      await appRoles.apply(id, plan);
      tell(id);
    }
    if (before !== undefined) return { name, do: 'update', id, differences };
    return { name, do: 'create', ...(isDryRun ? {} : { id }), differences };
  };

  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <T>(id: string, action: () => Promise<T>): Promise<T> => {
    const next = (turns.get(id) ?? Promise.resolve()).then(action);
    turns.set(
      id,
      next.catch(() => undefined),
    );
    return next;
  };

  const editNow = async (id: string, change: (app: App) => JobDefinition, given: AppEditOptions): Promise<AppEdit> => {
    const before = await findRecord(apps, id);
    checkTag(toApp(before), given.ifMatch);
    const definition = change(toApp(before));
    checkDefinition(definition);
    const { secretToken } = given;
    if (secretToken === undefined) refuseStoredToken(before, definition.tenantUrl);
    const { secretExpiresMs, ...secret } = secretChangeOf({ secretToken, end: given.secretExpiresMs }, before, secrets);
    const differences = [
      ...diffJson(withoutSchema(before.definition), withoutSchema(asJson(definition))),
      ...secret.differences,
    ];
    const record = toRecord({ definition, secretToken, secretExpiresMs, before }, options);
    const isChanged =
      secret.differences.length > 0 || JSON.stringify(record.definition) !== JSON.stringify(before.definition);
    if (!isChanged) return { app: toApp(before), isChanged, differences };
    if (given.isDryRun !== true) {
      if (!(await apps.save(record, before.modifiedMs))) throw outdated(definition.name);
      tell(id);
    }
    return { app: toApp(record), isChanged, differences };
  };

  return {
    roles: appRoles.roles,
    saveRole: appRoles.saveRole,
    deleteRole: appRoles.deleteRole,
    grants: appRoles.grants,
    grantPage: appRoles.grantPage,
    changeGrants: appRoles.changeGrants,
    assign: appRoles.assign,
    unassign: appRoles.unassign,
    list: async () => (await apps.list(APPS_MAX)).map(toApp),
    find: async (idOrName) => toApp(await findRecord(apps, idOrName)),
    save,
    edit: async (idOrName, change, given = {}) => {
      const { id } = await findRecord(apps, idOrName);
      return inTurn(id, () => editNow(id, change, given));
    },
    delete: async (idOrName) => {
      const { id } = await findRecord(apps, idOrName);
      await apps.delete(id);
      tell(id);
    },
    secret: async ({ id, definition }) => {
      const { sealedSecret } = await findRecord(apps, id);
      if (sealedSecret !== null) return secrets.open(sealedSecret, sealOwner.app(id));
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
  readonly secretExpiresMs: number | null;
  readonly before: AppRecord | undefined;
}

function toRecord(parts: RecordParts, options: AppServiceOptions): AppRecord {
  const { definition, secretToken, secretExpiresMs, before } = parts;
  const { id, name } = definition;
  const nowMs = options.clock.nowMs();
  return {
    id,
    name,
    definition: asJson(definition),
    sealedSecret:
      secretToken === undefined ? (before?.sealedSecret ?? null) : options.secrets.seal(secretToken, sealOwner.app(id)),
    secretExpiresMs,
    createdMs: before?.createdMs ?? nowMs,
    // Two changes within a millisecond still have different tags.
    modifiedMs: Math.max(nowMs, (before?.modifiedMs ?? 0) + 1),
  };
}

interface GivenSecret {
  /** `undefined` = the one that is stored stays. */
  readonly secretToken: string | undefined;
  /** `undefined` = nothing was said about it. */
  readonly end: number | null | undefined;
}

/**
 * What becomes of token and end. The end is what was said; else what a new token says itself, or what is known of the one that
 * stays, also when the very same is given again.
 */
function secretChangeOf(
  { secretToken, end }: GivenSecret,
  before: AppRecord | undefined,
  secrets: SecretBox,
): { readonly secretExpiresMs: number | null; readonly differences: readonly Difference[] } {
  const token = secretToken === undefined ? [] : secretDifference(secrets, before, secretToken);
  const known = before?.secretExpiresMs ?? null;
  const told = secretToken === undefined || token.length === 0 ? known : tokenEndMs(secretToken);
  const secretExpiresMs = end === undefined ? told : end;
  return { secretExpiresMs, differences: [...token, ...endDifference(known, secretExpiresMs)] };
}

function declaredEnd({ secretExpiresAt }: DeclaredApp): number | null | undefined {
  return typeof secretExpiresAt === 'string' ? Date.parse(secretExpiresAt) : secretExpiresAt;
}

function endDifference(known: number | null, next: number | null): readonly Difference[] {
  if (known === next) return [];
  const show = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return [{ what: 'secretExpiresAt', before: show(known), after: show(next) }];
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

/** Tells one state of an app from another, as an entity tag (RFC 9110 §8.8.3). */
export function tagOf({ modifiedMs }: Pick<App, 'modifiedMs'>): string {
  return `"${modifiedMs}"`;
}

function checkTag(app: App, ifMatch: string | undefined): void {
  if (!letsThrough(ifMatch, tagOf(app))) throw outdated(app.definition.name);
}

function refuseStoredToken(before: AppRecord | undefined, tenantUrl: string): void {
  if (before === undefined || before.sealedSecret === null) return;
  refuseOtherServer(toApp(before).definition.tenantUrl, tenantUrl);
}

function refuseTaken(before: AppRecord | undefined, isNew: boolean): void {
  if (!isNew || before === undefined) return;
  const hint = 'Choose another name, or edit the app that has it.';
  throw new LockstepError('conflict', `there is an app named ${JSON.stringify(before.name)} already`, { hint });
}

function outdated(name: string): LockstepError {
  const hint = 'Read it again and make the change once more.';
  return new LockstepError('outdated', `${name} has been changed meanwhile`, { hint });
}

/** A declaration says nothing about the schema a job was imported from, so that stays. */
function withSchemaOf(before: AppRecord | undefined, built: JobDefinition): JobDefinition {
  const schema = before === undefined ? undefined : toApp(before).definition.schema;
  return schema === undefined ? built : { ...built, schema };
}

function withoutSchema(definition: JsonObject): JsonObject {
  const { schema: _schema, ...rest } = definition;
  return rest;
}

function toApp(record: AppRecord): App {
  return {
    id: record.id,
    // Written from a JobDefinition by `write` above, and by nobody else.
    definition: record.definition as unknown as JobDefinition,
    hasSecret: record.sealedSecret !== null,
    secretExpiresMs: record.secretExpiresMs,
    createdMs: record.createdMs,
    modifiedMs: record.modifiedMs,
  };
}

/** A definition as the JSON it is; interfaces without an index signature are not seen as JSON by the compiler. */
function asJson(definition: JobDefinition): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(definition));
  return isJsonObject(value) ? value : {};
}
