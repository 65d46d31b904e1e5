import {
  type CompiledJob,
  type CycleEvent,
  type CyclePorts,
  compileJob,
  type JobDefinition,
  type PlannedObject,
  planCycle,
  provisionOnDemand,
  runCycle,
} from '@lockstep/engine';
import type {
  Clock,
  CycleCounts,
  CycleSummary,
  Directory,
  EngineStore,
  LogRecord,
  ObjectType,
  Random,
} from '@lockstep/engine/ports';
import { type AppTemplate, templates } from '@lockstep/gallery';
import { isJsonObject, ScimError } from '@lockstep/scim';
import { createScimClient, type Fetch, type ScimClient, TargetError } from '@lockstep/scim/client';
import { LockstepError } from '../lockstep-error.ts';
import { createPace } from '../outgoing/pace.ts';
import type { App, AppService } from './app-service.ts';

/** Where a running cycle stands. */
export interface JobProgress {
  readonly cycleId: string;
  readonly kind: 'initial' | 'incremental';
  readonly startedMs: number;
  /** Objects handled so far, of about `total`. */
  readonly done: number;
  readonly total: number;
  readonly counts: CycleCounts | undefined;
}

/** What Test Connection found. */
export type ConnectionResult =
  | { readonly isOk: true }
  | {
      readonly isOk: false;
      /** Kind of failure, such as `credentials`. */
      readonly category: string;
      readonly status?: number;
      readonly message: string;
      /** What the app's guide says about failing tests. */
      readonly hint: string;
    };

/** What a restart forgets. `full` = position, links and stored failures. */
export type RestartScope = 'watermark' | 'escrows' | 'quarantine' | 'full';

/** Runs the jobs of apps: one cycle of an app at a time. */
export interface JobRunner {
  /** @throws {LockstepError} `busy` when a cycle of the app runs, `notFound`, `invalidValue` when it cannot run */
  run(appId: string): Promise<CycleSummary>;
  progress(appId: string): JobProgress | undefined;
  /** What the next cycle would do; sends nothing that writes. */
  plan(idOrName: string): AsyncGenerator<PlannedObject>;
  /** Provisions one object now. */
  provision(
    idOrName: string,
    subject: { readonly objectType: ObjectType; readonly sourceId: string; readonly isDryRun: boolean },
  ): Promise<LogRecord>;
  test(idOrName: string): Promise<ConnectionResult>;
  /** @throws {LockstepError} `busy` while a cycle runs */
  restart(appId: string, scopes: readonly RestartScope[]): Promise<void>;
  /** Told what cycles tell. Returns how to stop listening. */
  onEvent(listener: (event: CycleEvent) => void): () => void;
  /** Ends running cycles in good order, to be resumed at the next start, and waits for that. */
  stop(): Promise<void>;
}

/** Small texts of the installation, by name. */
export interface SettingStore {
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

export interface JobRunnerOptions {
  readonly apps: AppService;
  readonly settings: SettingStore;
  readonly store: EngineStore;
  readonly directory: Directory;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly defaultDomain?: string | undefined;
  readonly concurrency: number;
}

/** A single process holds the database, so a job left leased by a crash may be taken up again at once. */
const HOLDER = 'lockstep';

/** A job made ready to run, remembered until its app changes. */
interface ReadyJob {
  readonly modifiedMs: number;
  readonly job: CompiledJob;
  readonly client: ScimClient;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { apps, store, clock } = options;
  const ready = new Map<string, ReadyJob>();
  const running = new Map<string, Promise<CycleSummary>>();
  const progress = new Map<string, JobProgress>();
  const listeners = new Set<(event: CycleEvent) => void>();
  let isStopping = false;

  apps.onChange((appId) => ready.delete(appId));

  const tell = (event: CycleEvent): void => {
    if (event.kind === 'progress') {
      const known = progress.get(event.jobId);
      if (known !== undefined)
        progress.set(event.jobId, { ...known, done: event.done, total: event.total, counts: event.counts });
    } else if (event.kind === 'started') {
      const { cycleId, cycle } = event;
      const fresh = { cycleId, kind: cycle, startedMs: clock.nowMs(), done: 0, total: 0, counts: undefined };
      progress.set(event.jobId, fresh);
    }
    for (const listener of listeners) listener(event);
  };

  const open = async (idOrName: string): Promise<ReadyJob> => {
    const app = await apps.find(idOrName);
    const known = ready.get(app.id);
    if (known !== undefined && known.modifiedMs === app.modifiedMs) return known;
    const client = openClient(app.definition, await apps.secret(app), options);
    const made = { modifiedMs: app.modifiedMs, job: compileJob(app.definition), client };
    ready.set(app.id, made);
    return made;
  };

