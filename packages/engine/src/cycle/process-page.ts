import { TargetError } from '@lockstep/scim/client';
import type { Intent, Outcome } from '../ports/engine-store.ts';
import type { AccountIndex } from './account-index.ts';
import { CycleError, jobFailure } from './cycle-error.ts';
import { type CycleRun, escrowKey } from './cycle-run.ts';
import { type ExamineOptions, examineObjects, idOf } from './examine-objects.ts';
import type { Examined, SourceObjectOf } from './examined.ts';
import { failureOf } from './failure.ts';
import { eachLimited } from './limited.ts';
import { openTrace } from './open-trace.ts';
import { createOutcomeBuffer, type OutcomeBuffer } from './outcome-buffer.ts';
import { type Gate, passGate, stagedBySource } from './pass-gate.ts';
import { referrersTo } from './referrers-to.ts';
import { withoutRivals } from './rivals.ts';
import { awaitingGuard, settleDone, settleFailure, settleKept, settleSkip } from './settle.ts';
import { type WritePlan, writeAccount } from './write-account.ts';

export interface ProcessOptions {
  readonly index?: AccountIndex | undefined;
  /** Objects whose account is read before anything is planned, beside those that are in doubt. */
  readonly uncertain?: ReadonlySet<string>;
}

interface Write {
  readonly item: Examined;
  readonly plan: WritePlan;
  readonly intent: Intent;
  readonly unstaged: readonly string[];
}

/** An object that needs no write, or may not have one. */
interface Unwritten {
  readonly item: Examined;
  readonly gate: Exclude<Gate, { do: 'hold' }>;
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
  const given = { objects, options: withDoubts(run, objects, options) };
  const { now: examined, later } = inTurn(withoutRivals(await examineObjects(run.job, run.ports, given)));
  const staged = await stagedBySource(run, examined);
  const writes: Write[] = [];
  const unwritten: Unwritten[] = [];
  const held: Examined[] = [];
  for (const item of examined) {
    const gate = passGate(run, item, staged.get(item.id) ?? []);
    const plan = item.finding.kind === 'plan' ? item.finding.plan : undefined;
    if (gate.do === 'hold') {
      run.heldBack?.push({ kind: gate.kind, objectType: item.objectType, sourceId: item.id });
      held.push(item);
    } else if (gate.do === 'keep' || plan === undefined || plan.do === 'nothing') unwritten.push({ item, gate });
    else writes.push({ item, plan, intent: intentFor(run, item, plan), unstaged: gate.unstaged });
  }
  await keepFound(run, examined);
  await keepHeld(run, held);
  await settleUnwritten(run, unwritten);
  await sendWrites(run, writes);
  // Their rivals are through by now; the page gets smaller each time.
  if (later.length > 0) await processPage(run, later, options);
}

/** Who wants an account that somebody else on the page has comes after them. */
function inTurn(examined: readonly Examined[]): {
  readonly now: readonly Examined[];
  readonly later: readonly SourceObjectOf[];
} {
  const now = examined.filter((item) => item.comesAfter !== true);
  if (now.length === 0) return { now: examined, later: [] };
  return { now, later: examined.filter((item) => item.comesAfter === true).map((item) => item.source) };
}

/** Whatever is in doubt about an object is looked at with it, however it came up. */
function withDoubts(run: CycleRun, objects: readonly SourceObjectOf[], options: ProcessOptions): ExamineOptions {
  const uncertain = new Set(options.uncertain);
  const mayExist = new Set<string>();
  for (const object of objects) {
    const id = idOf(object);
    const intents = run.doubts.of(object.objectType, id);
    if (intents.length === 0) continue;
    run.doubts.lookAt(object.objectType, id);
    uncertain.add(id);
    if (intents.some((intent) => intent.action === 'create')) mayExist.add(id);
  }
  return { index: options.index, uncertain, mayExist };
}

/** An account that was found again is the job's own from now on, whatever the guard says about what follows. */
async function keepFound(run: CycleRun, examined: readonly Examined[]): Promise<void> {
  const found = examined.filter((item) => item.isFoundAgain === true);
  if (found.length === 0) return;
  await run.record(
    found.flatMap(({ objectType, id, link }) => (link === undefined ? [] : [{ objectType, sourceId: id, link }])),
  );
}

/** What has failed before comes back by itself. */
async function keepHeld(run: CycleRun, held: readonly Examined[]): Promise<void> {
  const fresh = held.filter(({ objectType, id }) => !run.escrows.has(escrowKey(objectType, id)));
  if (fresh.length === 0) return;
  await run.record(
    fresh.map((item) => ({ objectType: item.objectType, sourceId: item.id, escrow: awaitingGuard(run, item) })),
  );
}

/** Stores what became of the objects that need no write, all in one transaction. */
async function settleUnwritten(run: CycleRun, list: readonly Unwritten[]): Promise<void> {
  if (list.length === 0) return;
  const startedMs = run.ports.clock.nowMs();
  await run.record(list.map((one) => settleOne(run, one, startedMs)));
}

function settleOne(run: CycleRun, { item, gate }: Unwritten, startedMs: number): Outcome {
  run.tally.step();
  const { finding } = item;
  if (gate.do === 'keep') return settleKept(run, item, { ...gate, startedMs });
  const given = { startedMs, unstaged: gate.unstaged };
  if (finding.kind === 'failure') return settleFailure(run, item, { ...given, failure: finding.failure });
  if (finding.kind === 'skip') return settleSkip(run, item, { ...given, ...finding, linkAfter: 'keep' });
  const { plan } = finding;
  if (plan.do !== 'nothing') throw new Error('only plans without a write are settled here');
  const { code, text, linkAfter } = plan;
  return settleSkip(run, item, { ...given, code, text, linkAfter });
}

async function sendWrites(run: CycleRun, writes: readonly Write[]): Promise<void> {
  if (writes.length === 0) return;
  await run.journal(writes.map((write) => write.intent));
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
  await run.record(outcomes);
}

async function sendWrite(run: CycleRun, write: Write, outcomes: OutcomeBuffer): Promise<void> {
  const { item, plan, intent, unstaged } = write;
  const startedMs = run.ports.clock.nowMs();
  const trace = openTrace(run.ports, run.keepLease);
  const given = { intentId: intent.id, startedMs, wire: trace.exchanges };
  try {
    const done = await writeAccount({ ...run, ports: trace.ports }, item, plan);
    run.tally.reached(true);
    const isReplaced = done.isReplaced === true && done.linkAfter === 'managed';
    const alsoPending = isReplaced ? { alsoPending: await referrersTo(run, item) } : {};
    outcomes.add({ ...settleDone(run, item, { ...given, done, unstaged }), ...alsoPending });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const failed = settleFailure(run, item, { ...given, failure: failureOf(error), action: plan.do });
    // A write nobody knows the end of stays in the journal: the object may change before it is tried again.
    const { intentId: _open, ...unclosed } = failed;
    if (error.ambiguous) run.doubts.add(intent);
    outcomes.add(error.ambiguous ? unclosed : failed);
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
