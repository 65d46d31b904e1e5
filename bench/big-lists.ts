import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogRecord } from '@lockstep/engine/ports';
import { openSqliteStore, type Store } from '@lockstep/store';
import { entryKeys } from '../packages/lockstep/src/directory/directory-entry.ts';
import { fillDirectory } from './cycle-bench.ts';

const PEOPLE_DEFAULT = 100_000;
const RECORDS_DEFAULT = 1_000_000;
const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');

/** How much there is to list. */
export interface ListSize {
  readonly people: number;
  readonly records: number;
}

/** A server of its own process. */
export interface ListServer {
  readonly url: string;
  /** The owner's. */
  readonly key: string;
  /** By which a browser makes the owner; absent when there is one. */
  readonly ownerLink: string | undefined;
}

/**
 * Runs the whole product over many people and a long log of one paused app, named `Bench`.
 *
 * @param options how many people and how many records of the log; 100,000 and 1,000,000 by default
 */
export async function withBigLists(
  options: readonly string[],
  work: (server: ListServer, size: ListSize) => Promise<void>,
): Promise<void> {
  const size = { people: Number(options[0] ?? PEOPLE_DEFAULT), records: Number(options[1] ?? RECORDS_DEFAULT) };
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  try {
    const appId = await withServer(folder, ({ url, key }) => makeApp(url, key));
    await fill(folder, { appId, ...size });
    await withServer(folder, (server) => work(server, size));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withServer<T>(folder: string, work: (server: ListServer) => Promise<T>): Promise<T> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [BINARY, 'start', '--data', folder, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  try {
    await until(async () => (await fetch(`${url}/health/ready`)).ok);
    const ownerLink = /(\S+\?token=\S+)/.exec(printed)?.[1];
    return await work({ url, key: readFileSync(join(folder, 'api-key'), 'utf8').trim(), ownerLink });
  } finally {
    await stop(server);
  }
}

/** An app that nobody is provisioned into, so that no cycle runs beside what is measured. */
async function makeApp(url: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const post = async (path: string, method: string, body: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
    // The routes asked here answer with objects.
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const provider = await post('/providers', 'POST', { profile: 'generic', title: 'Bench' });
  const { scimUrl, token } = provider;
  await post('/apps', 'PUT', { name: 'Bench', template: 'generic', tenantUrl: scimUrl, secretToken: token });
  await post('/apps/Bench/pause', 'POST', {});
  const response = await fetch(`${url}/api/v1/apps`, { headers });
  const { items } = (await response.json()) as { items: readonly { readonly id: string }[] };
  return items[0]?.id ?? '';
}

async function fill(folder: string, wanted: ListSize & { readonly appId: string }): Promise<void> {
  const store = await openSqliteStore({ file: join(folder, 'lockstep.db') }, Date.now());
  try {
    await fillDirectory(store, wanted.people, (attributes) => entryKeys('User', attributes));
    await fillLog(store, wanted);
  } finally {
    await store.close();
  }
}

const BATCH = 1_000;
const CYCLE_RECORDS = 10_000;

async function fillLog(
  store: Store,
  { appId, records }: { readonly appId: string; readonly records: number },
): Promise<void> {
  const page = await store.directory.userPage(appId, { limit: BATCH, scope: 'all' });
  const startMs = Date.now() - records * 1_000;
  for (let at = 0; at < records; at += BATCH) {
    const cycleId = `cycle-${Math.floor(at / CYCLE_RECORDS)}`;
    const outcomes = page.slice(0, records - at).map(({ id, attributes }, offset) => {
      const subject = { id, displayName: String(attributes['displayName']) };
      const log = recordOf(subject, {
        jobId: appId,
        cycleId,
        atMs: startMs + (at + offset) * 1_000,
        number: at + offset,
      });
      return { objectType: 'user' as const, sourceId: id, log };
    });
    await store.engine.recordOutcomes(appId, outcomes);
  }
}

/** A record of the size of an ordinary update; every hundredth is a failure, every tenth a skip. */
function recordOf(
  subject: { readonly id: string; readonly displayName: string },
  at: { readonly jobId: string; readonly cycleId: string; readonly atMs: number; readonly number: number },
): LogRecord {
  const status = at.number % 100 === 0 ? 'failure' : at.number % 10 === 0 ? 'skipped' : 'success';
  const error = { code: 'InvalidValue', reason: 'The app refused title: no such title.' };
  return {
    number: 0,
    id: randomUUID(),
    jobId: at.jobId,
    cycleId: at.cycleId,
    changeId: randomUUID(),
    atMs: at.atMs,
    durationMs: 12,
    action: at.number % 50 === 0 ? 'create' : 'update',
    status,
    ...(status === 'failure' ? { error } : {}),
    source: { ...subject, type: 'User' },
    target: { id: `account-${subject.id}`, displayName: subject.displayName, type: 'User' },
    steps: [
      {
        name: 'EntryImportUpdate',
        type: 'import',
        status: 'success',
        description: 'Read the user from the directory.',
      },
      { name: 'EntryExportUpdate', type: 'export', status, description: 'Changed title and department in the app.' },
    ],
    modifiedProperties: [{ displayName: 'title', oldValue: 'Engineer', newValue: `Engineer ${at.number}` }],
    isLinked: false,
  };
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 60_000; performance.now() < endMs; ) {
    if (await isDone().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not get ready');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}
