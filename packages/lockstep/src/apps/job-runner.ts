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
import type { CycleSummary, Directory, EngineStore, LogRecord, ObjectType } from '@lockstep/engine/ports';
import { isJsonObject } from '@lockstep/scim';
import type { ScimClient } from '@lockstep/scim/client';
import { LockstepError } from '../lockstep-error.ts';
import type { AppService } from './app-service.ts';
import { createProgressBoard, type JobProgress } from './job-progress.ts';
import { type ClientPorts, type ConnectionResult, openClient, testConnection } from './open-client.ts';

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

export interface JobRunnerOptions extends ClientPorts {
  readonly apps: AppService;
  readonly settings: SettingStore;
  readonly store: EngineStore;
  readonly directory: Directory;
  readonly defaultDomain?: string | undefined;
  readonly concurrency: number;
  /** Name of this process in the leases of jobs. */
  readonly holder: string;
}

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { apps } = options;
  const open = createJobOpener(options);
  const board = createProgressBoard(options.clock);
  const running = new Map<string, Promise<CycleSummary>>();
  let isStopping = false;

  const portsFor = (client: ScimClient): CyclePorts =>
    cyclePorts(client, options, { isStopping: () => isStopping, onEvent: board.note });

  const runNow = async (appId: string): Promise<CycleSummary> => {
    const { job, client } = await open(appId);
    await forgetOutdated(job.definition, options);
    try {
      return await runCycle(job, portsFor(client));
    } finally {
      board.clear(appId);
    }
  };

  return {
    run: async (appId) => {
      if (isStopping) throw new LockstepError('stopping', 'the server is stopping');
      if (running.has(appId)) throw new LockstepError('busy', 'a cycle of this app is running');
      const cycle = runNow(appId).finally(() => running.delete(appId));
      running.set(appId, cycle);
      return cycle;
    },
    progress: board.of,
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
      return testConnection(app.definition, () => apps.secret(app), options);
    },
    restart: async (appId, scopes) => {
      if (running.has(appId)) {
        throw new LockstepError('busy', 'a cycle of this app is running; restart it when that has ended');
      }
      await options.store.reset(appId, resetOf(scopes));
    },
    onEvent: board.onEvent,
    stop: async () => {
      isStopping = true;
      await Promise.allSettled(running.values());
    },
  };
}

/** A job made ready to run, remembered until its app changes. */
interface ReadyJob {
  readonly modifiedMs: number;
  readonly job: CompiledJob;
  readonly client: ScimClient;
}

function createJobOpener(options: JobRunnerOptions): (idOrName: string) => Promise<ReadyJob> {
  const { apps } = options;
  const ready = new Map<string, ReadyJob>();
  apps.onChange((appId) => ready.delete(appId));
  return async (idOrName) => {
    const app = await apps.find(idOrName);
    const known = ready.get(app.id);
    if (known !== undefined && known.modifiedMs === app.modifiedMs) return known;
    const client = openClient(app.definition, await apps.secret(app), options);
    const made = { modifiedMs: app.modifiedMs, job: compileJob(app.definition), client };
    ready.set(app.id, made);
    return made;
  };
}

function cyclePorts(
  client: ScimClient,
  options: JobRunnerOptions,
  ways: Pick<CyclePorts, 'isStopping' | 'onEvent'>,
): CyclePorts {
  const { store, directory, clock, random, concurrency, defaultDomain } = options;
  const shared = { store, directory, client, clock, random, concurrency, holder: options.holder, ...ways };
  return defaultDomain === undefined ? shared : { ...shared, defaultDomain };
}

function resetOf(scopes: readonly RestartScope[]): Parameters<EngineStore['reset']>[1] {
  const isFull = scopes.includes('full');
  return {
    watermark: isFull || scopes.includes('watermark'),
    links: isFull,
    escrows: isFull || scopes.includes('escrows'),
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
