import { after } from 'node:test';
import { type PostgresServer, startPostgres } from './start-postgres.ts';

/** The one server of this run of tests; started by the first that asks, ended behind the last. */
let started: Promise<PostgresServer> | undefined;

after(async () => {
  if (started !== undefined) await (await started).stop();
});

/** An empty database on the server that all tests of this run share; its connection string. */
export async function freshDatabase(): Promise<string> {
  started ??= startPostgres();
  return (await started).freshDatabase();
}
