import {
  type CompiledJob,
  type CycleEvent,
  type CyclePorts,
  changeLife,
  compileJob,
  countOrphans,
  type JobDefinition,
  type Orphans,
  type PlannedObject,
  planCycle,
  provisionOnDemand,
  type RestartScope,
  runCycle,
} from '@lockstep/engine';
import type { CycleSummary, Directory, EngineStore, JobLife, LogRecord, ObjectType } from '@lockstep/engine/ports';
import { isJsonObject } from '@lockstep/scim';
import { createAdaptivePace, type ScimClient } from '@lockstep/scim/client';
import { LockstepError } from '../lockstep-error.ts';
import type { App, AppService } from './app-service.ts';
import { breakLink, type LookAgain } from './break-link.ts';
import { changed, decide, restartJob } from './job-life.ts';
import { createProgressBoard, type JobProgress } from './job-progress.ts';
import { type ClientPorts, type ConnectionResult, openClient, testConnection } from './open-client.ts';
import { refuseOtherServer } from './same-server.ts';

export type { RestartScope } from '@lockstep/engine';

/** What a restart asks for. */
export interface RestartRequest {
  readonly scopes: readonly RestartScope[];
  /** How many linked accounts a full restart would leave without a person, as `orphans` counts them. */
  readonly confirmOrphans?: number | undefined;
}

/** Runs the jobs of apps: one cycle of an app at a time. */
export interface JobRunner {
  /** @throws {LockstepError} `busy` when a cycle of the app runs, `notFound`, `invalidValue` when it cannot run */
  run(appId: string): Promise<CycleSummary>;
  /**
   * Does something else with the job and its app; `isExclusive` when no cycle may run beside it.
   * @throws {LockstepError} `busy`, `notFound`, `invalidValue` when the app has no token
   */
  use<T>(
    appId: string,
    ways: { readonly isExclusive: boolean },
    work: (job: CompiledJob, ports: CyclePorts) => Promise<T>,
  ): Promise<T>;
  progress(appId: string): JobProgress | undefined;
  /** What the next cycle would do; sends nothing that writes. */
  plan(idOrName: string): AsyncGenerator<PlannedObject>;
  /** What a pass through everybody would do if the job were as given; sends nothing that writes. */
  planChange(definition: JobDefinition): AsyncGenerator<PlannedObject>;
  /** Provisions one object now. */
  provision(
    idOrName: string,
    subject: { readonly objectType: ObjectType; readonly sourceId: string; readonly isDryRun: boolean },
  ): Promise<LogRecord>;
  test(idOrName: string, unsaved?: UnsavedConnection): Promise<ConnectionResult>;
  /** Lets the schedule go on from where it stood; lifts a quarantine. */
  start(appId: string): Promise<JobLife>;
  /** A cycle that runs still runs to its end; no further one begins by itself. */
  pause(appId: string): Promise<JobLife>;
  /**
   * @throws {LockstepError} `busy` while a cycle runs, `conflict` when a full restart would orphan accounts and their
   * number is not confirmed
   */
  restart(appId: string, request: RestartRequest): Promise<void>;
  /** Linked accounts that a full restart would leave without a person (rule LIFE-5). */
  orphans(appId: string): Promise<Orphans>;
  /** Decides about removals that wait; without ids about all. Gives how many there were. */
  decide(appId: string, decision: RemovalDecision): Promise<number>;
  /**
   * Forgets which account belongs to a person or group; neither of them is touched, and the next cycle matches anew.
   * @throws {LockstepError} `conflict` unless the job is paused or disabled (rule LIFE-1), `busy` while a cycle runs
   */
  breakLink(appId: string, subject: { readonly objectType: ObjectType; readonly sourceId: string }): Promise<void>;
  /** Told what cycles tell. Returns how to stop listening. */
  onEvent(listener: (event: CycleEvent) => void): () => void;
  /** Ends running cycles in good order, to be resumed at the next start, and waits for that. */
  stop(): Promise<void>;
}

