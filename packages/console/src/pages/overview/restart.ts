/** What a restart may forget, as Graph's restart criteria name it. */
export const restartScopes = ['watermark', 'escrows', 'quarantine', 'forceDeletes', 'full'] as const;

/** One thing a restart may forget. */
export type RestartScope = (typeof restartScopes)[number];

/** Ticks or unticks one; `full` holds everything else but the forced deletions, so it stands alone. */
export function toggleScope(scopes: readonly RestartScope[], scope: RestartScope): readonly RestartScope[] {
  if (scopes.includes(scope)) return scopes.filter((one) => one !== scope);
  if (scope === 'full') return ['full'];
  return [...scopes.filter((one) => one !== 'full'), scope];
}

/** Whether the restart may be ordered: something is chosen, and what it orphans is known and accepted. */
export function isRestartReady(choice: {
  readonly scopes: readonly RestartScope[];
  /** Accounts left behind; `undefined` while they are counted. */
  readonly orphans: number | undefined;
  readonly isConfirmed: boolean;
}): boolean {
  const { scopes, orphans, isConfirmed } = choice;
  if (scopes.length === 0) return false;
  if (!scopes.includes('full')) return true;
  return orphans === 0 || (orphans !== undefined && isConfirmed);
}
