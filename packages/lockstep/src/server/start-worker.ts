import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../observe/log.ts';
import { readStanding } from '../observe/read-standing.ts';
import { traceCycles } from '../observe/trace-cycles.ts';
import type { Settings } from '../settings/read-settings.ts';
import { answerMetrics } from './answer-metrics.ts';
import { listen } from './listen.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type OpenServices, openServices } from './open-services.ts';
import type { Services } from './services.ts';
import { STOP_WAIT_MS, withinMs } from './within.ts';

/** A node that runs cycles and answers nothing but health and metrics. */
export interface RunningWorker {
  /** Where health and metrics are, such as `http://127.0.0.1:4601`. */
  readonly url: string;
  readonly services: Services;
  /** Ends cycles in good order (10 s at most), so that another node goes on with them, and closes the database. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly report?: Services['report'];
  readonly log?: Log;
}

/**
 * Starts an engine node on a database that other processes share.
 *
 * @throws {LockstepError} `portBusy`, `newerSchema` or `badSetting`; nothing is left open then
 */
export async function startWorker(settings: Settings, options: WorkerOptions = {}): Promise<RunningWorker> {
  const { log } = options;
  const report = options.report ?? log?.report ?? (() => undefined);
  let url = '';
  const open = await openServices({ settings, report, role: 'worker', listenUrl: () => url });
  const { services } = open;
  const metrics = createMetrics(() => readStanding(services));
  services.jobs.onEvent(metrics.countCycle);
  services.jobs.onEvent(traceCycles());
  services.onFetch(metrics.countFetch);
  if (log !== undefined) services.jobs.onEvent(log.cycle);
  let isReady = false;
  const server = createServer((message, response) => {
    message.resume();
    answer(response, message.url ?? '/', { metrics, isReady, report });
  });
  try {
    url = await listen(server, settings);
    await services.scheduler.start();
  } catch (error) {
    server.close();
    await open.close();
    throw error;
  }
  isReady = true;
  let stopping: Promise<void> | undefined;
  return {
    url,
    services,
    stop: () => {
      isReady = false;
      stopping ??= shutDown(server, open);
      return stopping;
    },
  };
}

interface Answering {
  readonly metrics: Metrics;
  readonly isReady: boolean;
  readonly report: Services['report'];
}

const HEADERS = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

function answer(response: ServerResponse, target: string, { metrics, isReady, report }: Answering): void {
  const send = (status: number, text: string): void => {
    response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' });
    response.end(text);
  };
  const path = target.split('?')[0];
  if (path === '/metrics') void answerMetrics(metrics, response, { report, headers: HEADERS });
  else if (path === '/health/live') send(200, 'live\n');
  else if (path === '/health/ready') send(isReady ? 200 : 503, isReady ? 'ready\n' : 'not ready\n');
  else send(404, 'This is a worker; it answers /health/live, /health/ready and /metrics.\n');
}

async function shutDown(server: Server, open: OpenServices): Promise<void> {
  open.services.scheduler.stop();
  await withinMs(open.services.jobs.stop(), STOP_WAIT_MS);
  server.close();
  server.closeAllConnections();
  await open.close();
}
