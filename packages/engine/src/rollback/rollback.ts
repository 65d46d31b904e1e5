import { isJsonArray, type Json, type PatchOperation } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import type { CycleRun } from '../cycle/cycle-run.ts';
import { withoutMeta } from '../cycle/examine-objects.ts';
import { failureOf } from '../cycle/failure.ts';
import { openTrace } from '../cycle/open-trace.ts';
import { REDACTED } from '../expression/evaluate.ts';
import { type GuardLimits, judgeRemovals } from '../guard/guard.ts';
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
  if (changes.some((one) => one.attribute === 'members')) {
    return { ...nothing, text: 'Members were changed; take them back in the directory, and the next cycle follows.' };
  }
  if (changes.some((one) => one.newValue === REDACTED || one.oldValue === REDACTED)) {
    return { ...nothing, text: 'A redacted value was changed, which the log does not know.' };
  }
  if (changes.length === 0) return { ...base, do: 'unlink', changes: [], text: 'The account is let go of.' };
  return { ...base, do: 'revert', changes, text: 'The old values are written.' };
}

/** Over all records of an object: from the last value that was written to the first that was there. */
function changesBack(records: readonly LogRecord[]): readonly Change[] {
  const back = new Map<string, Change>();
  for (const { modifiedProperties } of records) {
    for (const { displayName, oldValue, newValue } of modifiedProperties) {
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
    const outcomes: RollbackOutcome[] = [];
    for (const [at, item] of items.entries()) {
      await run.keepLease();
      if (ports.isStopping()) outcomes.push({ at, state: 'refused', text: 'It was stopped before its turn came.' });
      else if (item.do === 'impossible') outcomes.push({ at, state: 'refused', text: item.text });
      else if (held !== undefined && isLoss(item)) outcomes.push({ at, state: 'held', text: held });
      else outcomes.push({ at, ...(await undo(run, item)) });
    }
    return { cycleId: run.cycleId, outcomes };
  });
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

type Undone = Omit<RollbackOutcome, 'at'>;

async function undo(run: CycleRun, item: RollbackItem): Promise<Undone> {
  const links = await run.ports.store.links(run.job.definition.id, item.objectType, [item.sourceId]);
  const link = links.get(item.sourceId);
  if (link?.targetId !== item.targetId)
    return { state: 'refused', text: `${item.displayName} has another account by now.` };
  if (item.do === 'unlink') return store(run, item, { link: null, text: item.text, wire: undefined, startedMs: 0 });
  const startedMs = run.ports.clock.nowMs();
  const trace = openTrace(run.ports);
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
    changes: item.changes,
    steps: [exportStep(action, 'success', `Rolled back. ${done.text}`)],
    startedMs: done.startedMs === 0 ? run.ports.clock.nowMs() : done.startedMs,
    wire: done.wire,
  });
  const { objectType, sourceId } = item;
  const intent = done.intentId === undefined ? {} : { intentId: done.intentId };
  await run.record([{ objectType, sourceId, ...intent, link: done.link, log }]);
  return { state: 'done', text: done.text };
}
