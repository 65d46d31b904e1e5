import type { StagedRemoval } from '@lockstep/engine/ports';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { timeText } from './shapes.ts';

/** A removal the guard holds. */
export interface StagedShape extends Omit<StagedRemoval, 'stagedMs' | 'expiresMs' | 'fingerprint'> {
  readonly stagedAt: string;
  readonly expiresAt: string;
}

/** The form of a removal that is held. */
export const stagedSchema: z.ZodType<StagedShape> = z.object({
  id: z.string(),
  objectType: z.enum(['user', 'group']),
  sourceId: z.string(),
  displayName: z.string(),
  kind: z.enum(['disable', 'delete', 'membership', 'identity', 'roleRaise']),
  memberId: optionalKey(z.string()),
  reason: z.string(),
  changes: z.array(
    z.object({ attribute: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  stagedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['pending', 'approved', 'rejected']),
  cycleId: z.string(),
});

/** Shows a removal that is held. */
export function showStaged({ stagedMs, expiresMs, fingerprint: _own, ...rest }: StagedRemoval): StagedShape {
  return { ...rest, stagedAt: timeText(stagedMs), expiresAt: timeText(expiresMs) };
}
