import type { StoredSession } from '@lockstep/store';
import { z } from 'zod';
import { timeText } from './shapes.ts';

/** A session of a browser. */
export interface SessionShape {
  readonly id: string;
  /** Id of the person. */
  readonly subject: string;
  /** How the sign-in was done, such as `password` or `oidc`. */
  readonly method: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly endsAt: string;
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
}

export const sessionSchema: z.ZodType<SessionShape> = z.object({
  id: z.string(),
  subject: z.string(),
  method: z.string(),
  createdAt: z.string(),
  seenAt: z.string(),
  endsAt: z.string(),
  address: z.string(),
  agent: z.string(),
});

/** A session as it is shown: without the hash of its cookie. */
export function showSession({ id, subject, method, address, agent, ...times }: StoredSession): SessionShape {
  const { createdMs, seenMs, endsMs } = times;
  const told = { createdAt: timeText(createdMs), seenAt: timeText(seenMs), endsAt: timeText(endsMs) };
  return { id, subject, method, ...told, address, agent };
}
