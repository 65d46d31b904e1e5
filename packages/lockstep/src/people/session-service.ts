import type { SessionOwner, SessionStore, StoredSession } from '@lockstep/store';
import { hashSecretText, newSecretText } from './secret-text.ts';

/** What a new session is made from. */
export type NewSession = Pick<
  StoredSession,
  'kind' | 'tenantId' | 'subject' | 'method' | 'roles' | 'address' | 'agent'
> & {
  /** See `StoredSession.feedEntry`. Default 0. */
  readonly feedEntry?: number;
  /** What the browser held before; it opens nothing from now on, so that nobody can prepare a session for another. */
  readonly before?: string | undefined;
};

/** Sessions that live on the server. */
export interface SessionService {
  /** Opens a session under a new random text, which is given once. */
  open(session: NewSession): Promise<{ readonly token: string; readonly session: StoredSession }>;
  /** The session a cookie opens; `undefined` when there is none, or it has ended. Notes that it was used. */
  find(token: string | undefined): Promise<StoredSession | undefined>;
  end(token: string): Promise<void>;
  list(owner: SessionOwner): Promise<readonly StoredSession[]>;
  endOne(id: string, owner: SessionOwner): Promise<boolean>;
  endAll(owner: SessionOwner, exceptHash?: string): Promise<number>;
  prune(): Promise<void>;
}

export interface SessionServiceOptions {
  readonly sessions: SessionStore;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** A session that is not used for so long ends. */
  readonly idleMs: number;
  /** No session lives longer. */
  readonly absoluteMs: number;
}

/** Use is noted at most so often. */
const TOUCH_MS = 15_000;
const AGENT_LENGTH_MAX = 200;

/** Makes the sessions over the store. */
export function createSessionService(options: SessionServiceOptions): SessionService {
  const { sessions, nowMs, newId, idleMs, absoluteMs } = options;
  const hasEnded = (session: StoredSession, now: number): boolean =>
    session.endsMs <= now || session.seenMs + idleMs <= now;
  return {
    open: async ({ before, feedEntry = 0, ...rest }) => {
      if (before !== undefined) await sessions.endByHash(hashSecretText(before));
      const token = newSecretText();
      const now = nowMs();
      const session: StoredSession = {
        ...rest,
        agent: rest.agent.slice(0, AGENT_LENGTH_MAX),
        hash: hashSecretText(token),
        id: newId(),
        createdMs: now,
        seenMs: now,
        endsMs: now + absoluteMs,
        feedEntry,
      };
      await sessions.add(session);
      return { token, session };
    },
    find: async (token) => {
      if (token === undefined) return undefined;
      const hash = hashSecretText(token);
      const session = await sessions.find(hash);
      if (session === undefined) return undefined;
      const now = nowMs();
      if (hasEnded(session, now)) {
        await sessions.endByHash(hash);
        return undefined;
      }
      if (now - session.seenMs >= TOUCH_MS) await sessions.touch(hash, now);
      return session;
    },
    end: (token) => sessions.endByHash(hashSecretText(token)),
    list: async (owner) => {
      const now = nowMs();
      return (await sessions.list(owner)).filter((session) => !hasEnded(session, now));
    },
    endOne: (id, owner) => sessions.end(id, owner),
    endAll: (owner, exceptHash) => sessions.endAll(owner, exceptHash),
    prune: () => sessions.prune(nowMs(), idleMs),
  };
}
