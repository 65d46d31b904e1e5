export interface KeepFreshOptions {
  readonly refresh: () => Promise<void>;
  readonly everyMs: number;
  /** Calls back after `ms`; returns how to call it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Looks again and again, each time so long after the last. Returns how to end it, which waits for a look under way. */
export function keepFresh({ refresh, everyMs, after, onFailure }: KeepFreshOptions): () => Promise<void> {
  let work: Promise<void> = Promise.resolve();
  let isStopped = false;
  let callOff: () => void = () => undefined;
  const plan = (): void => {
    if (!isStopped) callOff = after(everyMs, look);
  };
  const look = (): void => {
    work = refresh().catch(onFailure).then(plan);
  };
  plan();
  return async () => {
    isStopped = true;
    callOff();
    await work;
  };
}
