import type { Clock, Random } from '@lockstep/engine/ports';
import type { Provider } from '@lockstep/provider';
import type { Store } from '@lockstep/store';
import type { AppService } from '../apps/app-service.ts';
import type { JobRunner } from '../apps/job-runner.ts';
import type { DirectoryService } from '../directory/directory-service.ts';
import type { Scheduler } from '../schedule/scheduler.ts';
import type { ApiKey } from '../secrets/api-key.ts';
import type { Settings } from '../settings/read-settings.ts';
import type { Upkeep } from '../upkeep/upkeep-service.ts';
import type { WebhookService } from '../webhook/webhook-service.ts';

/** Everything a running server is made of; the admin API and whoever runs the server in process work with it. */
export interface Services {
  readonly settings: Settings;
  readonly store: Store;
  readonly provider: Provider;
  readonly directory: DirectoryService;
  readonly apps: AppService;
  readonly jobs: JobRunner;
  readonly scheduler: Scheduler;
  readonly webhooks: WebhookService;
  readonly upkeep: Upkeep;
  readonly apiKey: ApiKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly startedMs: number;
  /** Address that users and apps reach this server by, without a slash at the end. */
  publicUrl(): string;
  /** Told of failures that are nobody's fault outside. Must get no secret. */
  report(message: string, error?: unknown): void;
}
