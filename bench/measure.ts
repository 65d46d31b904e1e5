import type { ChildServer } from './child-server.ts';
import { type LoadRequest, type LoadResult, runLoad } from './load.ts';
import { cpuSeconds } from './process-cost.ts';

const CONNECTIONS = 32;

/** One kind of request, measured. */
export interface Row {
  readonly what: string;
  readonly result: LoadResult;
  /** Server CPU per request, in microseconds. */
  readonly cpuMicros: number;
}

/** One kind of request: where it goes, how many, and which answers are right. */
export interface Measured {
  readonly server: ChildServer;
  readonly what: string;
  readonly requests: number;
  readonly expect: readonly number[];
  next(number: number): LoadRequest;
}

/** Warms the server up, then measures. A wrong answer ends the run. */
export async function measure(kind: Measured): Promise<Row> {
  const { server, requests, expect } = kind;
  const next = (number: number): LoadRequest => kind.next(number);
  const shared = { url: server.url, token: server.token, connections: CONNECTIONS, expect };
  const warm = Math.min(2_000, Math.ceil(requests / 4));
  await runLoad({ ...shared, next, requests: warm });
  const before = cpuSeconds(server.pid);
  const result = await runLoad({ ...shared, next: (number) => next(number + warm), requests });
  const cpuMicros = ((cpuSeconds(server.pid) - before) / requests) * 1e6;
  return { what: kind.what, result, cpuMicros };
}

/** The floor of a run: what a server costs that does nothing. */
export function floorRequests(server: ChildServer): Measured {
  return {
    server,
    what: 'floor: node:http, 1 KB',
    requests: 60_000,
    expect: [200],
    next: () => ({ method: 'GET', path: '/' }),
  };
}

/** Prints the rows of a run as multiples of its floor. */
export function report(
  rows: readonly Row[],
  more: { readonly floor: Row; readonly megabytes: number; readonly users: number },
): void {
  process.stdout.write(`${more.users} users, ${CONNECTIONS} connections; CPU of the server process per request\n`);
  for (const { what, result, cpuMicros } of rows) {
    const ratio = (cpuMicros / more.floor.cpuMicros).toFixed(1);
    const cells = [
      what.padEnd(36),
      `${Math.round(result.perSecond)}/s`.padStart(9),
      `p50 ${result.p50Ms.toFixed(2)} ms`.padStart(13),
      `p99 ${result.p99Ms.toFixed(2)} ms`.padStart(14),
      `CPU ${cpuMicros.toFixed(0)} us`.padStart(11),
      `${ratio}x floor`.padStart(12),
    ];
    process.stdout.write(`${cells.join('  ')}\n`);
  }
  process.stdout.write(`peak memory of the server: ${Math.round(more.megabytes)} MB\n`);
}
