import { isJsonArray, type Json, type PatchOperation } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import type { CycleRun } from '../cycle/cycle-run.ts';
import { withoutMeta } from '../cycle/examine-objects.ts';
import { failureOf } from '../cycle/failure.ts';
import { openTrace } from '../cycle/open-trace.ts';
import { REDACTED } from '../expression/evaluate.ts';
import { type GuardLimits, judgeCount, judgeRemovals } from '../guard/guard.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import type { LogRecord } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import { exportStep } from '../log/steps.ts';
import { jsonText } from '../mapping/map-object.ts';
import { readTarget } from '../mapping/read-target.ts';
import type { TargetPath } from '../mapping/target-path.ts';
import type { Change } from '../plan/plan.ts';
import type { Link, ObjectType } from '../ports/engine-store.ts';
import { withSideRun } from '../staged-plan/open-side-run.ts';
import { MEMBERS, type MembersBack, membersBack, sendMembersBack } from './members-back.ts';

/** What undoing a cycle means for one object. */
export interface RollbackItem {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  readonly displayName: string;
  readonly targetId: string;
  /** `revert`: the old values are written; `delete`: the account that was made goes; `unlink`: it is let go of. */
  readonly do: 'revert' | 'delete' | 'unlink' | 'impossible';
  /** From what the cycle wrote (`oldValue`) back to what was there (`newValue`). */
  readonly changes: readonly Change[];
  /** Groups only. */
  readonly members?: MembersBack;
  /** One sentence for a person. */
  readonly text: string;
}

