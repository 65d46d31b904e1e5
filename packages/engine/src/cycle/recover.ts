import type { ObjectType } from '../ports/engine-store.ts';
import { type CycleRun, escrowKey } from './cycle-run.ts';
import { processPage } from './process-page.ts';
import { readObjects } from './read-objects.ts';

const PAGE = 512;

/**
 * Settles what an earlier run left open: an intent without an outcome may or may not have reached the app. Each such
 * object is looked up again, by link or by matching attributes, before anything is planned for it, so nobody is made
 * twice. The same happens to stored failures whose time has come.
 */
export async function recoverUncertain(run: CycleRun): Promise<void> {
  const { store } = run.ports;
  const jobId = run.job.definition.id;
  const open = await store.openIntents(jobId);
  for (const objectType of ['user', 'group'] as const) {
    const intents = open.filter((intent) => intent.objectType === objectType);
    const ids = [...new Set(intents.map((intent) => intent.sourceId))];
    await processIds(run, { objectType, ids, uncertain: new Set(ids) });
  }
  const outcomes = open.map(({ objectType, sourceId, id }) => ({ objectType, sourceId, intentId: id }));
  if (outcomes.length > 0 && !run.ports.isStopping()) await store.recordOutcomes(jobId, outcomes);
}

/** Tries stored failures again whose time has come, each once. */
export async function retryEscrows(run: CycleRun): Promise<void> {
  const { store, clock } = run.ports;
  const due = await store.dueEscrows(run.job.definition.id, clock.nowMs(), ESCROWS_PER_CYCLE);
  for (const escrow of due) run.escrows.set(escrowKey(escrow.objectType, escrow.sourceId), escrow);
  for (const objectType of ['user', 'group'] as const) {
    const ids = due.filter((escrow) => escrow.objectType === objectType).map((escrow) => escrow.sourceId);
    await processIds(run, { objectType, ids, uncertain: new Set(ids) });
  }
}

const ESCROWS_PER_CYCLE = 5_000;

/** Takes objects by id through the cycle, page by page. */
export async function processIds(
  run: CycleRun,
  of: { readonly objectType: ObjectType; readonly ids: readonly string[]; readonly uncertain?: ReadonlySet<string> },
): Promise<void> {
  const size = run.ports.pageSize ?? PAGE;
  for (let at = 0; at < of.ids.length; at += size) {
    if (run.ports.isStopping()) return;
    const objects = await readObjects(run, of.objectType, of.ids.slice(at, at + size));
    await processPage(run, objects, of.uncertain === undefined ? {} : { uncertain: of.uncertain });
  }
}
