import { makeRecord } from '../log/make-record.ts';
import { skipStep } from '../log/steps.ts';
import type { Escrow, ObjectType } from '../ports/engine-store.ts';
import { type CycleRun, escrowKey } from './cycle-run.ts';
import { failedLooks, settleDoubts } from './doubts.ts';
import { ESCROW_AGE_MAX_MS } from './failure.ts';
import { type ProcessOptions, processPage } from './process-page.ts';
import { readObjects } from './read-objects.ts';
import { syncMembers } from './sync-members.ts';

const PAGE = 512;

/**
 * Settles what an earlier run left open: an intent without an outcome may or may not have reached the app. Each such
 * object is looked up again, by link or by matching attributes, before anything is planned for it, so nobody is made
 * twice. An object that was looked at in vain waits for the ladder of its stored failure, or until it changes.
 */
export async function recoverUncertain(run: CycleRun): Promise<void> {
  for (const objectType of ['user', 'group'] as const) {
    const intents = run.doubts.ofType(objectType);
    if (intents.length === 0) continue;
    const waiting = await failedLooks(run, intents);
    const sourceIds = intents.map((intent) => intent.sourceId).filter((id) => !waiting.has(escrowKey(objectType, id)));
    const ids = [...new Set(sourceIds)];
    await processIds(run, { objectType, ids });
    if (objectType === 'group') await syncMembers(run, { groupIds: ids, uncertain: new Set(ids) });
  }
  await settleDoubts(run);
}

/** Tries stored failures again whose time has come, each once; those that failed for four weeks are given up. */
export async function retryEscrows(run: CycleRun): Promise<void> {
  const { store, clock } = run.ports;
  const jobId = run.job.definition.id;
  const nowMs = clock.nowMs();
  const due = await giveUpOld(run, await store.dueEscrows(jobId, nowMs, ESCROWS_PER_CYCLE), 'escrow');
  for (const escrow of due) run.escrows.set(escrowKey(escrow.objectType, escrow.sourceId), escrow);
  for (const objectType of ['user', 'group'] as const) {
    const ids = due.filter((escrow) => escrow.objectType === objectType).map((escrow) => escrow.sourceId);
    const inDoubt = ids.filter((id) => run.doubts.of(objectType, id).length > 0);
    await processIds(run, { objectType, ids, uncertain: new Set(ids) });
    if (objectType === 'group') await syncMembers(run, { groupIds: inDoubt, uncertain: new Set(inDoubt) });
  }
  await settleDoubts(run);
  const references = await store.dueReferenceEscrows(jobId, nowMs, ESCROWS_PER_CYCLE);
  const waiting = await giveUpOld(run, references, 'referenceEscrow');
  for (const escrow of waiting) run.referenceEscrows.set(escrowKey(escrow.objectType, escrow.sourceId), escrow);
  // References of people are written by the second pass of every cycle, as far as their time has come.
  await dropIdle(run, waiting);
  const groupIds = waiting.filter((escrow) => escrow.objectType === 'group').map((escrow) => escrow.sourceId);
  await syncMembers(run, { groupIds });
}

/** A failed reference whose object has no account any more only waits, as every other does; it fails no longer. */
async function dropIdle(run: CycleRun, waiting: readonly Escrow[]): Promise<void> {
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  const ids = waiting.filter((escrow) => escrow.objectType === 'user').map((escrow) => escrow.sourceId);
  if (ids.length === 0) return;
  const pending = await store.pendingReferences(jobId, 'user', ids);
  const links = await store.links(jobId, 'user', [...new Set(pending.map((one) => one.referencedId))]);
  const live = new Set(
    pending.filter((one) => links.get(one.referencedId)?.state === 'managed').map((one) => one.sourceId),
  );
  const idle = ids.filter((id) => !live.has(id));
  if (idle.length === 0) return;
  await run.record(idle.map((sourceId) => ({ objectType: 'user', sourceId, referenceEscrow: null })));
}

/** A failure that is given up leaves a record; the object comes back when it, or the mapping, changes. */
async function giveUpOld(
  run: CycleRun,
  due: readonly Escrow[],
  kind: 'escrow' | 'referenceEscrow',
): Promise<readonly Escrow[]> {
  const nowMs = run.ports.clock.nowMs();
  const isOld = (escrow: Escrow): boolean => nowMs - escrow.firstFailedMs >= ESCROW_AGE_MAX_MS;
  const old = due.filter(isOld);
  if (old.length === 0) return due;
  await run.record(
    old.map((escrow) => {
      const { objectType, sourceId } = escrow;
      const reason = `It failed for 28 days and is not tried again: ${escrow.message}`;
      const log = makeRecord(
        run,
        { objectType, id: sourceId, displayName: sourceId },
        {
          action: 'other',
          status: 'failure',
          error: { code: 'EscrowExpired', reason },
          steps: [{ ...skipStep('EscrowExpired', reason), status: 'failure' }],
          startedMs: nowMs,
        },
      );
      const isReference = kind === 'referenceEscrow';
      return { objectType, sourceId, [kind]: null, log, ...(isReference ? { pending: [] } : {}) };
    }),
  );
  return due.filter((escrow) => !isOld(escrow));
}

const ESCROWS_PER_CYCLE = 5_000;

/** Takes objects by id through the cycle, page by page. */
export async function processIds(
  run: CycleRun,
  of: { readonly objectType: ObjectType; readonly ids: readonly string[] } & Pick<ProcessOptions, 'uncertain'>,
): Promise<void> {
  const size = run.ports.pageSize ?? PAGE;
  for (let at = 0; at < of.ids.length; at += size) {
    if (run.ports.isStopping()) return;
    const objects = await readObjects(run, of.objectType, of.ids.slice(at, at + size));
    const { objectType: _type, ids: _ids, ...options } = of;
    await processPage(run, objects, options);
  }
}
