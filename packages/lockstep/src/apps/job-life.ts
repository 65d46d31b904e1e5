import { changeLife, type LifeEvent, type Orphans, restartEffects } from '@lockstep/engine';
import type { EngineStore, JobLife } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import type { RemovalDecision, RestartRequest } from './job-runner.ts';

/** Applies an administrator's event to a job. */
export async function changed(store: EngineStore, appId: string, event: LifeEvent): Promise<JobLife> {
  const life = await store.changeLife(appId, (before) => changeLife(before, { event }));
  // Without a fence nobody is refused.
  if (life === undefined) throw new Error('a change without a fence was refused');
  return life;
}

/**
 * Restarts a job: forgets what the scopes name, each thing with the effect of `restartEffects`, and lets it go on.
 *
 * @throws {LockstepError} `conflict` when accounts would be orphaned and their number is not confirmed
 */
export async function restartJob(
  appId: string,
  request: RestartRequest,
  ports: { readonly store: EngineStore; readonly orphans: () => Promise<Orphans> },
): Promise<void> {
  const { store } = ports;
  const effects = restartEffects(request.scopes);
  if (effects.links) checkOrphans(await ports.orphans(), request.confirmOrphans);
  if (effects.approveStaged) await store.decideStaged(appId, { state: 'approved' });
  const { watermark, links, escrows } = effects;
  await store.reset(appId, { watermark, links, escrows });
  if (effects.quarantine) await changed(store, appId, 'restart');
}

function checkOrphans({ users, groups }: Orphans, confirmed: number | undefined): void {
  const count = users + groups;
  if (count === 0 || count === confirmed) return;
  const message = `a full restart would leave ${users} user and ${groups} group accounts in the app that nobody manages any more`;
  const hint = `They are of people and groups outside the scope. Confirm with their number: ${count}.`;
  throw new LockstepError('conflict', message, { hint });
}

/** Decides about removals; when none is left to wait, a quarantine because of them is lifted. */
export async function decide(store: EngineStore, appId: string, decision: RemovalDecision): Promise<number> {
  const { state, ids } = decision;
  const count = await store.decideStaged(appId, ids === undefined ? { state } : { state, ids });
  if (count === 0) return 0;
  const { pending } = await store.countStaged(appId);
  if (pending > 0) return count;
  await store.changeLife(appId, (life) => {
    const isHeld = life.state === 'Quarantine' && life.quarantine?.reason === 'TooManyDeletes';
    return isHeld ? changeLife(life, { event: 'start' }) : life;
  });
  return count;
}
