export type { App, AppChange, AppService } from './apps/app-service.ts';
export type { JobRunner } from './apps/job-runner.ts';
export type { DirectoryService } from './directory/directory-service.ts';
export { LockstepError, type LockstepErrorCode } from './lockstep-error.ts';
export type { Services } from './server/services.ts';
export { type RunningServer, type StartOptions, startServer } from './server/start-server.ts';
export { readSettings, type Settings } from './settings/read-settings.ts';
