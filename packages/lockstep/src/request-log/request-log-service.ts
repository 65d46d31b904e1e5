import type { ObservedExchange, RequestLogMode, TenantStore } from '@lockstep/provider/ports';
import type { RequestStore } from '@lockstep/store';

/** Keeps requests of SCIM clients: in memory until the next flush, then in the store. */
export interface RequestLogService {
  /** Takes an exchange; costs no more than a push, so that no client waits for it. */
  note(exchange: ObservedExchange): void;
  /** Counts one that is not kept because there have been enough of its kind. */
  leaveOut(tenantId: string): void;
  /** Writes what has been taken. What cannot be written is counted as dropped. */
  flush(): Promise<void>;
  /** Drops what is older than the retention. For the chores of the server. */
  prune(signal: AbortSignal): Promise<void>;
  /** How many exchanges this process had no room for since its start. */
  dropped(): number;
  /** For tenants that say nothing. */
  readonly mode: RequestLogMode;
  /** 0 = for ever. */
  readonly retentionDays: number;
  /** Requests kept of one tenant at most. */
  readonly keep: number;
}

export interface RequestLogOptions {
  readonly requests: Pick<RequestStore, 'append' | 'prune'>;
  readonly tenants: Pick<TenantStore, 'findTenant'>;
  readonly mode: RequestLogMode;
  readonly retentionDays: number;
  readonly keep: number;
  nowMs(): number;
  report(message: string, error: unknown): void;
}

interface Waiting {
  readonly exchanges: ObservedExchange[];
  dropped: number;
}

/** Exchanges in memory at most: some megabytes. */
export const WAITING_MAX = 5_000;
/** Of one tenant, so that a busy one leaves room for the others. */
export const WAITING_OF_TENANT_MAX = 2_000;
/** So many are written without waiting for the next flush. */
const WRITE_AT = 500;
/** Tenants with something in memory; those in addresses need not exist. */
const TENANTS_MAX = 1_000;
const PRUNE_BATCH = 500;
const DAY_MS = 86_400_000;

/** Makes the service over the store. */
export function createRequestLog(options: RequestLogOptions): RequestLogService {
  let waiting = new Map<string, Waiting>();
  let count = 0;
  let dropped = 0;
  /** A write that did not wait for the flush. */
  let early: Promise<void> | undefined;

  const waitingOf = (tenantId: string): Waiting | undefined => {
    const known = waiting.get(tenantId);
    if (known !== undefined || waiting.size >= TENANTS_MAX) return known;
    const made = { exchanges: [], dropped: 0 };
    waiting.set(tenantId, made);
    return made;
  };

  const leaveOut = (tenantId: string, number: number): void => {
    const of = waitingOf(tenantId);
    if (of !== undefined) of.dropped += number;
  };

  const drop = (tenantId: string, number: number): void => {
    dropped += number;
    leaveOut(tenantId, number);
  };

  const write = async (tenantId: string, taken: Waiting): Promise<void> => {
    try {
      const exchanges = await wanted(tenantId, taken.exchanges);
      if (exchanges.length === 0 && taken.dropped === 0) return;
      await options.requests.append(tenantId, { exchanges, dropped: taken.dropped, keep: options.keep });
    } catch (error) {
      drop(tenantId, taken.exchanges.length);
      leaveOut(tenantId, taken.dropped);
      options.report('requests of SCIM clients could not be kept', error);
    }
  };

  /** Who was refused at the door was not asked for the tenant's setting yet. */
  const wanted = async (
    tenantId: string,
    exchanges: readonly ObservedExchange[],
  ): Promise<readonly ObservedExchange[]> => {
    if (!exchanges.some(({ isAtDoor }) => isAtDoor)) return exchanges;
    const tenant = await options.tenants.findTenant(tenantId);
    const isKept = tenant !== undefined && (tenant.settings.requestLog ?? options.mode) !== 'off';
    return isKept ? exchanges : exchanges.filter(({ isAtDoor }) => !isAtDoor);
  };

  const writeAll = async (): Promise<void> => {
    const taken = waiting;
    waiting = new Map();
    count = 0;
    for (const [tenantId, of] of taken) await write(tenantId, of);
  };

  const writeEarly = (): void => {
    early ??= writeAll().finally(() => {
      early = undefined;
    });
  };

  return {
    mode: options.mode,
    retentionDays: options.retentionDays,
    keep: options.keep,
    dropped: () => dropped,
    leaveOut: (tenantId) => leaveOut(tenantId, 1),
    note: (exchange) => {
      const of = waitingOf(exchange.tenantId);
      if (of === undefined || count >= WAITING_MAX || of.exchanges.length >= WAITING_OF_TENANT_MAX) {
        drop(exchange.tenantId, 1);
        return;
      }
      of.exchanges.push(exchange);
      count += 1;
      if (count >= WRITE_AT) writeEarly();
    },
    flush: async () => {
      await early;
      await writeAll();
    },
    prune: async (signal) => {
      if (options.retentionDays === 0) return;
      const beforeMs = options.nowMs() - options.retentionDays * DAY_MS;
      while (!signal.aborted && (await options.requests.prune(beforeMs, PRUNE_BATCH)) === PRUNE_BATCH);
    },
  };
}
