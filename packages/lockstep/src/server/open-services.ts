import { hash, randomBytes } from 'node:crypto';
import { JobBusyError } from '@lockstep/engine';
import { profiles } from '@lockstep/gallery';
import { createProvider } from '@lockstep/provider';
import type { Store } from '@lockstep/store';
import { type App, createAppService } from '../apps/app-service.ts';
import { createJobRunner } from '../apps/job-runner.ts';
import { createPreviews } from '../apps/previews.ts';
import { createAuditService } from '../audit/audit-service.ts';
import { createDirectoryService } from '../directory/directory-service.ts';
import { createFeedService } from '../directory/feed-service.ts';
import { createDiscoveryService } from '../discovery/discovery-service.ts';
import { createDriftService } from '../drift/drift-service.ts';
import { createExplainer } from '../explain/explain-service.ts';
import { createFirstRun } from '../first-run/first-run-service.ts';
import { createSampleLoader } from '../first-run/sample-loader.ts';
import { LockstepError } from '../lockstep-error.ts';
import { createMailOutlet } from '../mail/mail-outlet.ts';
import { createMailService } from '../mail/mail-service.ts';
import { createMissedEvents } from '../mail/missed-events.ts';
import { type FetchListener, tracedFetch } from '../observe/traced-fetch.ts';
import { createFetch } from '../outgoing/create-fetch.ts';
import { type OutgoingRule, readOutgoingRule } from '../outgoing/outgoing-rule.ts';
import { openPeople } from '../people/open-people.ts';
import { createPlanService } from '../plans/plan-service.ts';
import { createRequestLog } from '../request-log/request-log-service.ts';
import type { Timetable } from '../schedule/cycle-slot.ts';
import { type LogPruner, startLogPruner } from '../schedule/prune-log.ts';
import { createScheduler } from '../schedule/scheduler.ts';
import { openApiKey } from '../secrets/api-key.ts';
import { type KeyRing, openKeyRing } from '../secrets/key-ring.ts';
import { requireRightKey, rotateSecrets } from '../secrets/rotate-secrets.ts';
import { createSecretBox } from '../secrets/secret-box.ts';
import { keepFresh } from '../settings/keep-fresh.ts';
import type { Settings } from '../settings/read-settings.ts';
import { openServerSettings, type ServerSettings } from '../settings/server-settings.ts';
import { createConsoleSignIn } from '../sso/console-sign-in.ts';
import { createSsoService } from '../sso/sso-service.ts';
import { systemClock, systemRandom } from '../system-clock.ts';
import { createUpkeep } from '../upkeep/upkeep-service.ts';
import { createWebhookService } from '../webhook/webhook-service.ts';
import { choresOf } from './chores.ts';
import { openStore } from './open-store.ts';
import type { Services } from './services.ts';
import { sharedTimetable, timetableOf } from './timetable.ts';

/** The services with how to end them. */
export interface OpenServices {
  readonly services: Services;
  /** Writes what is still in memory and closes the database; cycles have to have ended. */
  close(): Promise<void>;
}

export interface OpenServicesOptions {
  readonly settings: Settings;
  /** Address that is listened on: what users reach the server by as long as no other is set. */
  readonly listenUrl: () => string;
  readonly report: Services['report'];
  /**
   * `worker`: only the schedule and its cycles; keys are read and never made, and what a server does for itself is left to
   * the servers. Default `server`.
   */
  readonly role?: 'server' | 'worker';
}

/**
 * Opens the data folder and puts the services together.
 *
 * @throws {LockstepError} `dataInUse`, `newerSchema` or `badSetting`
 */
