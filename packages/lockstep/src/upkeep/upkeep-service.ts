import type { RealmKey, RealmStore, TenantStore } from '@lockstep/provider/ports';

export interface UpkeepOptions {
  readonly tenants: Pick<TenantStore, 'listTenants'>;
  readonly realms: Pick<RealmStore, 'purge'>;
  /** Days that tombstones of tenants are kept; 0 = for ever. */
  readonly tombstoneRetentionDays: number;
  /** Writes what the provider counts in memory. */
  flush(): Promise<void>;
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Calls back after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
  /** What else is to be done again and again. */
  readonly chores?: readonly Chore[];
  /** Told of what failed; the next round tries again. */
  report(message: string, error: unknown): void;
}

/** Something to do again and again. */
export interface Chore {
  /** From the end of one time to the begin of the next, and from the start to the first. */
  readonly everyMs: number;
  /** What is reported when it failed. */
  readonly failure: string;
  readonly work: (signal: AbortSignal) => Promise<void>;
}

/** What a server does for itself again and again. */
export interface Upkeep {
  start(): void;
  /** Begins nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/** How often counters are written, in milliseconds. */
export const FLUSH_EVERY_MS = 10_000;
/** How often old tombstones are looked for, in milliseconds; for the first time that long after the start. */
export const PURGE_EVERY_MS = 3_600_000;

const DAY_MS = 86_400_000;
const TENANTS_AT_ONCE = 100;
/** Tombstones dropped in one transaction: others write in between. */
const PURGE_BATCH = 500;

/** Makes the upkeep of a server: counters of deviations are written, and tombstones of tenants dropped when they are old. */
export function createUpkeep(options: UpkeepOptions): Upkeep {
  const stopping = new AbortController();
  const flushing = repeat(options, {
    everyMs: FLUSH_EVERY_MS,
    failure: 'the counters of deviations could not be written',
    work: () => options.flush(),
  });
  const purging = repeat(options, {
    everyMs: PURGE_EVERY_MS,
    failure: 'old tombstones could not be dropped',
    work: () => purgeTenants(options, stopping.signal),
  });
  const further = (options.chores ?? []).map((chore) =>
    repeat(options, { ...chore, work: () => chore.work(stopping.signal) }),
  );
  return {
    start: () => {
      flushing.start();
      for (const chore of further) chore.start();
      if (options.tombstoneRetentionDays > 0) purging.start();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([flushing, purging, ...further].map((chore) => chore.stop()));
    },
  };
}

interface RepeatedWork extends Omit<Chore, 'work'> {
  readonly work: () => Promise<void>;
}

/** Does a chore again and again, the next time only when the time before has ended. */
function repeat(ports: Pick<UpkeepOptions, 'after' | 'report'>, { everyMs, failure, work }: RepeatedWork): Upkeep {
  let callOff: (() => void) | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const plan = (): void => {
    if (isStopped) return;
    callOff = ports.after(everyMs, () => {
      running = work()
        .catch((error: unknown) => ports.report(failure, error))
        .then(plan);
    });
  };
  return {
    start: plan,
    stop: () => {
      isStopped = true;
      callOff?.();
      return running;
    },
  };
}

async function purgeTenants(options: UpkeepOptions, signal: AbortSignal): Promise<void> {
  const deletedBeforeMs = options.nowMs() - options.tombstoneRetentionDays * DAY_MS;
  for (let after: string | undefined; ; ) {
    const page = { limit: TENANTS_AT_ONCE, ...(after === undefined ? {} : { after }) };
    const tenants = await options.tenants.listTenants(page);
    for (const { realm } of tenants) await purgeRealm(options.realms, { realm, deletedBeforeMs, signal });
    after = tenants.at(-1)?.id;
    if (signal.aborted || after === undefined || tenants.length < TENANTS_AT_ONCE) return;
  }
}

async function purgeRealm(
  realms: UpkeepOptions['realms'],
  of: { readonly realm: RealmKey; readonly deletedBeforeMs: number; readonly signal: AbortSignal },
): Promise<void> {
  while (!of.signal.aborted) {
    const dropped = await realms.purge(of.realm, of.deletedBeforeMs, PURGE_BATCH);
    if (dropped < PURGE_BATCH) return;
  }
}
