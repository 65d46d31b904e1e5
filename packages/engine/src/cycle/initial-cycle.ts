import type { CyclePhase, JobState, ObjectType } from '../ports/engine-store.ts';
import { judgeFailures } from '../quarantine/judge-failures.ts';
import { type AccountIndex, buildAccountIndex, INDEXED_ACCOUNTS_MAX } from './account-index.ts';
import { NO_STATISTICS } from './conclude-cycle.ts';
import type { CycleRun } from './cycle-run.ts';
import { settleDoubts } from './doubts.ts';
import { idOf, isInScope } from './examine-objects.ts';
import { runIncremental } from './incremental-cycle.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { processPage } from './process-page.ts';
import { readObjects, readPage } from './read-objects.ts';
import { resolveReferences } from './resolve-references.ts';
import { syncMembers } from './sync-members.ts';
import { tellProgress } from './tell-progress.ts';

type Pass = NonNullable<JobState['pass']>;

const PAGE = 512;

/**
 * Goes through everybody in scope: users, then groups, then what refers to others. The position is stored after each
 * page, so an interrupted pass goes on where it stood. Changes made meanwhile lie behind the feed position noted at the
 * start; they, and people who were linked before and have left the scope, are caught by the incremental part at the end.
 *
 * @returns false when the cycle was asked to stop
 */
export async function runInitial(run: CycleRun, lease: LeaseKeeper, state: JobState): Promise<boolean> {
  const pass = state.pass ?? (await startPass(run));
  await lease.save({ ...state, pass });
  for (const phase of phasesFrom(pass.phase)) {
    const after = phase === pass.phase ? pass.after : undefined;
    const isDone = await runPhase(run, lease, { state, pass, phase, after });
    if (!isDone) return false;
  }
  const { pass: _done, ...rest } = state;
  const finished: JobState = { ...withPruned(run, rest), kind: 'incremental', watermark: pass.head };
  await lease.save(finished);
  return runIncremental(run, lease, finished);
}

async function startPass(run: CycleRun): Promise<Pass> {
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  const hasLinks = linked.users + linked.groups > 0;
  return { phase: 'users', head: await run.ports.directory.head(), cycleId: run.cycleId, hasLinks };
}

const PHASES: readonly CyclePhase[] = ['users', 'groups', 'leavers', 'references'];

function phasesFrom(phase: CyclePhase): readonly CyclePhase[] {
  return PHASES.slice(PHASES.indexOf(phase));
}

interface PhaseStart {
  readonly state: JobState;
  readonly pass: Pass;
  readonly phase: CyclePhase;
  readonly after: string | undefined;
}

async function runPhase(run: CycleRun, lease: LeaseKeeper, start: PhaseStart): Promise<boolean> {
  switch (start.phase) {
    case 'users':
      return runObjects(run, lease, { ...start, objectType: 'user' });
    case 'groups':
      return run.job.objects.group.isEnabled ? runObjects(run, lease, { ...start, objectType: 'group' }) : true;
    case 'leavers':
      return start.pass.hasLinks ? runLeavers(run) : true;
    case 'references':
      return runReferences(run);
  }
}

async function runObjects(
  run: CycleRun,
  lease: LeaseKeeper,
  start: PhaseStart & { readonly objectType: ObjectType },
): Promise<boolean> {
  const limit = run.ports.pageSize ?? PAGE;
  run.total = await countTotal(run);
  const index = await indexFor(run, start.objectType);
  let { after } = start;
  for (;;) {
    if (run.ports.isStopping()) return false;
    const objects = await readPage(run, start.objectType, { limit, ...(after === undefined ? {} : { after }) });
    await processPage(run, objects, { index });
    if (start.objectType === 'user') await settleDoubts(run);
    // A page that was cut short by a stop is gone through again: what was done in it is then unchanged.
    if (run.ports.isStopping()) return false;
    const last = objects.at(-1);
    after = last === undefined ? after : idOf(last);
    await savePosition(run, lease, { ...start, after });
    tellProgress(run);
    if (objects.length < limit) return true;
  }
}

