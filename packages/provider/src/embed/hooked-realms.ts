import { type JsonObject, parseFilter, resolveFilter, ScimError } from '@lockstep/scim';
import type {
  Member,
  NewResource,
  RealmKey,
  RealmStore,
  ResourceChange,
  SomebodyLeft,
  StoredResource,
  UpdateOutcome,
} from '../ports/realm-store.ts';
import { readObject } from '../resource/read-object.ts';
import type { TenantShape } from '../tenant/tenant-shape.ts';
import type { AppHooks, HookContext, HookMemberChange } from './app-hooks.ts';
import { asRefusal } from './app-refusal.ts';
import type { KeyedQueue } from './keyed-queue.ts';

export interface HookedRealmsOptions {
  readonly realms: RealmStore;
  readonly hooks: AppHooks;
  readonly context: HookContext;
  readonly shape: TenantShape;
  /** One for all requests of a process: changes of one resource reach the hooks one after the other. */
  readonly queue: KeyedQueue;
}

type Target = Parameters<RealmStore['update']>[1];

const GROUP = 'Group';
const BARE = { members: false, groups: false };
const TRIES_MAX = 10;
const MEMBER_PAGE = 1_000;

/** The resource was changed by somebody else between the hook and the store. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A tenant's realm that tells the app's hooks of every change before it is stored. Reads go straight through. */
export function hookedRealms(options: HookedRealmsOptions): RealmStore {
  const { realms, queue } = options;
  return {
    ...realms,
    insert: (realm, resource) =>
      queue(`${realm} ${resource.type} ${resource.keys.uniqueName ?? resource.id}`, () =>
        insert(options, realm, resource),
      ),
    update: (realm, target, mutate) => queue(`${realm} ${target.id}`, () => update(options, { realm, target, mutate })),
    remove: (realm, target, nowMs, keeps) =>
      queue(`${realm} ${target.id}`, () => remove(options, { realm, target, nowMs, ...(keeps && { keeps }) })),
    restore: (realm, target, nowMs) => queue(`${realm} ${target.id}`, () => restore(options, { realm, target, nowMs })),
  };
}

async function insert(options: HookedRealmsOptions, realm: RealmKey, added: NewResource): Promise<StoredResource> {
  await refuseTakenName(options, realm, added);
  const ids = added.memberIds ?? [];
  const members: readonly HookMemberChange[] = ids.length === 0 ? [] : [{ do: 'add', ids }];
  await tell(() => callCreate(options, added, members));
  try {
    return await options.realms.insert(realm, added);
  } catch (error) {
    await callDelete(options, added.type, { id: added.id });
    throw error;
  }
}

function callCreate(
  { hooks, context }: HookedRealmsOptions,
  added: Pick<StoredResource, 'id' | 'type' | 'text'>,
  members: readonly HookMemberChange[],
): Promise<void> | void {
  const change = { id: added.id, resource: readObject(added.text) };
  if (added.type === GROUP) return hooks.createGroup?.({ ...change, members }, context);
  return hooks.createUser?.(change, context);
}

function callDelete(
  { hooks, context }: HookedRealmsOptions,
  type: string,
  gone: { readonly id: string; readonly before?: JsonObject },
): Promise<void> | void {
  return type === GROUP ? hooks.deleteGroup?.(gone, context) : hooks.deleteUser?.(gone, context);
}

/** A create whose name is taken is refused before the app hears of it. The unique index still has the last word. */
async function refuseTakenName(options: HookedRealmsOptions, realm: RealmKey, added: NewResource): Promise<void> {
  const shape = options.shape.types.find((one) => one.type.name === added.type);
  const path = shape?.indexed.uniqueName ?? undefined;
  const name = path === undefined ? undefined : readObject(added.text)[path];
  if (shape === undefined || path === undefined || typeof name !== 'string') return;
  const page = await options.realms.query(realm, {
    type: shape.type,
    indexed: shape.indexed,
    filter: resolveFilter(parseFilter(`${path} eq ${JSON.stringify(name)}`), shape.fullType),
    startIndex: 1,
    count: 1,
    include: BARE,
  });
  if (page.total > 0) throw new ScimError('uniqueness', `another ${added.type} has this ${path}`);
}

interface Update {
  readonly realm: RealmKey;
  readonly target: Target;
  readonly mutate: (current: StoredResource) => ResourceChange | undefined;
}

/** Hooks cannot run inside the store's transaction: what they were told is stored only if nobody changed it meanwhile. */
async function update(options: HookedRealmsOptions, asked: Update): Promise<UpdateOutcome | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryUpdate(options, asked);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      if (attempt >= TRIES_MAX)
        throw new ScimError('unavailable', 'the resource is being changed by others; try again');
    }
  }
}

