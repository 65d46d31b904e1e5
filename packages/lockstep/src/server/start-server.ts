import { createServer, type Server } from 'node:http';
import type { CycleEvent } from '@lockstep/engine';
import type { Log } from '../observe/log.ts';
import { readStanding } from '../observe/read-standing.ts';
import { traceCycles } from '../observe/trace-cycles.ts';
import type { Settings } from '../settings/read-settings.ts';
import { createListener } from './handle-request.ts';
import { listen } from './listen.ts';
import { createMetrics } from './metrics.ts';
import { type OpenServices, openServices } from './open-services.ts';
import type { Services } from './services.ts';
import { STOP_WAIT_MS, withinMs } from './within.ts';

/** A server that answers requests and runs cycles. */
export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:4600`; without a slash at the end. */
  readonly url: string;
  readonly services: Services;
  /** Told what cycles tell while they run. Returns how to stop listening. */
  onEvent(listener: (event: CycleEvent) => void): () => void;
  /**
   * Starts the schedule, unless the server was started with `startsSchedule: false`; then whoever runs it decides when.
   */
  startSchedule(): Promise<void>;
  /** Ends cycles in good order (10 s at most), answers what is under way, and closes the data folder. May be called twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Told what goes wrong inside; gets no secret. Default: nobody. */
  readonly report?: Services['report'];
  /** Told of requests and cycles, and of what goes wrong when `report` is absent. */
  readonly log?: Log;
  /** Default true. `false`: cycles by interval and change wait for `startSchedule`. */
  readonly startsSchedule?: boolean;
}

/**
 * Opens the data folder, listens, and starts the schedule.
 *
 * @throws {LockstepError} `portBusy`, `dataInUse`, `newerSchema` or `badSetting`; nothing is left open then
 */
export async function startServer(settings: Settings, options: StartOptions = {}): Promise<RunningServer> {
  const { log } = options;
  const report = options.report ?? log?.report ?? (() => undefined);
  let url = '';
  const open = await openServices({ settings, report, listenUrl: () => url });
  const { services } = open;
  const metrics = createMetrics(() => readStanding(services));
  services.jobs.onEvent(metrics.countCycle);
  services.jobs.onEvent(traceCycles());
  services.onFetch(metrics.countFetch);
  if (log !== undefined) services.jobs.onEvent(log.cycle);
  let isReady = false;
  const server = createServer(createListener(services, { metrics, log, report, state: { isReady: () => isReady } }));
  try {
    url = await listen(server, settings);
    services.webhooks.start();
    services.upkeep.start();
    if (options.startsSchedule !== false) await services.scheduler.start();
  } catch (error) {
    server.close();
    await services.webhooks.stop();
    await services.upkeep.stop();
    await open.close();
    throw error;
  }
  isReady = true;
  let stopping: Promise<void> | undefined;
  return {
    url,
    services,
    onEvent: services.jobs.onEvent,
    startSchedule: services.scheduler.start,
    stop: () => {
      isReady = false;
      stopping ??= shutDown(server, open);
      return stopping;
    },
  };
}

/** Cycles end first: those into this very server still need it to answer. */
async function shutDown(server: Server, open: OpenServices): Promise<void> {
  const { scheduler, jobs, webhooks, upkeep } = open.services;
  scheduler.stop();
  const quiet = Promise.all([webhooks.stop(), upkeep.stop()]).then(() => undefined);
  await withinMs(jobs.stop(), STOP_WAIT_MS);
  await withinMs(quiet, STOP_WAIT_MS);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection whose last answer is sent after this moment would else be kept for a next request that never comes.
  const sweeper = setInterval(() => server.closeIdleConnections(), 20);
  await withinMs(closed, STOP_WAIT_MS);
  clearInterval(sweeper);
  server.closeAllConnections();
  await open.close();
}
