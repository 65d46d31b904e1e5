export type { AuditDifference, AuditEntry, AuditQuery, AuditStore } from './audit/audit-store.ts';
export { type Database, UniqueViolation } from './database/database.ts';
export type { BoundedCount, Counted, DatabaseFacts } from './database/database-facts.ts';
export { NewerSchema } from './database/migrate.ts';
export { openPostgres, type PostgresOptions } from './database/postgres-database.ts';
export { DatabaseInUse, openSqlite, type SqliteOptions } from './database/sqlite-database.ts';
export type { AppAssignment, AppRecord, AppRole, Assignment, AssignmentChange } from './directory/app-operations.ts';
export type { AppStore } from './directory/app-store.ts';
export type { GroupAround, GroupPage, GroupStore, InheritedMember, NamedGroup } from './directory/group-store.ts';
export type { Expiry, ExpiryPlace, ExpirySource, ExpiryStore } from './expiry/expiry-store.ts';
export type { EndedRun, FeedRefusal, FeedRun, FeedStore, StoredFeed } from './feed/feed-store.ts';
export type { Finding, FindingQuery, FindingStore, Scan, ScanKind } from './job/finding-store.ts';
export type { KeptItem, KeptPlan, KeptPlanKind, KeptPlanState, PlanStore } from './job/plan-store.ts';
export type { MailContent, MailOutcome, MailStore, StoredMail } from './mail/mail-store.ts';
export { openPostgresStore, openSqliteStore, openStore, type Store } from './open-store.ts';
export type { Attempts, PersonChange, PersonStore, StoredApiKey, StoredPerson } from './people/person-store.ts';
export type { PortalStore, StoredPortalAdmin, StoredSetupLink } from './people/portal-store.ts';
export type { SessionOwner, SessionStore, StoredSession } from './people/session-store.ts';
export type {
  AccountKey,
  OnceValue,
  SignInAccount,
  SignInState,
  SignInStore,
  StoredConnection,
  StoredPin,
} from './people/sign-in-store.ts';
export {
  type Rotated,
  type SealedChange,
  type SealedKind,
  type SealedRow,
  type SealedStore,
  sealedKinds,
} from './sealed/sealed-store.ts';
export type { ServerSettingChange, ServerSettingStore, StoredServerSetting } from './settings/server-setting-store.ts';
export type {
  RequestBatch,
  RequestQuery,
  RequestStanding,
  RequestStore,
  StoredRequest,
} from './tenant/request-store.ts';
export type { DeadLetter, FailedAttempt, Webhook, WebhookStore } from './tenant/webhook-store.ts';