async function tryUpdate(
  options: HookedRealmsOptions,
  { realm, target, mutate }: Update,
): Promise<UpdateOutcome | undefined> {
  const { realms } = options;
  const current = await realms.read(realm, target.id, { type: target.type, include: BARE });
  if (current === undefined) return realms.update(realm, target, mutate);
  const change = mutate(current);
  if (change === undefined) return { resource: current, isChanged: false };
  const members = await plainMembers(realms, { realm, target, change });
  const isTold = hasEffect(current, change);
  if (isTold) await tell(() => callUpdate(options, { current, change, members }));
  try {
    return await realms.update(realm, target, (now) => {
      if (now.version !== current.version) throw new Overtaken();
      return change;
    });
  } catch (error) {
    if (isTold && !(error instanceof Overtaken)) await putBack(options, current);
    throw error;
  }
}

function hasEffect(current: StoredResource, change: ResourceChange): boolean {
  if (change.text !== undefined && change.text !== current.text) return true;
  if (change.isManaged !== undefined && change.isManaged !== current.isManaged) return true;
  return (change.members ?? []).length > 0;
}

interface Told {
  readonly current: StoredResource;
  readonly change: ResourceChange;
  readonly members: readonly HookMemberChange[];
}

function callUpdate({ hooks, context }: HookedRealmsOptions, { current, change, members }: Told): Promise<void> | void {
  const before = readObject(current.text);
  const resource = change.text === undefined ? before : readObject(change.text);
  const told = { id: current.id, resource, before };
  if (current.type === GROUP) return hooks.updateGroup?.({ ...told, members }, context);
  if (change.isManaged === true && !current.isManaged) return hooks.linkUser?.(told, context);
  const isSwitchedOff = resource['active'] === false && before['active'] !== false;
  return isSwitchedOff ? hooks.deactivateUser?.(told, context) : hooks.updateUser?.(told, context);
}

/** The app hears what stays after all. Members it has to read again itself: a refused change names no new ones. */
async function putBack({ hooks, context }: HookedRealmsOptions, current: StoredResource): Promise<void> {
  const stays = { id: current.id, resource: readObject(current.text) };
  if (current.type === GROUP) await hooks.updateGroup?.({ ...stays, members: [] }, context);
  else await hooks.updateUser?.(stays, context);
}

/** Changes of members with ids only; a filter is answered from the group as it is. */
async function plainMembers(
  realms: RealmStore,
  of: { readonly realm: RealmKey; readonly target: Target; readonly change: ResourceChange },
): Promise<readonly HookMemberChange[]> {
  const plain: HookMemberChange[] = [];
  for (const step of of.change.members ?? []) {
    if (step.do === 'clear') plain.push({ do: 'replace', ids: [] });
    else if (step.do !== 'removeWhere') plain.push(step);
    else plain.push({ do: 'remove', ids: await matchingMembers(realms, { ...of, matches: step.matches }) });
  }
  return plain;
}

async function matchingMembers(
  realms: RealmStore,
  of: { readonly realm: RealmKey; readonly target: Target; readonly matches: (member: Member) => boolean },
): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await realms.members(of.realm, of.target.id, {
      limit: MEMBER_PAGE,
      ...(after === undefined ? {} : { after }),
    });
    ids.push(...page.filter(of.matches).map((member) => member.id));
    after = page.at(-1)?.id;
    if (page.length < MEMBER_PAGE || after === undefined) return ids;
  }
}

interface Removal {
  readonly realm: RealmKey;
  readonly target: Target;
  readonly nowMs: number;
  readonly keeps?: (current: StoredResource) => SomebodyLeft | undefined;
}

async function remove(options: HookedRealmsOptions, { realm, target, nowMs, keeps }: Removal): Promise<boolean> {
  const current = await options.realms.read(realm, target.id, { type: target.type, include: BARE });
  if (current === undefined) return false;
  await tell(() => callDelete(options, target.type, { id: target.id, before: readObject(current.text) }));
  try {
    return await options.realms.remove(realm, target, nowMs, keeps);
  } catch (error) {
    await callCreate(options, current, []);
    throw error;
  }
}

/** A tombstone cannot be read before it lives again, so here the app is asked after; its refusal puts the stone back. */
async function restore(
  options: HookedRealmsOptions,
  { realm, target, nowMs }: Removal,
): Promise<StoredResource | undefined> {
  const restored = await options.realms.restore(realm, target, nowMs);
  if (restored === undefined) return undefined;
  try {
    await tell(() => callCreate(options, restored, []));
    return restored;
  } catch (error) {
    await options.realms.remove(realm, target, nowMs);
    throw error;
  }
}

async function tell(hook: () => Promise<void> | void): Promise<void> {
  try {
    await hook();
  } catch (error) {
    throw asRefusal(error);
  }
}
