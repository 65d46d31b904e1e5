import { makeRecord } from '../log/make-record.ts';
import { skipStep } from '../log/steps.ts';
import type { StagedRemoval } from '../ports/staged-removal.ts';
import type { CycleRun } from './cycle-run.ts';
import { processIds } from './recover.ts';
import { syncMembers } from './sync-members.ts';

const PAGE = 500;

/**
 * At the begin of a cycle: removals that waited too long count as rejected, and those that were approved are carried out as
 * far as they are still true, since each is planned anew.
 */
export async function settleDecided(run: CycleRun): Promise<void> {
  const counts = await run.ports.store.countStaged(run.job.definition.id);
  run.hasStaged = counts.pending + counts.approved + counts.rejected > 0;
  if (counts.pending > 0) await expire(run);
  if (counts.approved > 0) await carryOut(run);
}

async function expire(run: CycleRun): Promise<void> {
  const nowMs = run.ports.clock.nowMs();
  for await (const page of pagesOf(run, { state: 'pending', expiredMs: nowMs })) {
    await run.record(
      page.map((one) => {
        const text = `${one.reason} Nobody decided about it in time, so it counts as rejected.`;
        const item = { objectType: one.objectType, id: one.sourceId, displayName: one.displayName };
        const log = makeRecord(run, item, {
          action: 'stagedDelete',
          status: 'skipped',
          error: { code: 'RemovalExpired', reason: text },
          steps: [skipStep('RemovalExpired', text)],
          startedMs: nowMs,
        });
        return { objectType: one.objectType, sourceId: one.sourceId, staged: [{ ...one, state: 'rejected' }], log };
      }),
    );
  }
}

async function carryOut(run: CycleRun): Promise<void> {
  for await (const page of pagesOf(run, { state: 'approved' })) {
    const memberships = page.filter((one) => one.kind === 'membership').map((one) => one.sourceId);
    await syncMembers(run, { groupIds: [...new Set(memberships)] });
    for (const objectType of ['user', 'group'] as const) {
      const ofType = page.filter((one) => one.kind !== 'membership' && one.objectType === objectType);
      await processIds(run, { objectType, ids: [...new Set(ofType.map((one) => one.sourceId))] });
    }
  }
}

/** Pages in the order of ids, which each come once, whatever becomes of them meanwhile. */
async function* pagesOf(
  run: CycleRun,
  query: { readonly state: StagedRemoval['state']; readonly expiredMs?: number },
): AsyncGenerator<readonly StagedRemoval[]> {
  for (let after: string | undefined; ; ) {
    if (run.ports.isStopping()) return;
    const page = { ...query, limit: PAGE, ...(after === undefined ? {} : { after }) };
    const found = await run.ports.store.staged(run.job.definition.id, page);
    if (found.length > 0) yield found;
    if (found.length < PAGE) return;
    after = found.at(-1)?.id;
  }
}
