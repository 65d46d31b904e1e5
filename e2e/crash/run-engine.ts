import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { AppServer } from './app-server.ts';
import type { Boundary } from './boundary.ts';

/** How an engine's process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** Runs one cycle in a process of its own, which may die at the nth visit of a boundary. */
export function runEngine(file: string, app: AppServer, death?: { boundary: Boundary; nth: number }): Promise<Ended> {
  const script = join(import.meta.dirname, 'engine-child.ts');
  const fate = death === undefined ? [] : [death.boundary, String(death.nth)];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [script, file, app.url, app.token, ...fate], { timeout: 60_000 });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    child.on('exit', (code, signal) => resolve({ code, signal, output }));
  });
}
