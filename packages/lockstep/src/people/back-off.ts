import type { PersonStore } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import { hashSecretText } from './secret-text.ts';

/** Slows guessing down, by name and by address. */
export interface BackOff {
  /**
   * Runs one attempt at signing in. Attempts at one name come one after the other, so that many at once count.
   *
   * @param attempt gives `undefined` when it failed
   * @throws {LockstepError} `tooManyAttempts` while name or address has to wait; the attempt is not made then
   */
  guard<T>(who: AttemptOf, attempt: () => Promise<T | undefined>): Promise<T | undefined>;
  prune(): Promise<void>;
}

/** Who tries. */
export interface AttemptOf {
  /** Folded. */
  readonly nameKey: string;
  readonly address: string;
}

interface Pace {
  /** So many failures are free. */
  readonly free: number;
  /** The wait doubles from one second up to this. A name's is short, since anybody can make its owner wait. */
  readonly waitMsMax: number;
}

const NAME: Pace = { free: 5, waitMsMax: 60_000 };
const ADDRESS: Pace = { free: 20, waitMsMax: 900_000 };
const FORGET_MS = 86_400_000;

/** Makes the back-off over the store, where it outlives a restart. */
export function createBackOff(people: PersonStore, nowMs: () => number): BackOff {
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (turns.get(key) === mine) turns.delete(key);
    }
  };
  const check = async (subject: string): Promise<void> => {
    const now = nowMs();
    const blockedUntilMs = (await people.attempts(subject))?.blockedUntilMs ?? 0;
    if (blockedUntilMs <= now) return;
    const seconds = Math.ceil((blockedUntilMs - now) / 1_000);
    throw new LockstepError('tooManyAttempts', `too many attempts; try again in ${seconds} s`);
  };
  const fail = async (subject: string, pace: Pace): Promise<void> => {
    const now = nowMs();
    const known = await people.attempts(subject);
    if (known !== undefined && known.lastMs < now - FORGET_MS) await people.clearAttempts(subject);
    const failures = (known === undefined || known.lastMs < now - FORGET_MS ? 0 : known.failures) + 1;
    const over = failures - pace.free;
    const waitMs = over < 0 ? 0 : Math.min(pace.waitMsMax, 1_000 * 2 ** Math.min(over, 20));
    await people.saveAttempts(subject, { failures, lastMs: now, blockedUntilMs: now + waitMs });
  };
  return {
    guard: ({ nameKey, address }, attempt) => {
      // Names are kept as hashes: people type passwords into the wrong field.
      const name = `name ${hashSecretText(nameKey)}`;
      const from = `address ${address}`;
      return inTurn(name, async () => {
        await check(from);
        await check(name);
        const result = await attempt();
        if (result === undefined) {
          await fail(name, NAME);
          await inTurn(from, () => fail(from, ADDRESS));
        } else await people.clearAttempts(name);
        return result;
      });
    },
    prune: () => people.pruneAttempts(nowMs() - FORGET_MS),
  };
}