export async function openServices(options: OpenServicesOptions): Promise<OpenServices> {
  const { settings, report } = options;
  const rule = readOutgoingRule(settings.outgoing);
  const store = await openStore(settings);
  try {
    const isWorker = options.role === 'worker';
    const keyRing = openKeyRing(settings.masterKeyFile, { mayMake: settings.ownsMasterKey && !isWorker });
    await requireRightKey(keyRing, store.sealed, settings.masterKeyFile);
    if (!isWorker) await finishRotation(keyRing, store, report);
    const secrets = createSecretBox(keyRing);
    const apiKey = isWorker ? NO_KEY : await openApiKey(settings.dataFolder, store.apps);
    const outgoing = createFetch({ rule });
    let onFetch: FetchListener = () => undefined;
    const fetch = tracedFetch(
      outgoing.fetch,
      (facts) => onFetch(facts),
      () => performance.now(),
    );
    const serverSettings = await openServerSettings({
      store: store.serverSettings,
      settings,
      secrets,
      nowMs: systemClock.nowMs,
    });
    const publicUrl = (): string => serverSettings.effective().publicUrl ?? options.listenUrl();
    const base = { store, settings, serverSettings, secrets, fetch, rule, report, publicUrl, isWorker };
    const { logPruner, ...parts } = buildParts(base);
    // One process reaches itself without a way around; with several, the engine may run on another machine.
    const appsUrl = settings.database === 'sqlite' ? options.listenUrl : publicUrl;
    const { scheduler } = parts;
    const sampleLoader = createSampleLoader({
      targets: { ...parts, store, appsUrl },
      runNow: scheduler.runNow,
      report,
    });
    const stopLooking = lookForOtherSettings(serverSettings, options);
    const services: Services = {
      ...parts,
      settings,
      serverSettings,
      firstRun: createFirstRun({ ...parts, store }),
      sampleLoader,
      appsUrl,
      store,
      apiKey,
      keyRing,
      clock: systemClock,
      random: systemRandom,
      startedMs: systemClock.nowMs(),
      publicUrl,
      onFetch: (listener) => {
        onFetch = listener;
      },
      report,
    };
    return {
      services,
      close: async () => {
        await stopLooking();
        await sampleLoader.settled();
        await logPruner.stop();
        await outgoing.close();
        await parts.provider.flush();
        await parts.requestLog.flush();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

const SETTINGS_EVERY_MS = 5_000;

/** Where several processes share a database, another one may have changed the settings; one alone knows its own changes. */
function lookForOtherSettings(
  { refresh }: ServerSettings,
  { settings, report }: Pick<OpenServicesOptions, 'settings' | 'report'>,
): () => Promise<void> {
  if (settings.database === 'sqlite') return () => Promise.resolve();
  const onFailure = (error: unknown): void => report('settings of the server could not be read', error);
  return keepFresh({ refresh, everyMs: SETTINGS_EVERY_MS, after: afterMs, onFailure });
}

function afterMs(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
}

/** As `afterMs`, and keeps the process alive until then. */
function heldAfterMs(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** A worker has no admin API, so no key opens it. */
const NO_KEY: Services['apiKey'] = { matches: () => false };

/** A change of the master key that was broken off is brought to its end before anything else. */
async function finishRotation(keyRing: KeyRing, store: Store, report: Services['report']): Promise<void> {
  if (keyRing.standing().nextKeyId === undefined) return;
  try {
    await rotateSecrets(keyRing, store.sealed, systemClock);
  } catch (error) {
    // Both keys open what they sealed, so the server works; the change goes on with the command or the next start.
    if (!(error instanceof LockstepError)) throw error;
    report('the change of the master key is not at its end', error);
  }
}

interface PartOptions {
  readonly store: Store;
  readonly settings: Settings;
  readonly serverSettings: ServerSettings;
  readonly secrets: ReturnType<typeof createSecretBox>;
  readonly fetch: ReturnType<typeof createFetch>['fetch'];
  readonly rule: OutgoingRule;
  readonly report: Services['report'];
  readonly publicUrl: () => string;
  readonly isWorker: boolean;
}

function buildParts(options: PartOptions): Pick<
  Services,
  | 'provider'
  | 'directory'
  | 'feeds'
  | 'apps'
  | 'jobs'
  | 'previews'
  | 'explainer'
  | 'scheduler'
  | 'webhooks'
  | 'requestLog'
  | 'upkeep'
  | 'mail'
  | 'audit'
  | 'plans'
  | 'discovery'
  | 'drift'
  | 'peopleParts'
  | 'sso'
  | 'consoleSignIn'
> & {
  readonly logPruner: LogPruner;
} {
  const { store, settings, report } = options;
  const [clock, random] = [systemClock, systemRandom];
  const requestLog = createRequestLog({
    requests: store.requests,
    tenants: store.tenants,
    mode: settings.requestLog,
    retentionDays: settings.requestRetentionDays,
    keep: settings.requestsKept,
    nowMs: clock.nowMs,
    report,
  });
  const provider = createProvider({
    profiles: Object.values(profiles),
    realms: store.realms,
    tenants: store.tenants,
    nowMs: clock.nowMs,
    newId: random.guid,
    randomBytes,
    hashText: (text) => hash('sha256', text),
    trustedProxies: settings.trustedProxies,
    onExchange: requestLog.note,
    onExchangeLeftOut: requestLog.leaveOut,
    requestLog: settings.requestLog,
    onFailure: (error, request) => report(`${request.method} of a SCIM client failed`, error),
  });
  const directory = createDirectoryService({
    realms: store.realms,
    groups: store.groups,
    realm: store.directoryRealm,
    clock,
    random,
  });
  const feeds = createFeedService({
    directory,
    feeds: store.feeds,
    nowMs: clock.nowMs,
    newId: random.guid,
    report,
  });
  const apps = createAppService({ apps: store.apps, directory, secrets: options.secrets, clock, random });
  const jobs = createJobRunner({
    apps,
    settings: store.apps,
    store: store.engine,
    directory: store.directory,
    fetch: options.fetch,
    clock,
    random,
    defaultDomain: settings.defaultDomain,
    concurrency: settings.concurrency,
    // A job left leased by a crash may be taken up at once where no other process can have it.
    holder: settings.database === 'sqlite' ? 'lockstep' : `lockstep-${random.guid()}`,
  });
  const { defaultDomain } = settings;
  const previews = createPreviews({ directory: store.directory, clock, random, defaultDomain });
  const explainer = createExplainer({
    apps,
    assignments: store.apps,
    groups: store.groups,
    store: store.engine,
    directory: store.directory,
    clock,
    random,
    defaultDomain,
  });
  // One process holds a SQLite file; PostgreSQL is shared.
  const isShared = settings.database !== 'sqlite';
  const head = store.directory.head;
  const timetable = async (app: App): Promise<Timetable> =>
    isShared ? sharedTimetable(app, store, await head()) : timetableOf(app, store);
  const scheduler = createScheduler({
    run: jobs.run,
    timetables: async () => Promise.all((await apps.list()).map(timetable)),
    reread: async (appId) => {
      const app = (await apps.list()).find((one) => one.id === appId);
      return app === undefined ? undefined : timetable(app);
    },
    isShared,
    isElsewhere: (error) => error instanceof JobBusyError,
    ...(isShared ? { head } : {}),
    onLookFailure: (error) => report('what other processes did could not be looked at', error),
    nowMs: clock.nowMs,
    after: heldAfterMs,
    onFailure: (appId, error) => report(`the cycle of app ${appId} could not run`, error),
  });
  const webhooks = createWebhookService({
    store,
    secrets: options.secrets,
    fetch: options.fetch,
    nowMs: clock.nowMs,
    newId: random.guid,
    after: heldAfterMs,
    report,
  });
  const logPruner = startLogPruner({
    store: store.engine,
    nowMs: clock.nowMs,
    retentionDays: options.isWorker ? 0 : settings.logRetentionDays,
    after: afterMs,
    onFailure: (error) => report('old records of the provisioning log could not be removed', error),
  });
  const { effective } = options.serverSettings;
  const mail = createMailService({
    mails: store.mails,
    apps,
    engine: store.engine,
    sending: createMailOutlet(effective, options.rule),
    publicUrl: options.publicUrl,
    nowMs: clock.nowMs,
    report,
  });
  const missed = createMissedEvents({ apps, engine: store.engine, settings: store.apps, mail });
  const audit = createAuditService({
    audit: store.audit,
    retentionDays: settings.auditRetentionDays,
    nowMs: clock.nowMs,
  });
  const peopleParts = openPeople({ store, audit, settings, nowMs: clock.nowMs, newId: random.guid });
  const consoleSignIn = createConsoleSignIn({
    store,
    secrets: options.secrets,
    fetch: options.fetch,
    people: peopleParts,
    audit,
    publicUrl: options.publicUrl,
    nowMs: clock.nowMs,
    newId: random.guid,
  });
  const sso = createSsoService({
    store,
    secrets: options.secrets,
    fetch: options.fetch,
    people: peopleParts,
    audit,
    publicUrl: options.publicUrl,
    nowMs: clock.nowMs,
    newId: random.guid,
    account: provider.admin.account,
    revokeTokensOf: provider.admin.revokeTokensOf,
  });
  const shared = { store, jobs, directory, nowMs: clock.nowMs, newId: random.guid };
  const plans = createPlanService(shared);
  const discovery = createDiscoveryService({ ...shared, apps });
  const drift = createDriftService(shared);
  const upkeep = createUpkeep({
    chores: choresOf({
      missed,
      peopleParts,
      sso,
      store,
      apps,
      mail,
      audit,
      requestLog,
      discovery,
      drift,
      nowMs: clock.nowMs,
      publicUrl: options.publicUrl,
      report,
    }),
    tenants: store.tenants,
    realms: store.realms,
    tombstoneRetentionDays: settings.tombstoneRetentionDays,
    flush: provider.flush,
    nowMs: clock.nowMs,
    after: heldAfterMs,
    report,
  });
  directory.onChange(scheduler.noteChange);
  apps.onChange((appId) => {
    scheduler.refresh(appId).catch((error: unknown) => report(`the schedule of app ${appId} could not be read`, error));
  });
  // Mails of a worker that cannot send them, or does not know where they lead, are made by the servers' catching up.
  const tellsEvents = (): boolean => {
    const { mailServer, publicUrl } = effective();
    return !options.isWorker || (mailServer !== undefined && publicUrl !== undefined);
  };
  jobs.onEvent((event) => {
    if (!tellsEvents()) return;
    missed.listen(event).catch((error: unknown) => report('a mail could not be made', error));
  });
  return {
    provider,
    directory,
    feeds,
    apps,
    jobs,
    previews,
    explainer,
    scheduler,
    webhooks,
    requestLog,
    upkeep,
    mail,
    audit,
    plans,
    discovery,
    drift,
    peopleParts,
    sso,
    consoleSignIn,
    logPruner,
  };
}