/** What an administrator typed and did not save yet. */
export interface UnsavedConnection {
  readonly tenantUrl?: string;
  readonly secretToken?: string;
}

/** A person's word about removals that wait. */
export interface RemovalDecision {
  readonly state: 'approved' | 'rejected';
  readonly ids?: readonly string[] | undefined;
}

/** Small texts of the installation, by name, and how an object gets before a job again. */
export interface SettingStore extends LookAgain {
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
  const running = new Map<string, Promise<unknown>>();
  let isStopping = false;

  const portsFor = (ready: ReadyJob): CyclePorts =>
    cyclePorts(ready, options, { isStopping: () => isStopping, onEvent: board.note });

  const runNow = async (appId: string): Promise<CycleSummary> => {
    const ready = await open(appId);
    await forgetOutdated(ready.job.definition, options);
    try {
      return await runCycle(ready.job, portsFor(ready));
    } finally {
      board.clear(appId);
    }
  };

  const orphans = async (appId: string): Promise<Orphans> => {
    const app = await apps.find(appId);
    return countOrphans(compileJob(app.definition), options);
  };

  return {
    run: async (appId) => {
      if (isStopping) throw new LockstepError('stopping', 'the server is stopping');
      if (running.has(appId)) throw new LockstepError('busy', 'a cycle of this app is running');
      const cycle = runNow(appId).finally(() => running.delete(appId));
      running.set(appId, cycle);
      return cycle;
    },
    use: async (appId, ways, work) => {
      if (isStopping) throw new LockstepError('stopping', 'the server is stopping');
      if (ways.isExclusive && running.has(appId)) {
        throw new LockstepError('busy', 'a cycle of this app is running; try again when it has ended');
      }
      const ready = await open(appId);
      const done = work(ready.job, portsFor(ready));
      // A stop waits for what looks at apps, too; each has a place of its own, so that none ends another's.
      const place = ways.isExclusive ? appId : `${appId} ${options.random.guid()}`;
      running.set(place, done);
      return done.finally(() => running.delete(place));
    },
    progress: board.of,
    plan: async function* (idOrName) {
      const ready = await open(idOrName);
      yield* planCycle(ready.job, portsFor(ready));
    },
    planChange: async function* (definition) {
      const secret = await apps.secret(await apps.find(definition.id));
      const client = openClient(definition, secret, options);
      const job = compileJob(definition);
      const ports = portsFor({ modifiedMs: 0, job, client, tracedClient: () => client });
      const state: EngineStore['state'] = async (id) => ({ ...(await options.store.state(id)), kind: 'initial' });
      yield* planCycle(job, { ...ports, store: { ...ports.store, state } });
    },
    provision: async (idOrName, subject) => {
      const ready = await open(idOrName);
      return provisionOnDemand(ready.job, portsFor(ready), subject);
    },
    test: async (idOrName, unsaved = {}) => {
      const app = await apps.find(idOrName);
      const definition = { ...app.definition, ...tenantUrlOf(unsaved) };
      return testConnection(definition, () => tokenFor(app, unsaved, apps), options);
    },
    start: (appId) => changed(options.store, appId, 'start'),
    pause: (appId) => changed(options.store, appId, 'pause'),
    restart: async (appId, request) => {
      if (running.has(appId)) {
        throw new LockstepError('busy', 'a cycle of this app is running; restart it when that has ended');
      }
      await restartJob(appId, request, { store: options.store, orphans: () => orphans(appId) });
    },
    orphans,
    decide: (appId, decision) => decide(options.store, appId, decision),
    breakLink: async (appId, subject) => {
      const app = await apps.find(appId);
      if (running.has(appId))
        throw new LockstepError('busy', 'a cycle of this app is running; try again when it has ended');
      const done = breakLink(app, subject, options);
      running.set(appId, done);
      await done.finally(() => running.delete(appId));
    },
    onEvent: board.onEvent,
    stop: async () => {
      isStopping = true;
      await Promise.allSettled(running.values());
    },
  };
}

