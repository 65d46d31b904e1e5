import type { CycleEvent } from '@lockstep/engine';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { FetchListener } from '../observe/traced-fetch.ts';
import type { ScheduleQueue } from '../schedule/scheduler.ts';

/** Counters in the text form that Prometheus reads. No label holds a person's name or an address with a query. */
export interface Metrics {
  countRequest(part: RequestPart, method: string, status: number): void;
  countCycle(event: CycleEvent): void;
  countFetch: FetchListener;
  /** Everything, with what the gauges read now; rejects when that cannot be read. */
  text(): Promise<string>;
}

export type RequestPart = 'scim' | 'api' | 'other';

/** How the jobs stand, read when somebody asks for the metrics. */
export interface Standing {
  readonly apps: readonly AppStanding[];
  readonly mailsWaiting: number;
  readonly mailsFailed: number;
  /** Requests of SCIM clients that the request log of this process had no room for. */
  readonly requestsDropped: number;
  /** What the schedule of this process has before it; absent = nothing is scheduled here. */
  readonly queue?: ScheduleQueue;
}

export interface AppStanding {
  readonly app: string;
  readonly escrows: number;
  readonly staged: number;
  readonly isQuarantined: boolean;
  readonly isRunning: boolean;
  /** Entries of the directory's feed that the job has not handled yet. */
  readonly feedLag: number;
  readonly users: number;
  readonly groups: number;
}

/** @param readStanding read at each request for the metrics; when it fails `text` rejects, since zeros would be untrue */
export function createMetrics(readStanding: () => Promise<Standing>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counted = createCounters(registry);
  const showStanding = createGauges(registry);
  return {
    ...counted,
    text: async () => {
      showStanding(await readStanding());
      return registry.metrics();
    },
  };
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Children are kept, since looking one up by its labels costs more than counting. */
function createCounters(registry: Registry): Omit<Metrics, 'text'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'lockstep_requests_total',
    help: 'Requests answered, by part, method and status.',
    labelNames: ['part', 'method', 'status', 'class'],
    registers,
  });
  const cycles = new Counter({
    name: 'lockstep_cycles_total',
    help: 'Provisioning cycles that ended, by app, kind and state.',
    labelNames: ['app', 'kind', 'state'],
    registers,
  });
  const objects = new Counter({
    name: 'lockstep_objects_total',
    help: 'People and groups handled by cycles, by app and effect.',
    labelNames: ['app', 'effect', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'lockstep_cycle_duration_seconds',
    help: 'How long provisioning cycles took.',
    labelNames: ['app', 'kind'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400],
    registers,
  });
  const held = new Counter({
    name: 'lockstep_removals_held_total',
    help: 'Removals the guard held.',
    labelNames: ['app'],
    registers,
  });
  const latency = new Histogram({
    name: 'lockstep_app_request_duration_seconds',
    help: 'How long apps took to answer, by app address, method and class of status.',
    labelNames: ['target', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const children = new Map<string, { inc(): void }>();
  return {
    countRequest: (part, method, status) => {
      const key = `${part} ${method} ${status}`;
      let child = children.get(key);
      if (child === undefined) {
        const shown = METHODS.has(method) ? method : 'other';
        child = requests.labels(part, shown, String(status), `${Math.floor(status / 100)}xx`);
        if (shown === method) children.set(key, child);
      }
      child.inc();
    },
    countCycle: (event) => {
      if (event.kind === 'removalsHeld') held.inc({ app: event.jobId }, event.count);
      if (event.kind !== 'finished') return;
      const { state, counts, kind, startedMs, endedMs } = event.summary;
      const app = event.jobId;
      cycles.inc({ app, kind, state });
      seconds.observe({ app, kind }, (endedMs - startedMs) / 1_000);
      for (const effect of EFFECTS) {
        if (counts[effect] > 0) objects.inc({ app, effect, status: statusOf(effect) }, counts[effect]);
      }
    },
    countFetch: ({ target, method, status, seconds: took }) => latency.observe({ target, method, status }, took),
  };
}

const EFFECTS = ['created', 'linked', 'updated', 'disabled', 'deleted', 'skipped', 'failed'] as const;

function statusOf(effect: (typeof EFFECTS)[number]): string {
  if (effect === 'failed') return 'failure';
  return effect === 'skipped' ? 'skipped' : 'success';
}

function createGauges(registry: Registry): (standing: Standing) => void {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `lockstep_${name}`, help, labelNames: ['app'], registers: [registry] });
  const perApp: readonly (readonly [Gauge, (app: AppStanding) => number])[] = [
    [gauge('escrows', 'Stored failures that are tried again.'), (app) => app.escrows],
    [gauge('staged_removals', 'Removals that wait for a word.'), (app) => app.staged],
    [gauge('quarantined', '1 while the app is in quarantine.'), (app) => Number(app.isQuarantined)],
    [gauge('cycle_running', '1 while a cycle of the app runs.'), (app) => Number(app.isRunning)],
    [gauge('feed_lag', 'Changes of the directory not handled yet.'), (app) => app.feedLag],
    [gauge('linked_users', 'People with an account in the app.'), (app) => app.users],
    [gauge('linked_groups', 'Groups with a counterpart in the app.'), (app) => app.groups],
  ];
  const mails = new Gauge({
    name: 'lockstep_mails',
    help: 'Mails that wait to be sent, and mails that were given up.',
    labelNames: ['state'],
    registers: [registry],
  });
  const dropped = new Gauge({
    name: 'lockstep_request_log_dropped',
    help: 'Requests of SCIM clients since the start that the request log had no room for.',
    registers: [registry],
  });
  const showQueue = createQueueGauges(registry);
  return (standing) => {
    for (const [one, readValue] of perApp) {
      one.reset();
      for (const app of standing.apps) one.set({ app: app.app }, readValue(app));
    }
    mails.set({ state: 'waiting' }, standing.mailsWaiting);
    mails.set({ state: 'failed' }, standing.mailsFailed);
    dropped.set(standing.requestsDropped);
    showQueue(standing.queue);
  };
}

/** What the schedule of this process has before it. */
function createQueueGauges(registry: Registry): (queue: ScheduleQueue | undefined) => void {
  const cycles = new Gauge({
    name: 'lockstep_schedule_cycles',
    help: 'Cycles of this process that run, that wait although their time has come, and that have a time to come.',
    labelNames: ['state'],
    registers: [registry],
  });
  const late = new Gauge({
    name: 'lockstep_schedule_late_seconds',
    help: 'How late the cycle is that waits longest.',
    registers: [registry],
  });
  return (queue = NO_QUEUE) => {
    for (const state of ['running', 'waiting', 'planned'] as const) cycles.set({ state }, queue[state]);
    late.set(queue.lateMs / 1_000);
  };
}

const NO_QUEUE: ScheduleQueue = { running: 0, waiting: 0, planned: 0, lateMs: 0 };
