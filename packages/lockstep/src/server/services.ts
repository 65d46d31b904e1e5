import type { Clock, Random } from '@lockstep/engine/ports';
import type { Provider } from '@lockstep/provider';
import type { Store } from '@lockstep/store';
import type { AppService } from '../apps/app-service.ts';
import type { JobRunner } from '../apps/job-runner.ts';
import type { Previews } from '../apps/previews.ts';
import type { AuditService } from '../audit/audit-service.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import type { FeedService } from '../directory/feed-service.ts';
import type { DiscoveryService } from '../discovery/discovery-service.ts';
import type { DriftService } from '../drift/drift-service.ts';
import type { Explainer } from '../explain/explain-service.ts';
import type { FirstRun } from '../first-run/first-run-service.ts';
import type { SampleLoader } from '../first-run/sample-loader.ts';
import type { MailService } from '../mail/mail-service.ts';
import type { FetchListener } from '../observe/traced-fetch.ts';
import type { PeopleParts } from '../people/open-people.ts';
import type { PlanService } from '../plans/plan-service.ts';
import type { RequestLogService } from '../request-log/request-log-service.ts';
import type { Scheduler } from '../schedule/scheduler.ts';
import type { ApiKey } from '../secrets/api-key.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { Settings } from '../settings/read-settings.ts';
import type { ServerSettings } from '../settings/server-settings.ts';
import type { ConsoleSignIn } from '../sso/console-sign-in.ts';
import type { SsoService } from '../sso/sso-service.ts';
import type { Upkeep } from '../upkeep/upkeep-service.ts';
import type { WebhookService } from '../webhook/webhook-service.ts';

/** Everything a running server is made of; the admin API and whoever runs the server in process work with it. */
export interface Services {
  readonly settings: Settings;
  readonly serverSettings: ServerSettings;
  readonly store: Store;
  readonly provider: Provider;
  readonly directory: DirectoryService;
  readonly feeds: FeedService;
  readonly apps: AppService;
  readonly jobs: JobRunner;
  readonly previews: Previews;
  readonly explainer: Explainer;
  readonly scheduler: Scheduler;
  readonly webhooks: WebhookService;
  readonly requestLog: RequestLogService;
  readonly upkeep: Upkeep;
  readonly mail: MailService;
  readonly audit: AuditService;
  readonly peopleParts: PeopleParts;
  readonly sso: SsoService;
  readonly consoleSignIn: ConsoleSignIn;
  readonly plans: PlanService;
  readonly discovery: DiscoveryService;
  readonly drift: DriftService;
  readonly firstRun: FirstRun;
  readonly sampleLoader: SampleLoader;
  readonly apiKey: ApiKey;
  readonly keyRing: KeyRing;
  readonly clock: Clock;
  readonly random: Random;
  readonly startedMs: number;
  /** Address that users and apps reach this server by, without a slash at the end. */
  publicUrl(): string;
  /** Where the engine finds this very server, for apps that are served here; without a slash at the end. */
  appsUrl(): string;
  /** Whoever measures how fast apps answer puts itself here. */
  onFetch(listener: FetchListener): void;
  /** Told of failures that are nobody's fault outside. Must get no secret. */
  report(message: string, error?: unknown): void;
}
