import type { CyclePorts } from '../cycle/cycle-ports.ts';
import type { CycleRun } from '../cycle/cycle-run.ts';
import { examineObjects } from '../cycle/examine-objects.ts';
import { judgeHeldRemovals } from '../cycle/hold-removals.ts';
import { processPage } from '../cycle/process-page.ts';
import { readObjects } from '../cycle/read-objects.ts';
import { judgeCount, judgeRemovals } from '../guard/guard.ts';
import { removalKindOf } from '../guard/removal-kind.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import type { Outcome } from '../ports/engine-store.ts';
import { applyMembers } from './apply-members.ts';
import { applyReferences } from './apply-references.ts';
import { withSideRun } from './open-side-run.ts';
import { outdatedBecause, type StagedItem } from './staged-item.ts';

/** What became of one item of a plan. */
export interface ItemOutcome {
  /** Place of the item in the list that was handed in. */
  readonly at: number;
  readonly state: 'done' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

const PAGE = 256;

/**
 * Carries out a plan that was made earlier: exactly its items, each only when directory, link, account and what would be
 * sent are still the same. Removals are counted over the whole plan first; a kind above its limit is held, as in a cycle.
 *
 * @throws {JobBusyError} when a cycle of the job runs
 * @throws {CycleError} when the app refuses everybody alike
 */
export async function applyPlan(
  job: CompiledJob,
  ports: CyclePorts,
  whole: readonly StagedItem[],
): Promise<{ readonly cycleId: string; readonly outcomes: readonly ItemOutcome[] }> {
  const items = whole.filter((item) => item.action !== 'members' && item.action !== 'references');
  const told = new Map<string, Outcome>();
  const onOutcomes = (outcomes: readonly Outcome[]): void => {
    for (const one of outcomes) if (one.log !== undefined) told.set(keyOf(one), one);
  };
  return withSideRun({ job, ports, onOutcomes }, async (run) => {
    const checked = await checkItems(run, items);
    const held = await holdRemovals(run, checked);
    const open = items.filter((item) => checked.has(keyOf(toKey(item))) && !held.has(keyOf(toKey(item))));
    const byKey = new Map(items.map((item) => [keyOf(toKey(item)), item]));
    // Members are counted against the guard by themselves, behind the objects.
    run.heldBack = undefined;
    run.veto = (item) => {
      const planned = byKey.get(keyOf({ objectType: item.objectType, sourceId: item.id }));
      return planned === undefined ? 'The plan does not name it.' : outdatedBecause(planned, item);
    };
    for (const page of pagesOf(open)) {
      const ids = page.items.map((item) => item.source.id);
      const objects = await readObjects(run, page.objectType, ids);
      await processPage(run, objects, { uncertain: new Set(ids) });
    }
    const objects = new Map(items.map((item) => [item, toldOutcome(told.get(keyOf(toKey(item))))]));
    const members = await applyMembers(run, whole);
    told.clear();
    const refusedReferences = await applyReferences(run, whole);
    const tell = (item: StagedItem): Omit<ItemOutcome, 'at'> => {
      const key = keyOf(toKey(item));
      const isReference = item.action === 'references';
      const refusal = isReference ? refusedReferences.get(item) : checked.refusals.get(key);
      if (refusal !== undefined) return { state: 'refused', text: refusal };
      if (isReference) return toldOutcome(told.get(key));
      const text = held.get(key);
      return text === undefined ? (objects.get(item) ?? toldOutcome(undefined)) : { state: 'held', text };
    };
    const outcomes = whole.map((item, at): ItemOutcome => ({ at, ...(members.get(item) ?? tell(item)) }));
    return { cycleId: run.cycleId, outcomes };
  });
}

function toldOutcome(outcome: Outcome | undefined): Omit<ItemOutcome, 'at'> {
  const log = outcome?.log;
  if (log === undefined) return { state: 'refused', text: 'It was stopped before its turn came.' };
  if (log.error?.code === 'PlanOutdated') return { state: 'refused', text: log.error.reason };
  if (log.status === 'failure') return { state: 'failed', text: log.error?.reason ?? 'It failed.' };
  if (log.action === 'stagedDelete' || log.error?.code === 'TooManyDeletes' || log.error?.code === 'RemovalRejected') {
    return { state: 'held', text: log.error?.reason ?? 'The guard holds it.' };
  }
  return { state: 'done', text: log.steps.at(-1)?.description ?? 'Done.' };
}

/** Items that are as they were, by key, with the kind of loss they mean; the others with why not. */
interface Checked extends ReadonlyMap<string, ReturnType<typeof removalKindOf>> {
  readonly refusals: ReadonlyMap<string, string>;
}

async function checkItems(run: CycleRun, items: readonly StagedItem[]): Promise<Checked> {
  const valid = new Map<string, ReturnType<typeof removalKindOf>>();
  const refusals = new Map<string, string>();
  for (const page of pagesOf(items)) {
    const ids = page.items.map((item) => item.source.id);
    const objects = await readObjects(run, page.objectType, ids);
    const examined = await examineObjects(run.job, run.ports, { objects, options: { uncertain: new Set(ids) } });
    const found = new Map(examined.map((item) => [item.id, item]));
    for (const planned of page.items) {
      const item = found.get(planned.source.id);
      const key = keyOf(toKey(planned));
      const name = planned.source.displayName;
      const why = item === undefined ? `The directory has ${name} no longer.` : outdatedBecause(planned, item);
      if (why !== undefined) refusals.set(key, why);
      else if (item?.finding.kind === 'plan') {
        valid.set(key, removalKindOf(item.finding.plan, run.job.definition.guard ?? {}));
      }
    }
  }
  return Object.assign(valid, { refusals });
}

/** Holds the kinds of removals that are above their limit; gives the guard's words for each item. */
async function holdRemovals(run: CycleRun, checked: Checked): Promise<ReadonlyMap<string, string>> {
  const limits = run.job.definition.guard;
  const held = new Map<string, string>();
  if (limits === undefined) return held;
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  const countOf = (...kinds: readonly string[]): number =>
    [...checked.values()].filter((kind) => kind !== undefined && kinds.includes(kind)).length;
  const accounts = judgeRemovals(countOf('disable', 'delete'), linked.users + linked.groups, limits);
  const verdicts = {
    disable: accounts,
    delete: accounts,
    identity: judgeCount('identityChanges', countOf('identity'), limits),
    roleRaise: judgeCount('roleRaises', countOf('roleRaise'), limits),
  };
  run.heldBack = [];
  for (const [key, kind] of checked) {
    const verdict = kind === undefined ? undefined : verdicts[kind];
    if (kind === undefined || verdict?.do !== 'hold') continue;
    held.set(key, verdict.text);
    const [objectType, sourceId = ''] = key.split(' ');
    run.heldBack.push({ kind, objectType: objectType === 'group' ? 'group' : 'user', sourceId });
  }
  await judgeHeldRemovals(run);
  return held;
}

function toKey(item: StagedItem): Pick<Outcome, 'objectType' | 'sourceId'> {
  return { objectType: item.objectType, sourceId: item.source.id };
}

function keyOf({ objectType, sourceId }: Pick<Outcome, 'objectType' | 'sourceId'>): string {
  return `${objectType} ${sourceId}`;
}

function* pagesOf(
  items: readonly StagedItem[],
): Generator<{ readonly objectType: StagedItem['objectType']; readonly items: readonly StagedItem[] }> {
  for (const objectType of ['user', 'group'] as const) {
    const ofType = items.filter((item) => item.objectType === objectType);
    for (let at = 0; at < ofType.length; at += PAGE) yield { objectType, items: ofType.slice(at, at + PAGE) };
  }
}
