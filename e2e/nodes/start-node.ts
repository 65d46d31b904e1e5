// Processes of the product as an operator starts them, and an app that would take the same person twice.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createFaultyServer, type FaultyServer } from '@lockstep/checker';
import { startFaultyServer } from '@lockstep/checker/faulty-server/node-http';

const BINARY = join(import.meta.dirname, '..', '..', 'packages', 'lockstep', 'bin', 'lockstep.js');

/** A process of the product. */
export interface Node {
  readonly url: string;
  /** What it printed to standard error so far. */
  printed(): string;
  /** Sends a signal and waits for the end. Gives the exit code, or `null` after a kill. */
  signal(name: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** Stands still, or goes on. */
  stall(isStalled: boolean): void;
}

const STARTED = /(?:runs at|health and metrics at) (http:\S+)/;
const START_MAX_MS = 30_000;

/** Starts `lockstep` with words such as `start --data DIR`; it is killed when the test ends, if it still runs. */
export async function startNode(t: TestContext, words: readonly string[]): Promise<Node> {
  const child = spawn(process.execPath, [BINARY, ...words, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const limit = AbortSignal.timeout(START_MAX_MS);
  while (!STARTED.test(printed)) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed}`);
    await Promise.race([once(child.stderr, 'data', { signal: limit }), once(child, 'exit')]);
  }
  return {
    url: STARTED.exec(printed)?.[1] ?? '',
    printed: () => printed,
    signal: (name) => end(child, name),
    stall: (isStalled) => {
      child.kill(isStalled ? 'SIGSTOP' : 'SIGCONT');
    },
  };
}

async function end(child: ChildProcess, name: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(name);
  await ended;
  return child.exitCode;
}

/** An app that takes duplicates, in the process of the test: it lives on when a node is killed. */
export async function startCarelessApp(t: TestContext): Promise<{ readonly url: string; readonly app: FaultyServer }> {
  const app = createFaultyServer({ nowMs: Date.now, quirks: ['takes-duplicates'] });
  const server = await startFaultyServer(app);
  t.after(() => server.close());
  return { url: server.url, app };
}

/** Waits until something holds, looking ten times a second. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, maxMs = 60_000): Promise<void> {
  const endMs = Date.now() + maxMs;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`it took longer than ${maxMs} ms until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** How many accounts there are, and how many names. */
export function census(app: FaultyServer): { readonly accounts: number; readonly names: number } {
  const names = new Set(app.users().map((user) => String(user['userName']).toLowerCase()));
  return { accounts: app.users().length, names: names.size };
}

/** People for an import of the directory. */
export function crowd(count: number, more: (at: number) => object = () => ({})): string {
  const people = Array.from({ length: count }, (_, at) => {
    const name = `person${String(at).padStart(4, '0')}`;
    const mail = `${name}@example.com`;
    return { userPrincipalName: mail, mail, mailNickname: name, displayName: name, ...more(at) };
  });
  return JSON.stringify(people);
}