/** What became of one item. */
export interface RollbackOutcome {
  readonly at: number;
  readonly state: 'done' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

/**
 * Says what undoing a cycle takes, from its log. Sends nothing.
 *
 * @param records everything the log has of the cycle, oldest first
 */
export function planRollback(records: readonly LogRecord[]): readonly RollbackItem[] {
  const changed = records.filter((one) => one.status === 'success' && one.target !== null && isWrite(one));
  const byObject = Map.groupBy(changed, (one) => `${one.source.type} ${one.source.id}`);
  return [...byObject.values()].map(itemOf).filter((one) => one !== undefined);
}

function isWrite({ action }: LogRecord): boolean {
  return action === 'create' || action === 'update' || action === 'disable' || action === 'delete';
}

function itemOf(records: readonly LogRecord[]): RollbackItem | undefined {
  const [first] = records;
  const last = records.at(-1);
  if (first?.target === null || first === undefined || last === undefined) return undefined;
  const base = {
    objectType: first.source.type === 'Group' ? ('group' as const) : ('user' as const),
    sourceId: first.source.id,
    displayName: first.source.displayName,
    targetId: first.target.id,
  };
  const changes = changesBack(records);
  const nothing = { ...base, do: 'impossible', changes: [] } as const;
  if (last.action === 'delete')
    return { ...nothing, text: 'The account was deleted in the app; SCIM cannot bring it back.' };
  if (first.action === 'create') {
    const text = 'The account was made by the cycle, so it is deleted.';
    return { ...base, do: 'delete', changes: [], text };
  }
  const members = base.objectType === 'group' ? membersBack(records) : undefined;
  if (changes.some((one) => one.newValue === REDACTED || one.oldValue === REDACTED)) {
    return { ...nothing, text: 'A redacted value was changed, which the log does not know.' };
  }
  if (members !== undefined) {
    const text = `${members.add.length} members are put back and ${members.remove.length} taken out.`;
    return {
      ...base,
      do: 'revert',
      changes,
      members,
      text: changes.length === 0 ? text : `The old values are written. ${text}`,
    };
  }
  if (changes.length === 0) return { ...base, do: 'unlink', changes: [], text: 'The account is let go of.' };
  return { ...base, do: 'revert', changes, text: 'The old values are written.' };
}

/** Over all records of an object: from the last value that was written to the first that was there. */
function changesBack(records: readonly LogRecord[]): readonly Change[] {
  const back = new Map<string, Change>();
  for (const { modifiedProperties } of records) {
    for (const { displayName, oldValue, newValue } of modifiedProperties) {
      if (displayName === MEMBERS) continue;
      const earlier = back.get(displayName);
      back.set(displayName, { attribute: displayName, oldValue: newValue, newValue: earlier?.newValue ?? oldValue });
    }
  }
  return [...back.values()].filter((one) => one.oldValue !== one.newValue);
}

/**
 * Undoes a cycle as planned. What has changed in the app since is left alone and told. Deletions are counted against the
 * guard first; above a limit none of them is sent.
 *
 * @throws {JobBusyError} when a cycle of the job runs
 */
export async function applyRollback(
  job: CompiledJob,
  ports: CyclePorts,
  items: readonly RollbackItem[],
): Promise<{ readonly cycleId: string; readonly outcomes: readonly RollbackOutcome[] }> {
  return withSideRun({ job, ports }, async (run) => {
    const held = await judgeDeletions(run, items);
    const heldMembers = judgeLeavers(run, items);
    const outcomes: RollbackOutcome[] = [];
    for (const [at, item] of items.entries()) {
      await run.keepLease();
      const why = ports.isStopping() ? STOPPED : refusalOf(item, { accounts: held, members: heldMembers });
      outcomes.push({ at, ...(why ?? (await undo(run, item))) });
    }
    return { cycleId: run.cycleId, outcomes };
  });
}

const STOPPED: Undone = { state: 'refused', text: 'It was stopped before its turn came.' };

/** Why an item is not undone: it cannot be, or the guard holds it. */
function refusalOf(
  item: RollbackItem,
  held: { readonly accounts: string | undefined; readonly members: string | undefined },
): Undone | undefined {
  if (item.do === 'impossible') return { state: 'refused', text: item.text };
  if (held.accounts !== undefined && isLoss(item)) return { state: 'held', text: held.accounts };
  if (held.members !== undefined && leavers(item) > 0) return { state: 'held', text: held.members };
  return undefined;
}

/** A loss is a deletion, and an `active` that goes back to false. */
function isLoss(item: RollbackItem): boolean {
  return item.do === 'delete' || item.changes.some((one) => one.attribute === 'active' && one.newValue === 'False');
}

async function judgeDeletions(run: CycleRun, items: readonly RollbackItem[]): Promise<string | undefined> {
  const limits: GuardLimits = run.job.definition.guard ?? {};
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  const verdict = judgeRemovals(items.filter(isLoss).length, linked.users + linked.groups, limits);
  return verdict.do === 'hold' ? verdict.text : undefined;
}

function leavers({ members }: RollbackItem): number {
  return members?.remove.length ?? 0;
}

function judgeLeavers(run: CycleRun, items: readonly RollbackItem[]): string | undefined {
  const count = items.reduce((sum, item) => sum + leavers(item), 0);
  const verdict = judgeCount('membershipRemovals', count, run.job.definition.guard ?? {});
  return verdict.do === 'hold' ? verdict.text : undefined;
}

type Undone = Omit<RollbackOutcome, 'at'>;

async function undo(run: CycleRun, item: RollbackItem): Promise<Undone> {
  const links = await run.ports.store.links(run.job.definition.id, item.objectType, [item.sourceId]);
  const link = links.get(item.sourceId);
  if (link?.targetId !== item.targetId)
    return { state: 'refused', text: `${item.displayName} has another account by now.` };
  if (item.do === 'unlink') return store(run, item, { link: null, text: item.text, wire: undefined, startedMs: 0 });
  const startedMs = run.ports.clock.nowMs();
  const trace = openTrace(run.ports, run.keepLease);
  const intentId = run.ports.random.guid();
  const action = item.do === 'delete' ? 'delete' : 'update';
  const { objectType, sourceId, targetId } = item;
  await run.journal([{ id: intentId, objectType, sourceId, action, targetId, atMs: startedMs }]);
  try {
    const done = await send({ ...run, ports: trace.ports }, item, link);
    if (done.conflict !== undefined) {
      await run.record([{ objectType, sourceId, intentId }]);
      return { state: 'refused', text: done.conflict };
    }
    return await store(run, item, { link: done.link, text: item.text, wire: trace.exchanges, startedMs, intentId });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    await run.record([{ objectType, sourceId, intentId }]);
    return { state: 'failed', text: failureOf(error).text };
  }
}

interface Sent {
  readonly link: Link | null;
  readonly conflict?: string;
}

async function send(run: CycleRun, item: RollbackItem, link: Link): Promise<Sent> {
  const { endpoint, mapping } = run.job.objects[item.objectType];
  const excludedAttributes = ['members', 'groups'];
  const account = await run.ports.client.read(endpoint, item.targetId, { excludedAttributes });
  if (item.do === 'delete') {
    if (account !== undefined) await run.ports.client.delete(endpoint, item.targetId);
    return { link: null };
  }
  if (account === undefined) return { link, conflict: 'The app has the account no longer.' };
  if (item.members !== undefined && item.changes.length === 0) {
    await sendMembersBack(run, link, item.members);
    return { link };
  }
  const operations: PatchOperation[] = [];
  for (const { attribute, oldValue, newValue } of item.changes) {
    const path = mapping.mappings.find((row) => row.path.text === attribute)?.path;
    if (path === undefined) return { link, conflict: `${attribute} is not mapped any more.` };
    const current = readTarget(account, path);
    if (!isSameText(current, oldValue)) {
      const shown = jsonText(current) ?? 'nothing';
      return { link, conflict: `${attribute} is ${shown} by now, which the cycle did not write; nothing was undone.` };
    }
    operations.push(operationBack(path, newValue));
  }
  if (item.members !== undefined) await sendMembersBack(run, link, item.members);
  const answer = await run.ports.client.update(endpoint, item.targetId, { operations });
  const view = answer ?? (await run.ports.client.read(endpoint, item.targetId, { excludedAttributes })) ?? link.view;
  return { link: { ...link, view: withoutMeta(view), state: 'managed' } };
}

/** Apps may keep a list in another order or with more members; a list is compared by its texts only. */
function isSameText(current: Json | undefined, text: string | null): boolean {
  const shown = jsonText(current);
  if (shown === text) return true;
  if (isJsonArray(current)) return text !== null && current.length > 0;
  return shown?.toLowerCase() === text?.toLowerCase();
}

function operationBack(path: TargetPath, text: string | null): PatchOperation {
  if (text === null) return { op: 'remove', path: path.patch };
  return { op: 'replace', path: path.patch, value: parsedValue(path, text) };
}

/** A value as the log shows it, back as what it was. */
function parsedValue(path: TargetPath, text: string): Json {
  if (path.type === 'boolean') return text.toLowerCase() === 'true';
  if (path.shape !== 'list' && path.type === 'string') return text;
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives is JSON
  } catch {
    return text;
  }
}

