import type { LogStore } from '@lockstep/engine/ports';

/** Takes old records out of the provisioning log, now and then. */
export interface LogPruner {
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

export interface LogPrunerOptions {
  readonly store: Pick<LogStore, 'pruneLog'>;
  readonly nowMs: () => number;
  /** Records are kept so many days; 0 = for ever. */
  readonly retentionDays: number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly onFailure: (error: unknown) => void;
}

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
const PAUSE_MS = 1_000;
/** So few go in one transaction that cycles hardly notice. */
const RECORDS_PER_TURN = 2_000;

/** Starts pruning: an hour after the start and every hour, in small turns until nothing old is left. */
export function startLogPruner(options: LogPrunerOptions): LogPruner {
  let work: Promise<void> = Promise.resolve();
  let isStopped = false;
  let callOff: () => void = () => undefined;
  const plan = (ms: number): void => {
    if (!isStopped && options.retentionDays > 0) callOff = options.after(ms, turn);
  };
  const turn = (): void => {
    const beforeMs = options.nowMs() - options.retentionDays * DAY_MS;
    work = options.store.pruneLog(beforeMs, RECORDS_PER_TURN).then(
      (count) => plan(count < RECORDS_PER_TURN ? EVERY_MS : PAUSE_MS),
      (error: unknown) => {
        options.onFailure(error);
        plan(EVERY_MS);
      },
    );
  };
  plan(EVERY_MS);
  return {
    stop: async () => {
      isStopped = true;
      callOff();
      await work;
    },
  };
}