function tenantUrlOf({ tenantUrl }: UnsavedConnection): { readonly tenantUrl?: string } {
  return tenantUrl === undefined ? {} : { tenantUrl };
}

/** The stored token never goes to a server it was not entered for. */
async function tokenFor(app: App, unsaved: UnsavedConnection, apps: AppService): Promise<string> {
  const { tenantUrl, secretToken } = unsaved;
  if (secretToken !== undefined) return secretToken;
  if (tenantUrl !== undefined) refuseOtherServer(app.definition.tenantUrl, tenantUrl);
  return apps.secret(app);
}

/** A job made ready to run, remembered until its app changes. */
interface ReadyJob {
  readonly modifiedMs: number;
  readonly job: CompiledJob;
  readonly client: ScimClient;
  readonly tracedClient: NonNullable<CyclePorts['tracedClient']>;
}

function createJobOpener(options: JobRunnerOptions): (idOrName: string) => Promise<ReadyJob> {
  const { apps } = options;
  const ready = new Map<string, ReadyJob>();
  apps.onChange((appId) => ready.delete(appId));
  return async (idOrName) => {
    const app = await apps.find(idOrName);
    const known = ready.get(app.id);
    if (known !== undefined && known.modifiedMs === app.modifiedMs) return known;
    const secret = await apps.secret(app);
    const { rate } = app.definition;
    // Every client of the app keeps to one pace.
    const limit = rate === undefined ? {} : { rateMax: rate.requestsPerSecond };
    const pace = createAdaptivePace({ clock: options.clock, widthMax: options.concurrency, ...limit });
    const client = openClient(app.definition, secret, { ...options, pace });
    const tracedClient: ReadyJob['tracedClient'] = (onExchange, beforeWrite) =>
      openClient(app.definition, secret, { ...options, pace, onExchange, beforeWrite });
    const made = { modifiedMs: app.modifiedMs, job: compileJob(app.definition), client, tracedClient };
    ready.set(app.id, made);
    return made;
  };
}

function cyclePorts(
  { client, tracedClient }: ReadyJob,
  options: JobRunnerOptions,
  ways: Pick<CyclePorts, 'isStopping' | 'onEvent'>,
): CyclePorts {
  const { store, directory, clock, random, concurrency, defaultDomain } = options;
  const shared = {
    store,
    directory,
    client,
    tracedClient,
    clock,
    random,
    concurrency,
    holder: options.holder,
    ...ways,
  };
  return defaultDomain === undefined ? shared : { ...shared, defaultDomain };
}

/**
 * Forgets what a job knows that its definition has outdated: other mappings or another scope need a pass through the whole
 * directory, another target also knows other accounts. Remembered in the database, so that a crash in between repeats it.
 */
async function forgetOutdated(definition: JobDefinition, options: JobRunnerOptions): Promise<void> {
  const { id, tenantUrl, scope, users, groups, expressionMode, nestedGroups } = definition;
  const name = `jobShape:${id}`;
  const shape = JSON.stringify({ tenantUrl, scope, users, groups, expressionMode, nestedGroups });
  const known = await options.settings.setting(name);
  if (known === shape) return;
  if (known !== undefined) {
    const before: unknown = JSON.parse(known);
    const isSameTarget = isJsonObject(before) && before['tenantUrl'] === tenantUrl;
    await options.store.reset(id, { watermark: true, links: !isSameTarget, escrows: true });
    // Another configuration deserves another try; whoever paused the job still wants it paused.
    await options.store.changeLife(id, (life) =>
      life.state === 'Quarantine' ? changeLife(life, { event: 'start' }) : life,
    );
  }
  await options.settings.saveSetting(name, shape);
}
