import { judgeRemovals } from '../guard/guard.ts';
import { exportStep } from '../log/steps.ts';
import type { CycleRun, HeldRemoval } from './cycle-run.ts';
import { examineObjects } from './examine-objects.ts';
import { readObjects } from './read-objects.ts';
import { processIds } from './recover.ts';
import { settleStaged } from './settle.ts';

const PAGE = 256;

/**
 * At the end of a cycle the removals that were kept back are judged together: all are sent, or none is, and those held
 * are logged as staged and come up again in the next cycle.
 */
export async function judgeHeldRemovals(run: CycleRun): Promise<void> {
  const held = run.heldBack ?? [];
  run.heldBack = undefined;
  if (held.length === 0) return;
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  const verdict = judgeRemovals(held.length, linked.users + linked.groups, run.job.definition.guard ?? {});
  for (const objectType of ['user', 'group'] as const) {
    const ids = idsOf(held, objectType);
    if (verdict.do === 'proceed') await processIds(run, { objectType, ids });
    else await stage(run, { objectType, ids, text: verdict.text });
  }
}

function idsOf(held: readonly HeldRemoval[], objectType: HeldRemoval['objectType']): readonly string[] {
  return [...new Set(held.filter((one) => one.objectType === objectType).map((one) => one.sourceId))];
}

async function stage(
  run: CycleRun,
  held: { readonly objectType: HeldRemoval['objectType']; readonly ids: readonly string[]; readonly text: string },
): Promise<void> {
  for (let at = 0; at < held.ids.length; at += PAGE) {
    const objects = await readObjects(run, held.objectType, held.ids.slice(at, at + PAGE));
    const examined = await examineObjects(run.job, run.ports, { objects });
    const startedMs = run.ports.clock.nowMs();
    const outcomes = examined.map((item) => settleStaged(run, withStep(item), { text: held.text, startedMs }));
    await run.ports.store.recordOutcomes(run.job.definition.id, outcomes);
  }
}

function withStep<Item extends { readonly steps: readonly ReturnType<typeof exportStep>[] }>(item: Item): Item {
  return { ...item, steps: [...item.steps, exportStep('delete', 'warning', 'Held by the guard over removals.')] };
}
