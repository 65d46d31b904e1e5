/** What a restart forgets, in Microsoft Graph's words (synchronizationJobRestartScope). `full` = all of them and the links. */
export type RestartScope = 'watermark' | 'escrows' | 'quarantine' | 'full' | 'forceDeletes';

/** What a restart does, each thing on its own. */
export interface RestartEffects {
  /** The next cycle goes through everybody again. */
  readonly watermark: boolean;
  /** Every account is matched anew; those of people outside the scope are nobody's from then on (rule LIFE-5). */
  readonly links: boolean;
  /** Stored failures are not tried again by themselves. */
  readonly escrows: boolean;
  readonly quarantine: boolean;
  /** Removals that wait for a word are carried out. */
  readonly approveStaged: boolean;
}

/** Without a scope a restart is the portal's button: watermark, escrows and quarantine (Graph: empty resetScope). */
const DEFAULT_SCOPES: readonly RestartScope[] = ['watermark', 'escrows', 'quarantine'];

/** What the scopes of a restart forget. */
export function restartEffects(scopes: readonly RestartScope[]): RestartEffects {
  const given = new Set(scopes.length === 0 ? DEFAULT_SCOPES : scopes);
  const isFull = given.has('full');
  return {
    watermark: isFull || given.has('watermark'),
    links: isFull,
    escrows: isFull || given.has('escrows'),
    quarantine: isFull || given.has('quarantine'),
    approveStaged: given.has('forceDeletes'),
  };
}
