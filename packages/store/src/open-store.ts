import type { Directory, EngineStore } from '@lockstep/engine/ports';
import type { RealmKey, RealmStore, TenantStore } from '@lockstep/provider/ports';
import { type AuditStore, createAuditStore } from './audit/audit-store.ts';
import type { Database } from './database/database.ts';
import { type DatabaseFacts, readDatabaseFacts } from './database/database-facts.ts';
import { migrate } from './database/migrate.ts';
import { openPostgres, type PostgresOptions } from './database/postgres-database.ts';
import { openSqlite, type SqliteOptions } from './database/sqlite-database.ts';
import { type AppStore, createAppStore } from './directory/app-store.ts';
import { createDirectory } from './directory/directory.ts';
import { createGroupStore, type GroupStore } from './directory/group-store.ts';
import { createExpiryStore, type ExpiryStore } from './expiry/expiry-store.ts';
import { createFeedStore, type FeedStore } from './feed/feed-store.ts';
import { createEngineStore } from './job/engine-store.ts';
import { createFindingStore, type FindingStore } from './job/finding-store.ts';
import { createPlanStore, type PlanStore } from './job/plan-store.ts';
import { createMailStore, type MailStore } from './mail/mail-store.ts';
import { createPersonStore, type PersonStore } from './people/person-store.ts';
import { createPortalStore, type PortalStore } from './people/portal-store.ts';
import { createSessionStore, type SessionStore } from './people/session-store.ts';
import { createSignInStore, type SignInStore } from './people/sign-in-store.ts';
import { directoryRealm } from './realm/create-realm.ts';
import { createRealmStore } from './realm/realm-store.ts';
import { createSealedStore, type SealedStore } from './sealed/sealed-store.ts';
import { createServerSettingStore, type ServerSettingStore } from './settings/server-setting-store.ts';
import { createRequestStore, type RequestStore } from './tenant/request-store.ts';
import { createTenantStore } from './tenant/tenant-store.ts';
import { createWebhookStore, type WebhookStore } from './tenant/webhook-store.ts';

/** Everything that is kept, over one database. */
export interface Store {
  readonly database: Database;
  readonly directoryRealm: RealmKey;
  readonly realms: RealmStore;
  readonly tenants: TenantStore;
  readonly webhooks: WebhookStore;
  readonly requests: RequestStore;
  readonly apps: AppStore;
  readonly directory: Directory;
  readonly groups: GroupStore;
  readonly feeds: FeedStore;
  readonly engine: EngineStore;
  readonly plans: PlanStore;
  readonly findings: FindingStore;
  readonly audit: AuditStore;
  readonly mails: MailStore;
  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly signIn: SignInStore;
  readonly portal: PortalStore;
  readonly sealed: SealedStore;
  readonly expiries: ExpiryStore;
  readonly serverSettings: ServerSettingStore;
  /** What the database says about itself. */
  facts(): Promise<DatabaseFacts>;
  close(): Promise<void>;
}

/**
 * Opens the store in a SQLite file, bringing its schema up to date.
 *
 * @throws {DatabaseInUse} when another process holds the file
 * @throws {NewerSchema} when a newer version wrote it
 */
export async function openSqliteStore(options: SqliteOptions, nowMs: number): Promise<Store> {
  return openStore(openSqlite(options), nowMs);
}

/**
 * Opens the store in a PostgreSQL database, bringing its schema up to date. Any number of processes may share it.
 *
 * @throws {NewerSchema} when a newer version wrote it
 */
export async function openPostgresStore(options: PostgresOptions, nowMs: number): Promise<Store> {
  return openStore(openPostgres(options), nowMs);
}

/** Opens the store over a database that is open already. */
export async function openStore(database: Database, nowMs: number): Promise<Store> {
  const realm = await prepare(database, nowMs);
  return {
    database,
    directoryRealm: realm,
    realms: createRealmStore(database),
    tenants: createTenantStore(database),
    webhooks: createWebhookStore(database),
    requests: createRequestStore(database),
    apps: createAppStore(database, realm),
    directory: createDirectory(database, realm),
    groups: createGroupStore(database, realm),
    feeds: createFeedStore(database),
    engine: createEngineStore(database),
    plans: createPlanStore(database),
    findings: createFindingStore(database),
    audit: createAuditStore(database),
    mails: createMailStore(database),
    people: createPersonStore(database),
    sessions: createSessionStore(database),
    signIn: createSignInStore(database),
    portal: createPortalStore(database),
    sealed: createSealedStore(database),
    expiries: createExpiryStore(database),
    serverSettings: createServerSettingStore(database),
    facts: () => readDatabaseFacts(database),
    close: () => database.close(),
  };
}

/** Migrates and finds the directory's realm; when that fails nothing is left open. */
async function prepare(database: Database, nowMs: number): Promise<RealmKey> {
  try {
    await migrate(database);
    return await database.write(() => directoryRealm(nowMs));
  } catch (error) {
    await database.close();
    throw error;
  }
}
