import type { Clock, EngineStore, ObjectType } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import type { App } from './app-service.ts';

/** How an object gets before a job again though nothing about it changed. */
export interface LookAgain {
  lookAgain(change: {
    readonly appId: string;
    readonly principalId: string;
    readonly type: 'User' | 'Group';
    readonly nowMs: number;
  }): Promise<void>;
}

export interface BreakLinkPorts {
  readonly store: EngineStore;
  readonly settings: LookAgain;
  readonly clock: Clock;
  readonly holder: string;
}

const LEASE_MS = 30_000;

/**
 * Forgets which account belongs to a person or group, with the failures about it and what the guard held of it. Neither the
 * person nor the account is touched; the next cycle looks at the object and matches it anew (rules LIFE-1 and LIFE-6,
 * Entra: "Manage object connections"). Nothing happens when there is no link.
 *
 * @throws {LockstepError} `conflict` unless the job is paused or disabled, `busy` while a cycle of it runs anywhere
 */
export async function breakLink(
  app: App,
  { objectType, sourceId }: { readonly objectType: ObjectType; readonly sourceId: string },
  { store, settings, clock, holder }: BreakLinkPorts,
): Promise<void> {
  const { id, definition } = app;
  const { state } = await store.life(id);
  if (definition.schedule.isEnabled && state !== 'Paused' && state !== 'Disabled') {
    const hint = `Pause it first (lockstep app pause ${definition.name}), and start it again afterwards.`;
    throw new LockstepError('conflict', 'a link can be broken only while the provisioning is paused', { hint });
  }
  const nowMs = clock.nowMs();
  const fence = await store.acquireLease(id, holder, { nowMs, untilMs: nowMs + LEASE_MS });
  if (fence === undefined) throw busy();
  try {
    const staged = await store.stagedOf(id, objectType, [sourceId]);
    const unstaged = staged.map((one) => one.id);
    const nothing = { link: null, isReplaced: true, escrow: null, referenceEscrow: null, pending: [] } as const;
    const isStored = await store.recordOutcomes(id, [{ objectType, sourceId, ...nothing, unstaged }], fence);
    if (!isStored) throw busy();
    const type = objectType === 'user' ? 'User' : 'Group';
    await settings.lookAgain({ appId: id, principalId: sourceId, type, nowMs });
  } finally {
    await store.releaseLease(id, holder);
  }
}

function busy(): LockstepError {
  return new LockstepError('busy', 'a cycle of this app is running; try again when it has ended');
}