function memberChanges({ members }: RollbackItem): readonly Change[] {
  if (members === undefined) return [];
  const listed = (ids: readonly string[]): string | null => (ids.length === 0 ? null : ids.join(', '));
  return [{ attribute: MEMBERS, oldValue: listed(members.remove), newValue: listed(members.add) }];
}

interface Stored {
  readonly link: Link | null;
  readonly text: string;
  readonly wire: Parameters<typeof makeRecord>[2]['wire'];
  readonly startedMs: number;
  readonly intentId?: string;
}

async function store(run: CycleRun, item: RollbackItem, done: Stored): Promise<Undone> {
  const action = item.do === 'delete' ? 'delete' : 'update';
  const of = { objectType: item.objectType, id: item.sourceId, displayName: item.displayName };
  const log = makeRecord(run, of, {
    action,
    status: 'success',
    targetId: item.targetId,
    changes: [...item.changes, ...memberChanges(item)],
    steps: [exportStep(action, 'success', `Rolled back. ${done.text}`)],
    startedMs: done.startedMs === 0 ? run.ports.clock.nowMs() : done.startedMs,
    wire: done.wire,
  });
  const { objectType, sourceId } = item;
  const intent = done.intentId === undefined ? {} : { intentId: done.intentId };
  await run.record([{ objectType, sourceId, ...intent, link: done.link, log }]);
  return { state: 'done', text: done.text };
}
