import { TargetError } from '@lockstep/scim/client';
import type { Intent } from '../ports/engine-store.ts';
import type { AccountIndex } from './account-index.ts';
import { CycleError, jobFailure } from './cycle-error.ts';
import type { CycleRun } from './cycle-run.ts';
import { examineObjects } from './examine-objects.ts';
import type { Examined, SourceObjectOf } from './examined.ts';
import { failureOf } from './failure.ts';
import { eachLimited } from './limited.ts';
import { createOutcomeBuffer, type OutcomeBuffer } from './outcome-buffer.ts';
import { settleDone, settleFailure, settleSkip } from './settle.ts';
import { type WritePlan, writeAccount } from './write-account.ts';

export interface ProcessOptions {
  readonly index?: AccountIndex | undefined;
  readonly uncertain?: ReadonlySet<string>;
}

interface Write {
  readonly item: Examined;
  readonly plan: WritePlan;
  readonly intent: Intent;
}

const CONCURRENCY_DEFAULT = 128;
/** So many objects in a row whose app could not be reached end the cycle: the rest would fare no better. */
const UNREACHED_MAX = 8;

/**
 * Takes a page of objects through the cycle: examine, journal every intended write, send, store each outcome. When the
 * cycle is asked to stop, writes that have not been sent are taken out of the journal again.
 *
 * @throws {CycleError} when the app refuses everybody alike or cannot be reached
 */
export async function processPage(
  run: CycleRun,
  objects: readonly SourceObjectOf[],
  options: ProcessOptions = {},
): Promise<void> {
  const examined = await examineObjects(run.job, run.ports, { objects, options });
  const writes: Write[] = [];
  const settled: Examined[] = [];
  for (const item of examined) {
    const plan = item.finding.kind === 'plan' ? item.finding.plan : undefined;
    if (plan === undefined || plan.do === 'nothing') settled.push(item);
    else if (!isHeldBack(run, item, plan)) writes.push({ item, plan, intent: intentFor(run, item, plan) });
  }
  await settleUnwritten(run, settled);
  await sendWrites(run, writes);
}

/** Under a guard, removals wait until it is known how many there are in the whole cycle. */
function isHeldBack(run: CycleRun, item: Examined, plan: WritePlan): boolean {
  if (run.heldBack === undefined || (plan.do !== 'disable' && plan.do !== 'delete')) return false;
  run.heldBack.push({ objectType: item.objectType, sourceId: item.id });
  return true;
}

/** Stores what became of the objects that need no write, all in one transaction. */
async function settleUnwritten(run: CycleRun, items: readonly Examined[]): Promise<void> {
  if (items.length === 0) return;
  const startedMs = run.ports.clock.nowMs();
  const outcomes = items.map(({ finding, ...rest }) => {
    const item = { ...rest, finding };
    run.tally.step();
    if (finding.kind === 'failure') return settleFailure(run, item, { failure: finding.failure, startedMs });
    if (finding.kind === 'skip') return settleSkip(run, item, { ...finding, linkAfter: 'keep', startedMs });
    const { plan } = finding;
    if (plan.do !== 'nothing') throw new Error('only plans without a write are settled here');
    return settleSkip(run, item, { code: plan.code, text: plan.text, linkAfter: plan.linkAfter, startedMs });
  });
  await run.ports.store.recordOutcomes(run.job.definition.id, outcomes);
}

async function sendWrites(run: CycleRun, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  await store.recordIntents(
    jobId,
    writes.map((write) => write.intent),
  );
  const open = new Set(writes);
  const outcomes = createOutcomeBuffer(run);
  try {
    await eachLimited(writes, run.ports.concurrency ?? CONCURRENCY_DEFAULT, async (write) => {
      if (run.ports.isStopping()) return;
      await run.keepLease();
      open.delete(write);
      await sendWrite(run, write, outcomes);
    });
  } finally {
    await outcomes.flush();
    await withdraw(run, [...open]);
  }
}

/** Intents whose requests were never sent leave no trace: nothing is uncertain about them. */
async function withdraw(run: CycleRun, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  const outcomes = writes.map(({ item, intent }) => ({
    objectType: item.objectType,
    sourceId: item.id,
    intentId: intent.id,
  }));
  await run.ports.store.recordOutcomes(run.job.definition.id, outcomes);
}

async function sendWrite(run: CycleRun, write: Write, outcomes: OutcomeBuffer): Promise<void> {
  const { item, plan, intent } = write;
  const startedMs = run.ports.clock.nowMs();
  const given = { intentId: intent.id, startedMs };
  try {
    const done = await writeAccount(run, item, plan);
    run.tally.reached(true);
    outcomes.add(settleDone(run, item, { ...given, done }));
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    outcomes.add(settleFailure(run, item, { ...given, failure: failureOf(error), action: plan.do }));
    endIfHopeless(run, error);
  }
  run.tally.step();
}

/** @throws {CycleError} when going on would only fail for everybody */
export function endIfHopeless(run: CycleRun, error: TargetError): void {
  const fatal = jobFailure(error);
  if (fatal !== undefined) throw fatal;
  const isUnreached = error.category === 'connection' || error.category === 'timeout';
  if (run.tally.reached(!isUnreached) < UNREACHED_MAX) return;
  throw new CycleError('TargetUnreachable', `${error.message} (${UNREACHED_MAX} times in a row)`, error);
}

function intentFor(run: CycleRun, item: Examined, plan: WritePlan): Intent {
  const targetId = item.link?.targetId ?? item.matched?.id;
  return {
    id: run.ports.random.guid(),
    objectType: item.objectType,
    sourceId: item.id,
    action: plan.do,
    ...(targetId === undefined ? {} : { targetId }),
    atMs: run.ports.clock.nowMs(),
  };
}
