import type { Database, SqlFlavour } from './database.ts';
import { type Operation, row } from './operation.ts';

/** A count that stops at a bound, so that asking costs the same however much there is. */
export interface BoundedCount {
  readonly count: number;
  /** There is more than `count`. */
  readonly isMore: boolean;
}

/** Tables whose size is told. */
const COUNTED = {
  objects: 'resource',
  memberships: 'membership',
  feedEntries: 'feed',
  logRecords: 'provisioning_log',
  auditEntries: 'config_audit',
} as const;

/** What is counted: people, groups and accounts with those in recycle bins, members of groups, entries of feeds and logs. */
export type Counted = keyof typeof COUNTED;

/** What a database says about itself. */
export interface DatabaseFacts {
  readonly kind: SqlFlavour;
  readonly version: string;
  /** Number of the newest migration. */
  readonly schema: number;
  /** Size of the database without what is still in the write-ahead log. */
  readonly bytes: number;
  readonly counts: Readonly<Record<Counted, BoundedCount>>;
}

const COUNT_MAX = 100_000;

const VERSION: Readonly<Record<SqlFlavour, string>> = {
  sqlite: 'select sqlite_version() as version',
  postgres: `select current_setting('server_version') as version`,
};

const BYTES: Readonly<Record<SqlFlavour, string>> = {
  sqlite: 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
  postgres: 'select pg_database_size(current_database()) as bytes',
};

/** Asks a database about itself. No count goes through more than 100,000 rows. */
export function readDatabaseFacts({ flavour, read }: Database): Promise<DatabaseFacts> {
  return read(function* () {
    const version = yield* row<{ readonly version: string }>(VERSION[flavour]);
    const schema = yield* row<{ readonly number: number }>('select max(number) as number from migration');
    const bytes = yield* row<{ readonly bytes: number }>(BYTES[flavour]);
    return {
      kind: flavour,
      version: version?.version ?? '',
      schema: schema?.number ?? 0,
      bytes: bytes?.bytes ?? 0,
      counts: {
        objects: yield* boundedCount(COUNTED.objects),
        memberships: yield* boundedCount(COUNTED.memberships),
        feedEntries: yield* boundedCount(COUNTED.feedEntries),
        logRecords: yield* boundedCount(COUNTED.logRecords),
        auditEntries: yield* boundedCount(COUNTED.auditEntries),
      },
    };
  });
}

function* boundedCount(table: (typeof COUNTED)[Counted]): Operation<BoundedCount> {
  const sql = `select count(*) as count from (select 1 as one from ${table} limit ?) as part`;
  const count = (yield* row<{ readonly count: number }>(sql, COUNT_MAX + 1))?.count ?? 0;
  return { count: Math.min(count, COUNT_MAX), isMore: count > COUNT_MAX };
}
