export { type Database, UniqueViolation } from './database/database.ts';
export { NewerSchema } from './database/migrate.ts';
export { openPostgres, type PostgresOptions } from './database/postgres-database.ts';
export { DatabaseInUse, openSqlite, type SqliteOptions } from './database/sqlite-database.ts';
export type { AppRecord, AppRole, Assignment, AssignmentChange } from './directory/app-operations.ts';
export type { AppStore } from './directory/app-store.ts';
export { openPostgresStore, openSqliteStore, openStore, type Store } from './open-store.ts';
export type { DeadLetter, FailedAttempt, Webhook, WebhookStore } from './tenant/webhook-store.ts';