  const portsFor = (client: ScimClient): CyclePorts => ({
    store,
    directory: options.directory,
    client,
    clock,
    random: options.random,
    holder: HOLDER,
    isStopping: () => isStopping,
    onEvent: tell,
    concurrency: options.concurrency,
    ...(options.defaultDomain === undefined ? {} : { defaultDomain: options.defaultDomain }),
  });

  const runNow = async (appId: string): Promise<CycleSummary> => {
    const { job, client } = await open(appId);
    await forgetOutdated(job.definition, options);
    try {
      return await runCycle(job, portsFor(client));
    } finally {
      progress.delete(appId);
    }
  };

  return {
    run: (appId) => {
      if (isStopping) return Promise.reject(new LockstepError('stopping', 'the server is stopping'));
      if (running.has(appId)) return Promise.reject(new LockstepError('busy', 'a cycle of this app is running'));
      const cycle = runNow(appId).finally(() => running.delete(appId));
      running.set(appId, cycle);
      return cycle;
    },
    progress: (appId) => progress.get(appId),
    plan: async function* (idOrName) {
      const { job, client } = await open(idOrName);
      yield* planCycle(job, portsFor(client));
    },
    provision: async (idOrName, subject) => {
      const { job, client } = await open(idOrName);
      return provisionOnDemand(job, portsFor(client), subject);
    },
    test: async (idOrName) => {
      const app = await apps.find(idOrName);
      return testConnection(app, async () => (await open(app.id)).client, options.random);
    },
    restart: async (appId, scopes) => {
      if (running.has(appId))
        throw new LockstepError('busy', 'a cycle of this app is running; restart it when it has ended');
      const isFull = scopes.includes('full');
      await store.reset(appId, {
        watermark: isFull || scopes.includes('watermark'),
        links: isFull,
        escrows: isFull || scopes.includes('escrows'),
      });
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      isStopping = true;
      await Promise.allSettled(running.values());
    },
  };
}

/**
 * Forgets what a job knows that its definition has outdated: other mappings or another scope need a pass through the whole
 * directory, another target also knows other accounts. Remembered in the database, so that a crash in between repeats it.
 */
async function forgetOutdated(definition: JobDefinition, options: JobRunnerOptions): Promise<void> {
  const { id, tenantUrl, scope, users, groups } = definition;
  const name = `jobShape:${id}`;
  const shape = JSON.stringify({ tenantUrl, scope, users, groups });
  const known = await options.settings.setting(name);
  if (known === shape) return;
  if (known !== undefined) {
    const before: unknown = JSON.parse(known);
    const isSameTarget = isJsonObject(before) && before['tenantUrl'] === tenantUrl;
    await options.store.reset(id, { watermark: true, links: !isSameTarget, escrows: true });
  }
  await options.settings.saveSetting(name, shape);
}

function openClient(definition: JobDefinition, token: string, options: JobRunnerOptions): ScimClient {
  const { rate } = definition;
  try {
    return createScimClient({
      baseUrl: definition.tenantUrl,
      token,
      fetch: options.fetch,
      clock: options.clock,
      random: () => options.random.fraction(),
      patchShape: definition.dialect,
      ...(rate === undefined ? {} : { pace: createPace(rate.requestsPerSecond, options.clock) }),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw new LockstepError('invalidValue', `tenantUrl: ${why}`, { cause: error });
  }
}

async function testConnection(app: App, open: () => Promise<ScimClient>, random: Random): Promise<ConnectionResult> {
  const { definition } = app;
  const hint = templateOf(definition)?.connection.testFailureHint ?? '';
  const matching = definition.users.mappings
    .filter((row) => row.matchingPrecedence !== undefined)
    .toSorted((a, b) => (a.matchingPrecedence ?? 0) - (b.matchingPrecedence ?? 0));
  try {
    const client = await open();
    const result = await client.testConnection(matching[0]?.target ?? 'userName', random.guid());
    return result.kind === 'ok' ? { isOk: true } : toFailure(result.error, hint);
  } catch (error) {
    if (error instanceof TargetError) return toFailure(error, hint);
    if (error instanceof LockstepError || error instanceof ScimError)
      return { isOk: false, category: error.code, message: error.message, hint };
    throw error;
  }
}

function toFailure(error: TargetError, hint: string): ConnectionResult {
  const { category, status, message } = error;
  return { isOk: false, category, message, hint, ...(status === undefined ? {} : { status }) };
}

function templateOf(definition: JobDefinition): AppTemplate | undefined {
  return Object.values(templates).find((template) => template.id === definition.template);
}
