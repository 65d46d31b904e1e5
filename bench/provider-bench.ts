import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupId, userId } from './bench-ids.ts';
import { type ChildServer, startChildServer } from './child-server.ts';
import { type LoadRequest, type LoadResult, runLoad } from './load.ts';
import { cpuSeconds, peakMegabytes } from './process-cost.ts';

const CONNECTIONS = 32;
const GROUP_SIZES_DEFAULT: readonly number[] = [100, 10_000];

interface Row {
  readonly what: string;
  readonly result: LoadResult;
  /** Server CPU per request, in microseconds. */
  readonly cpuMicros: number;
}

interface Measured {
  readonly server: ChildServer;
  readonly what: string;
  readonly requests: number;
  readonly expect: readonly number[];
  next(number: number): LoadRequest;
}

/**
 * The provider over HTTP against a bare `node:http` server, both in a process of their own: requests a second, latency,
 * and server CPU per request as a multiple of the floor's.
 * usage: provider [USERS] [GROUP_SIZE...]
 */
export async function runProviderBench(options: readonly string[]): Promise<void> {
  const users = Number(options[0] ?? 10_000);
  const sizes = options.length > 1 ? options.slice(1).map(Number) : GROUP_SIZES_DEFAULT;
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const floorServer = await startChildServer('floor-server.ts');
  const server = await startChildServer(
    'provider-server.ts',
    join(folder, 'provider.db'),
    String(users),
    sizes.join(','),
  );
  try {
    const floor = await measure(floorRequests(floorServer));
    const rows = [floor];
    for (const kind of providerRequests(server, { users, sizes })) rows.push(await measure(kind));
    report(rows, { floor, megabytes: peakMegabytes(server.pid), users });
  } finally {
    await server.stop();
    await floorServer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same requests against the provider and against SCIMMY over Maps with an index, one after the other beside the same
 * floor. SCIMMY keeps nothing on disk; it gets fewer requests, since each takes longer.
 * usage: peers [USERS] [GROUP_SIZE...]
 */
export async function runPeersBench(options: readonly string[]): Promise<void> {
  await runProviderBench(options);
  const users = Number(options[0] ?? 10_000);
  const sizes = options.length > 1 ? options.slice(1).map(Number) : GROUP_SIZES_DEFAULT;
  const floorServer = await startChildServer('floor-server.ts');
  const peer = await startChildServer('peers/scimmy-server.js', String(users), sizes.join(','));
  try {
    const floor = await measure(floorRequests(floorServer));
    const rows = [floor];
    for (const kind of providerRequests(peer, { users, sizes })) {
      rows.push(await measure({ ...kind, requests: Math.ceil(kind.requests / PEER_SHARE), expect: [200, 201, 204] }));
    }
    process.stdout.write('\nSCIMMY 1.3.5 with scimmy-routers 1.3.2, in memory\n');
    report(rows, { floor, megabytes: peakMegabytes(peer.pid), users });
  } finally {
    await peer.stop();
    await floorServer.stop();
  }
}

const PEER_SHARE = 40;

async function measure(kind: Measured): Promise<Row> {
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

function floorRequests(server: ChildServer): Measured {
  return {
    server,
    what: 'floor: node:http, 1 KB',
    requests: 60_000,
    expect: [200],
    next: () => ({ method: 'GET', path: '/' }),
  };
}

function providerRequests(
  server: ChildServer,
  given: { readonly users: number; readonly sizes: readonly number[] },
): readonly Measured[] {
  const { users, sizes } = given;
  const random = seeded(7);
  const someone = (): number => Math.floor(random() * users);
  const get = (what: string, path: () => string, requests: number): Measured => ({
    server,
    what,
    requests,
    expect: [200],
    next: () => ({ method: 'GET', path: path() }),
  });
  const rows: Measured[] = [
    get(
      'userName eq',
      () => `/Users?filter=${encodeURIComponent(`userName eq "person${someone()}@company.example"`)}`,
      40_000,
    ),
    get('read by id', () => `/Users/${userId(someone())}`, 40_000),
    get(
      'list of 100',
      () => `/Users?startIndex=${1 + Math.floor(random() * Math.min(users - 100, 5_000))}&count=100`,
      3_000,
    ),
    {
      server,
      what: 'create',
      requests: 10_000,
      expect: [201],
      next: (number) => ({ method: 'POST', path: '/Users', body: newUser(number) }),
    },
    {
      server,
      what: 'user PATCH, 5 attributes',
      requests: 10_000,
      expect: [200, 204],
      next: (number) => ({ method: 'PATCH', path: `/Users/${userId(someone())}`, body: patchOf(number) }),
    },
  ];
  for (const size of sizes) {
    const path = `/Groups/${groupId(size)}`;
    const member = (number: number): string => userId(Math.floor(number / 2) % users);
    rows.push({
      server,
      what: `add / remove one member of ${size}`,
      requests: 8_000,
      expect: [204],
      next: (number) => ({
        method: 'PATCH',
        path,
        body: number % 2 === 0 ? addMember(member(number)) : removeMember(member(number)),
      }),
    });
  }
  return rows;
}

const PATCH_SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

function addMember(id: string): string {
  return JSON.stringify({
    schemas: PATCH_SCHEMAS,
    Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
  });
}

function removeMember(id: string): string {
  return JSON.stringify({ schemas: PATCH_SCHEMAS, Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] });
}

function patchOf(number: number): string {
  const values = {
    title: `Title ${number}`,
    nickName: `Nick ${number}`,
    locale: 'nl-NL',
    displayName: `Name ${number}`,
    userType: 'Employee',
  };
  return JSON.stringify({ schemas: PATCH_SCHEMAS, Operations: [{ op: 'replace', value: values }] });
}

function newUser(number: number): string {
  const name = `new${number}-${process.pid}`;
  return JSON.stringify({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: `ext-${name}`,
    userName: `${name}@company.example`,
    active: true,
    displayName: `New Person ${number}`,
    name: { givenName: 'New', familyName: `Person ${number}`, formatted: `New Person ${number}` },
    emails: [{ primary: true, type: 'work', value: `${name}@company.example` }],
    title: 'Engineer',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: 'Sales',
      employeeNumber: String(number),
    },
  });
}

/** A small generator with a seed, so that two runs ask for the same people (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function report(
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
