import { TargetError } from '@lockstep/scim/client';
import type { CompiledJob } from '../job/compile-job.ts';
import { portsOf } from '../job/directory-of.ts';
import type { LogRecord } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import { exportStep, skipStep } from '../log/steps.ts';
import type { ObjectType, Outcome } from '../ports/engine-store.ts';
import type { CyclePorts } from './cycle-ports.ts';
import { type CycleRun, createTally, storeWrites } from './cycle-run.ts';
import { createDoubts } from './doubts.ts';
import { examineObjects } from './examine-objects.ts';
import type { Examined } from './examined.ts';
import { type Failure, failureOf } from './failure.ts';
import { openTrace } from './open-trace.ts';
import { readObjects } from './read-objects.ts';
import { resolveReferences } from './resolve-references.ts';
import { settleDone, settleFailure, settleSkip } from './settle.ts';
import { syncMembers } from './sync-members.ts';
import { withMemberRecords } from './with-member-records.ts';
import { writeAccount } from './write-account.ts';

export interface OnDemandSubject {
  readonly objectType: ObjectType;
  readonly sourceId: string;
  /** Plan and tell; send nothing that writes and store nothing. */
  readonly isDryRun: boolean;
}

/** The directory has no such object. */
export class UnknownSubjectError extends Error {
  override readonly name = 'UnknownSubjectError';
}

/**
 * Provisions one object now, under the rules of the cycle and by the same code; runs beside it (Entra: "Provision on
 * demand").
 *
 * @returns the log record with its steps
 * @throws {UnknownSubjectError} when the directory has no such object
 * @throws {CycleError} when the app refuses everybody alike
 */
export async function provisionOnDemand(
  job: CompiledJob,
  given: CyclePorts,
  subject: OnDemandSubject,
): Promise<LogRecord> {
  const ports = portsOf(job, given);
  const run: CycleRun = {
    job,
    ports,
    cycleId: ports.random.guid(),
    kind: 'incremental',
    tally: createTally(),
    total: 0,
    escrows: new Map(),
    referenceEscrows: new Map(),
    doubts: createDoubts([]),
    accountLists: new Map(),
    referrers: new Map(),
    heldBack: undefined,
    hasStaged: false,
    guardText: undefined,
    prunedBecause: undefined,
    keepLease: async () => undefined,
    ...storeWrites(job.definition.id, ports.store, () => undefined),
  };
  const objects = await readObjects(run, subject.objectType, [subject.sourceId]);
  const asked = new Set([subject.sourceId]);
  const mayExist = new Set(await openCreations(run, subject));
  const [item] = await examineObjects(job, ports, { objects, options: { uncertain: asked, mayExist } });
  if (item === undefined)
    throw new UnknownSubjectError(`the directory has no ${subject.objectType} ${subject.sourceId}`);
  if (subject.isDryRun) return preview(run, item);
  const outcome = await carryOut(run, item);
  await run.record([outcome]);
  if (outcome.log === undefined) throw new Error('every outcome of an object is logged');
  if (subject.objectType === 'group') await syncMembers(run, { groupIds: [subject.sourceId] });
  await resolveReferences(run);
  return subject.objectType === 'group'
    ? withMemberRecords(outcome.log, await memberRecords(run, subject))
    : outcome.log;
}

/** Of everything that was logged about a group on demand, what came after its own record; in the order it came. */
async function memberRecords(run: CycleRun, { sourceId }: OnDemandSubject): Promise<readonly LogRecord[]> {
  const { cycleId, job, ports } = run;
  const records = await ports.store.log({ jobId: job.definition.id, cycleId, sourceId, limit: RECORDS_MAX });
  return records.toReversed().slice(1);
}

/** Batches of members that are told about; the log has all of them. */
const RECORDS_MAX = 500;

/** The subject's creation may be unanswered: then it is looked for even out of scope. The cycle closes the intent. */
async function openCreations(run: CycleRun, subject: OnDemandSubject): Promise<readonly string[]> {
  const open = await run.ports.store.openIntents(run.job.definition.id);
  const isIts = (one: (typeof open)[number]): boolean =>
    one.action === 'create' && one.objectType === subject.objectType && one.sourceId === subject.sourceId;
  return open.filter(isIts).map((one) => one.sourceId);
}

async function carryOut(run: CycleRun, item: Examined): Promise<Outcome> {
  const startedMs = run.ports.clock.nowMs();
  const { finding } = item;
  if (finding.kind === 'failure') return settleFailure(run, item, { failure: finding.failure, startedMs });
  if (finding.kind === 'skip') return settleSkip(run, item, { ...finding, linkAfter: 'keep', startedMs });
  const { plan } = finding;
  if (plan.do === 'nothing') {
    return settleSkip(run, item, { code: plan.code, text: plan.text, linkAfter: plan.linkAfter, startedMs });
  }
  const intentId = run.ports.random.guid();
  const targetId = item.link?.targetId ?? item.matched?.id;
  const intent = { id: intentId, objectType: item.objectType, sourceId: item.id, action: plan.do, atMs: startedMs };
  await run.journal([targetId === undefined ? intent : { ...intent, targetId }]);
  const trace = openTrace(run.ports, run.keepLease);
  const wire = trace.exchanges;
  try {
    const done = await writeAccount({ ...run, ports: trace.ports }, item, plan);
    return settleDone(run, item, { done, intentId, startedMs, wire, unstaged: await stagedIds(run, item) });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    // A write nobody knows the end of stays in the journal, and the next cycle looks first.
    const closed = error.ambiguous ? {} : { intentId };
    return settleFailure(run, item, { failure: failureOf(error), action: plan.do, ...closed, startedMs, wire });
  }
}

/** Whoever provisions one object by hand has decided about what waited for it. */
async function stagedIds(run: CycleRun, item: Examined): Promise<readonly string[]> {
  const found = await run.ports.store.stagedOf(run.job.definition.id, item.objectType, [item.id]);
  return found.filter((one) => one.kind !== 'membership').map((one) => one.id);
}

/** What would be done, told as a log record that is not stored. */
function preview(run: CycleRun, item: Examined): LogRecord {
  const { finding } = item;
  if (finding.kind === 'failure') return previewFailure(run, item, finding.failure);
  if (finding.kind === 'skip') return previewSkip(run, item, finding);
  const { plan } = finding;
  if (plan.do === 'nothing') return previewSkip(run, item, plan);
  const changes = plan.do === 'delete' ? [] : plan.changes;
  const steps = [...item.steps, exportStep(plan.do, 'skipped', `Would ${plan.do}; nothing was sent.`)];
  return makeRecord(run, item, { ...previewOf(run, item), action: plan.do, status: 'success', changes, steps });
}

function previewOf(run: CycleRun, item: Examined): { startedMs: number; targetId: string | undefined } {
  return { startedMs: run.ports.clock.nowMs(), targetId: item.link?.targetId ?? item.matched?.id };
}

function previewFailure(run: CycleRun, item: Examined, { code, text }: Failure): LogRecord {
  const error = { code, reason: text };
  return makeRecord(run, item, {
    ...previewOf(run, item),
    action: 'other',
    status: 'failure',
    error,
    steps: item.steps,
  });
}

function previewSkip(run: CycleRun, item: Examined, skip: { readonly code: string; readonly text: string }): LogRecord {
  const error = { code: skip.code, reason: skip.text };
  const steps = [...item.steps, skipStep(skip.code, skip.text)];
  return makeRecord(run, item, { ...previewOf(run, item), action: 'other', status: 'skipped', error, steps });
}
