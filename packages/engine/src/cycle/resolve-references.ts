import type { PatchOperation } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import type { LogStep } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import type { Change } from '../plan/plan.ts';
import { planReference } from '../plan/plan-references.ts';
import type { Link, ObjectType, Outcome, PendingReference } from '../ports/engine-store.ts';
import { nameOfLink } from './account-name.ts';
import { type CycleRun, referenceKey } from './cycle-run.ts';
import { failureOf } from './failure.ts';
import { eachLimited } from './limited.ts';
import { openTrace } from './open-trace.ts';
import { endIfHopeless } from './process-page.ts';
import { referenceEscrowOf } from './settle.ts';
import { syncMembers } from './sync-members.ts';
import { viewAfter } from './write-account.ts';

const PAGE = 256;
const CONCURRENCY_DEFAULT = 64;

/**
 * The second pass (rule REF-1): writes every reference that waits and whose object has an account by now. Because what
 * waits is stored, a manager or member that comes into scope weeks later is repaired without a restart. Each object is
 * visited once per cycle.
 */
export async function resolveReferences(run: CycleRun): Promise<void> {
  let after: { readonly objectType: ObjectType; readonly sourceId: string } | undefined;
  for (;;) {
    if (run.ports.isStopping()) return;
    const page = { limit: PAGE, ...(after === undefined ? {} : { after }) };
    const waiting = await run.ports.store.resolvableReferences(run.job.definition.id, page);
    const last = waiting.at(-1);
    if (last === undefined) return;
    await resolvePage(run, waiting);
    after = { objectType: last.objectType, sourceId: last.sourceId };
  }
}

async function resolvePage(run: CycleRun, waiting: readonly PendingReference[]): Promise<void> {
  const only = run.onlyReferences;
  const named = new Set(waiting.filter((one) => isNamed(run, one)).map((one) => one.sourceId));
  const users = waiting.filter((one) => one.objectType === 'user' && named.has(one.sourceId));
  const groups = Map.groupBy(
    waiting.filter((one) => one.objectType === 'group'),
    (one) => one.sourceId,
  );
  await resolveUsers(run, users);
  if (only !== undefined) return;
  const changed = new Map([...groups].map(([id, references]) => [id, references.map((one) => one.referencedId)]));
  await syncMembers(run, { groupIds: [...groups.keys()], changed });
}

function isNamed(run: CycleRun, reference: PendingReference): boolean {
  return run.onlyReferences?.has(referenceKey(reference)) !== false;
}

async function resolveUsers(run: CycleRun, waiting: readonly PendingReference[]): Promise<void> {
  const jobId = run.job.definition.id;
  const ids = new Set(waiting.flatMap((one) => [one.sourceId, one.referencedId]));
  const links = await run.ports.store.links(jobId, 'user', [...ids]);
  const early = await notYetDue(run, waiting);
  const bySource = Map.groupBy(
    waiting.filter((one) => !early.has(one.sourceId)),
    (one) => one.sourceId,
  );
  const width = run.ports.concurrency ?? CONCURRENCY_DEFAULT;
  await eachLimited([...bySource], width, async ([sourceId, references]) => {
    const link = links.get(sourceId);
    if (link === undefined || link.state !== 'managed') {
      await run.record([{ objectType: 'user', sourceId, pending: [] }]);
      return;
    }
    await resolveUser(run, { link, references, links });
  });
}

/** People whose references failed and are not to be tried again yet. */
async function notYetDue(run: CycleRun, waiting: readonly PendingReference[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(waiting.map((one) => one.sourceId))];
  if (ids.length === 0) return new Set();
  const nowMs = run.ports.clock.nowMs();
  const escrows = await run.ports.store.referenceEscrows(run.job.definition.id, 'user', ids);
  return new Set(escrows.filter((one) => one.nextAttemptMs > nowMs).map((one) => one.sourceId));
}

interface Resolving {
  readonly link: Link;
  readonly references: readonly PendingReference[];
  readonly links: ReadonlyMap<string, Link>;
}

async function resolveUser(run: CycleRun, resolving: Resolving): Promise<void> {
  const { link } = resolving;
  const startedMs = run.ports.clock.nowMs();
  const rules = run.job.objects.user;
  const planned = planAll(run, resolving);
  const outcome: Outcome = { objectType: 'user', sourceId: link.sourceId, pending: planned.stillWaiting };
  if (planned.operations.length === 0) {
    await run.record([outcome]);
    return;
  }
  const subject = { objectType: 'user' as const, id: link.sourceId, displayName: nameOfLink(link) };
  const trace = openTrace(run.ports, run.keepLease);
  try {
    await trace.ports.client.update(rules.endpoint, link.targetId, {
      operations: planned.operations,
      view: link.view,
      type: rules.mapping.type,
    });
    const view = viewAfter(link.view, planned.operations, rules);
    const steps = [referenceStep('success', `Wrote ${planned.changes.map((one) => one.attribute).join(', ')}.`)];
    const facts = { action: 'update', status: 'success', targetId: link.targetId, changes: planned.changes } as const;
    const log = makeRecord(run, subject, { ...facts, steps, startedMs, wire: trace.exchanges });
    await run.record([{ ...outcome, referenceEscrow: null, link: { ...link, view }, log }]);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    // The reference stays in the waiting list and is written again when its time has come; a repeated replace does no harm.
    const failure = failureOf(error);
    const referenceEscrow = referenceEscrowOf(run, subject, failure);
    const facts = { action: 'update', status: 'failure', targetId: link.targetId } as const;
    const steps = [referenceStep('failure', failure.text)];
    const log = makeRecord(run, subject, {
      ...facts,
      error: { code: failure.code, reason: failure.text },
      steps,
      startedMs,
      wire: trace.exchanges,
    });
    run.tally.add('failed');
    await run.record([{ objectType: 'user', sourceId: link.sourceId, referenceEscrow, log }]);
    endIfHopeless(run, error);
  }
}

interface PlannedReferences {
  readonly operations: readonly PatchOperation[];
  readonly changes: readonly Change[];
  readonly stillWaiting: readonly PendingReference[];
}

function planAll(run: CycleRun, { link, references, links }: Resolving): PlannedReferences {
  const rows = run.job.objects.user.mapping.mappings;
  const stillWaiting: PendingReference[] = [];
  const plans = references.flatMap((reference) => {
    const row = rows.find((one) => one.path.text === reference.attribute);
    const target = links.get(reference.referencedId);
    if (row === undefined) return [];
    if (target === undefined || target.state !== 'managed' || !isNamed(run, reference)) {
      stillWaiting.push(reference);
      return [];
    }
    const plan = planReference(row.path, { kind: 'account', targetId: target.targetId }, link.view);
    return plan === undefined ? [] : [plan];
  });
  return {
    operations: plans.flatMap((plan) => plan.operations),
    changes: plans.flatMap((plan) => plan.changes),
    stillWaiting,
  };
}

function referenceStep(status: 'success' | 'failure', description: string): LogStep {
  return { name: 'EntryExportUpdate', type: 'referenceResolution', status, description };
}
