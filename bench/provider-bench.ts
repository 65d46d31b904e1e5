import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildServer, startChildServer } from './child-server.ts';
import { floorRequests, measure, report } from './measure.ts';
import { peakMegabytes } from './process-cost.ts';
import { providerRequests } from './provider-requests.ts';

const GROUP_SIZES_DEFAULT: readonly number[] = [100, 10_000];

interface Given {
  readonly users: number;
  readonly sizes: readonly number[];
}

function readGiven(options: readonly string[]): Given {
  return {
    users: Number(options[0] ?? 10_000),
    sizes: options.length > 1 ? options.slice(1).map(Number) : GROUP_SIZES_DEFAULT,
  };
}

/**
 * The provider over HTTP against a bare `node:http` server, both in a process of their own: requests a second, latency,
 * and server CPU per request as a multiple of the floor's.
 * usage: provider [USERS] [GROUP_SIZE...]
 */
export async function runProviderBench(options: readonly string[]): Promise<void> {
  const given = readGiven(options);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const server = await startChildServer(
    'provider-server.ts',
    join(folder, 'provider.db'),
    String(given.users),
    given.sizes.join(','),
  );
  try {
    await benchServer(server, { title: 'Lockstep, SQLite on disk, synchronous=FULL', given, share: 1 });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Peer {
  readonly title: string;
  readonly script: string;
  readonly isOnDisk: boolean;
  /** A peer gets fewer requests, since each takes longer: one in so many. */
  readonly share: number;
}

const peers: readonly Peer[] = [
  {
    title: 'SCIMMY 1.3.5 with scimmy-routers 1.3.2, in memory',
    script: 'peers/scimmy-server.js',
    isOnDisk: false,
    share: 40,
  },
  {
    title: 'SCIMMY 1.3.5 with scimmy-routers 1.3.2, SQLite on disk, synchronous=FULL',
    script: 'peers/scimmy-server.js',
    isOnDisk: true,
    share: 40,
  },
  {
    title: 'SAML Jackson 26.2.0 (directory sync), in memory',
    script: 'peers/jackson-server.js',
    isOnDisk: false,
    share: 10,
  },
];

/**
 * The same requests against the provider and against other servers, each beside a floor measured just before it. Needs
 * `npm install` in `bench/peers`.
 * usage: peers [USERS] [GROUP_SIZE...]
 */
export async function runPeersBench(options: readonly string[]): Promise<void> {
  await runProviderBench(options);
  const given = readGiven(options);
  for (const { title, script, isOnDisk, share } of peers) {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
    const file = isOnDisk ? [join(folder, 'peer.db')] : [];
    const server = await startChildServer(script, String(given.users), given.sizes.join(','), ...file);
    try {
      await benchServer(server, { title, given, share });
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function benchServer(
  server: ChildServer,
  run: { readonly title: string; readonly given: Given; readonly share: number },
): Promise<void> {
  const { title, given, share } = run;
  const floorServer = await startChildServer('floor-server.ts');
  try {
    const floor = await measure(floorRequests(floorServer));
    const rows = [floor];
    for (const kind of providerRequests(server, given)) {
      const requests = Math.ceil(kind.requests / share);
      rows.push(await measure({ ...kind, requests, expect: share === 1 ? kind.expect : [200, 201, 204] }));
    }
    process.stdout.write(`\n${title}\n`);
    report(rows, { floor, megabytes: peakMegabytes(server.pid), users: given.users });
  } finally {
    await floorServer.stop();
  }
}
