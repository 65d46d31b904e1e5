/** What other processes on the same database do, as far as it concerns the schedule. */
export interface OthersWatch {
  start(): void;
  stop(): void;
}

export interface OthersWatchOptions {
  /** Position of the newest change of the directory. */
  readonly head: () => Promise<number>;
  /** Somebody, maybe this process, changed the directory. */
  readonly onChange: () => void;
  /** Apps, their definitions and whether their jobs may run are to be read again. */
  readonly reread: () => Promise<void>;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly onFailure: (error: unknown) => void;
}

/** How often the directory is looked at, in milliseconds: a change by another process is begun that late at most. */
export const LOOK_EVERY_MS = 500;
/** Every so many looks the apps are read again: a pause or an edit by another process holds 2 s later. */
const REREAD_EVERY = 4;

/** Looks again and again, the next time only when the time before has ended; what fails is tried again the next time. */
export function watchOthers(options: OthersWatchOptions): OthersWatch {
  let callOff: (() => void) | undefined;
  let isStopped = false;
  let seen: number | undefined;
  let looks = 0;

  const look = async (): Promise<void> => {
    const head = await options.head();
    if (isStopped) return;
    if (seen !== undefined && head !== seen) options.onChange();
    seen = head;
    looks += 1;
    if (looks % REREAD_EVERY === 0) await options.reread();
  };
  const fail = (error: unknown): void => {
    // The database is closed behind a stop: what was under way then is no failure.
    if (!isStopped) options.onFailure(error);
  };
  const plan = (): void => {
    if (isStopped) return;
    callOff = options.after(LOOK_EVERY_MS, () => {
      void look().catch(fail).then(plan);
    });
  };
  return {
    start: plan,
    stop: () => {
      isStopped = true;
      callOff?.();
    },
  };
}
