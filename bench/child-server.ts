import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** A server in a process of its own, so that it has a core of its own. */
export interface ChildServer {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts a script of this folder that sends `{url, token}` when it listens. */
export function startChildServer(script: string, ...parameters: readonly string[]): Promise<ChildServer> {
  const child = fork(join(import.meta.dirname, script), parameters, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it listened`)));
    child.once('message', (message) => resolve(toServer(child, message)));
  });
}

function toServer(child: ChildProcess, message: unknown): ChildServer {
  // The scripts of this folder send exactly this.
  const { url, token = '' } = message as { url: string; token?: string };
  return {
    url,
    token,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