async function savePosition(
  run: CycleRun,
  lease: LeaseKeeper,
  { state, pass, phase, after }: PhaseStart,
): Promise<void> {
  const isReached = await reachesLimit(run);
  const pruned = run.prunedBecause === undefined ? {} : { prunedBecause: run.prunedBecause };
  const position = after === undefined ? {} : { after };
  await lease.save({ ...withPruned(run, state), pass: { ...pass, phase, ...position, ...pruned } });
  if (isReached) await run.ports.store.reset(state.jobId, { watermark: false, links: false, escrows: true });
}

/**
 * Whether the stored failures pass a limit for the first time: they are thrown away at that moment, the initial cycle comes
 * to its end all the same, and the job pauses then (rule LIFE-4).
 */
async function reachesLimit(run: CycleRun): Promise<boolean> {
  if (run.prunedBecause !== undefined || run.tally.counts().failed === 0) return false;
  const { id, quarantine } = run.job.definition;
  run.prunedBecause = judgeFailures(await run.ports.store.failureCounts(id), quarantine)?.message;
  return run.prunedBecause !== undefined;
}

function withPruned(run: CycleRun, state: JobState): JobState {
  if (run.prunedBecause === undefined) return state;
  return { ...state, statistics: { ...(state.statistics ?? NO_STATISTICS), escrowsPruned: true } };
}

/**
 * After a restart: people who were linked before and are no longer in scope are not among those in scope, and what took
 * them out may lie before the feed position. Their links are gone through, and only those outside are looked at again.
 */
async function runLeavers(run: CycleRun): Promise<boolean> {
  for (const objectType of ['user', 'group'] as const) {
    let after: string | undefined;
    for (;;) {
      if (run.ports.isStopping()) return false;
      const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
      const links = await run.ports.store.linkPage(run.job.definition.id, objectType, page);
      const ids = links.filter((link) => link.state === 'managed').map((link) => link.sourceId);
      const objects = await readObjects(run, objectType, ids);
      await processPage(
        run,
        objects.filter((object) => !isInScope(run, object)),
      );
      after = links.at(-1)?.sourceId;
      if (links.length < PAGE) break;
    }
  }
  return !run.ports.isStopping();
}

async function countTotal(run: CycleRun): Promise<number> {
  const { users, groups } = await countScope(run);
  return users + groups;
}

async function countScope(run: CycleRun): Promise<{ readonly users: number; readonly groups: number }> {
  const { id, scope } = run.job.definition;
  const counted = await run.ports.directory.count(id, scope);
  return run.job.objects.group.isEnabled ? counted : { ...counted, groups: 0 };
}

/** One listing of the app replaces a look-up per person when many are not linked yet. */
async function indexFor(run: CycleRun, objectType: ObjectType): Promise<AccountIndex | undefined> {
  const rules = run.job.objects[objectType];
  const key = objectType === 'user' ? 'users' : 'groups';
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  if ((await countScope(run))[key] - linked[key] < MANY || !rules.isEnabled) return undefined;
  return buildAccountIndex({
    client: run.ports.client,
    endpoint: rules.endpoint,
    matching: rules.mapping.matching,
    accountsMax: INDEXED_ACCOUNTS_MAX,
  });
}

const MANY = 50;

async function runReferences(run: CycleRun): Promise<boolean> {
  const { store } = run.ports;
  let after: string | undefined;
  for (;;) {
    if (run.ports.isStopping()) return false;
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const groups = await store.linkPage(run.job.definition.id, 'group', page);
    await syncMembers(run, { groupIds: groups.map((link) => link.sourceId) });
    if (groups.length < PAGE) break;
    after = groups.at(-1)?.sourceId;
  }
  await settleDoubts(run);
  await resolveReferences(run);
  return !run.ports.isStopping();
}
