import { TargetError } from '@lockstep/scim/client';
import type { CyclePorts } from '../cycle/cycle-ports.ts';
import type { CycleRun } from '../cycle/cycle-run.ts';
import { failureOf } from '../cycle/failure.ts';
import { judgeHeldRemovals } from '../cycle/hold-removals.ts';
import { processPage } from '../cycle/process-page.ts';
import { readObjects } from '../cycle/read-objects.ts';
import { judgeCount } from '../guard/guard.ts';
import type { CompiledJob } from '../job/compile-job.ts';
import { makeRecord } from '../log/make-record.ts';
import { exportStep } from '../log/steps.ts';
import { MEMBER_BATCH_DEFAULT, planMembers } from '../plan/plan-references.ts';
import type { ObjectType, Outcome } from '../ports/engine-store.ts';
import { withSideRun } from '../staged-plan/open-side-run.ts';
import type { DriftFinding } from './compare-app.ts';

/** What became of one finding. */
export interface DriftOutcome {
  readonly at: number;
  readonly state: 'done' | 'refused' | 'held' | 'failed';
  readonly text: string;
}

const PAGE = 256;

/**
 * Makes the app equal to what it should be, for the findings given; removals go through the guard as in a cycle. Accounts
 * of nobody are left alone: no rule says whose they are.
 *
 * @throws {JobBusyError} when a cycle of the job runs
 */
export async function fixDrift(
  job: CompiledJob,
  ports: CyclePorts,
  findings: readonly DriftFinding[],
): Promise<readonly DriftOutcome[]> {
  const told = new Map<string, Outcome>();
  const onOutcomes = (outcomes: readonly Outcome[]): void => {
    for (const one of outcomes) if (one.log !== undefined) told.set(`${one.objectType} ${one.sourceId}`, one);
  };
  return withSideRun({ job, ports, onOutcomes }, async (run) => {
    await forgetMissing(run, findings);
    for (const objectType of ['user', 'group'] as const) await overwrite(run, objectType, findings);
    await judgeHeldRemovals(run);
    const members = await fixMembers(run, findings);
    return findings.map((finding, at) => {
      const ofMembers = members.get(at);
      if (ofMembers !== undefined) return { at, ...ofMembers };
      if (finding.class === 'extraAccount') {
        const text = 'Nobody owns the account; link it, or remove it in the app.';
        return { at, state: 'refused', text } as const;
      }
      return { at, ...toldOutcome(told.get(`${finding.objectType} ${finding.sourceId ?? ''}`)) };
    });
  });
}

/** An account that is gone is made again: without its link the person counts as new. */
async function forgetMissing(run: CycleRun, findings: readonly DriftFinding[]): Promise<void> {
  const outcomes = findings.flatMap(({ class: kind, objectType, sourceId }): Outcome[] =>
    kind === 'missingAccount' && sourceId !== undefined ? [{ objectType, sourceId, link: null }] : [],
  );
  if (outcomes.length > 0) await run.record(outcomes);
}

const OF_ACCOUNTS: ReadonlySet<string> = new Set(['missingAccount', 'changedAttributes', 'notRemoved']);

async function overwrite(run: CycleRun, objectType: ObjectType, findings: readonly DriftFinding[]): Promise<void> {
  const mine = findings.filter((one) => one.objectType === objectType && OF_ACCOUNTS.has(one.class));
  const ids = [...new Set(mine.map((one) => one.sourceId).filter((id) => id !== undefined))];
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE);
    const objects = await readObjects(run, objectType, part);
    await processPage(run, objects, { uncertain: new Set(part) });
  }
}

type Told = Omit<DriftOutcome, 'at'>;

function toldOutcome(outcome: Outcome | undefined): Told {
  const log = outcome?.log;
  if (log === undefined) return { state: 'refused', text: 'There was nothing to do any more.' };
  const text = log.error?.reason ?? log.steps.at(-1)?.description ?? 'Done.';
  if (log.status === 'failure') return { state: 'failed', text };
  if (log.error?.code === 'TooManyDeletes' || log.error?.code === 'RemovalRejected') return { state: 'held', text };
  return { state: 'done', text };
}

/** Members that are too many are taken out under the guard's limit on memberships; those missing are put back. */
async function fixMembers(run: CycleRun, findings: readonly DriftFinding[]): Promise<ReadonlyMap<number, Told>> {
  const told = new Map<number, Told>();
  const extra = findings.filter((one) => one.class === 'extraMembers');
  const count = extra.reduce((sum, one) => sum + (one.memberIds?.length ?? 0), 0);
  const verdict = judgeCount('membershipRemovals', count, run.job.definition.guard ?? {});
  for (const [at, finding] of findings.entries()) {
    if (finding.class === 'extraMembers' && verdict.do === 'hold') told.set(at, { state: 'held', text: verdict.text });
    else if (finding.class === 'extraMembers' || finding.class === 'missingMembers') {
      told.set(at, await sendMembers(run, finding));
    }
  }
  return told;
}

async function sendMembers(run: CycleRun, finding: DriftFinding): Promise<Told> {
  const { endpoint, mapping } = run.job.objects.group;
  const path = mapping.mappings.find((row) => row.path.name === 'members')?.path;
  if (path === undefined) return { state: 'refused', text: 'Members are not mapped.' };
  const ids = finding.memberIds ?? [];
  const isExtra = finding.class === 'extraMembers';
  const change = isExtra ? { current: ids, wanted: [] } : { current: [], wanted: ids };
  const batchMax = run.job.definition.memberBatchSize ?? MEMBER_BATCH_DEFAULT;
  try {
    for (const batch of planMembers(path, change, batchMax)) {
      await run.keepLease();
      await run.ports.client.update(endpoint, finding.targetId, { operations: batch.operations });
    }
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { state: 'failed', text: failureOf(error).text };
  }
  await recordMembersFixed(run, finding);
  return { state: 'done', text: `${ids.length} members were ${isExtra ? 'taken out' : 'put back'}.` };
}

async function recordMembersFixed(run: CycleRun, finding: DriftFinding): Promise<void> {
  const { sourceId, targetId, displayName, memberIds = [] } = finding;
  if (sourceId === undefined) return;
  const isExtra = finding.class === 'extraMembers';
  const listed = memberIds.join(', ');
  const changes = [{ attribute: 'members', oldValue: isExtra ? listed : null, newValue: isExtra ? null : listed }];
  const text = `The members were not as they should be; ${memberIds.length} were ${isExtra ? 'taken out' : 'put back'}.`;
  const log = makeRecord(
    run,
    { objectType: 'group', id: sourceId, displayName },
    {
      action: 'update',
      status: 'success',
      targetId,
      changes,
      steps: [exportStep('update', 'success', text)],
      startedMs: run.ports.clock.nowMs(),
    },
  );
  await run.record([{ objectType: 'group', sourceId, log }]);
}
