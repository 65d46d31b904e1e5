import { hash, randomBytes, randomUUID } from 'node:crypto';
import { profiles } from '@lockstep/gallery';
import { createProvider, type Provider, type ScimRequest } from '@lockstep/provider';
import { openSqliteStore, type Store } from '@lockstep/store';
import { createRequestLog, type RequestLogService } from '../packages/lockstep/src/request-log/request-log-service.ts';
import { userId } from './bench-ids.ts';
import { fillTenant } from './fill-tenant.ts';

/** Nobody observes; then as a server keeps requests. */
const MODES = ['none', 'off', 'problems', 'all'] as const;
type Mode = (typeof MODES)[number];
const ROUNDS_DEFAULT = 40;
const BATCH = 500;

interface Observed {
  readonly mode: Mode;
  readonly provider: Provider;
  readonly log: RequestLogService | undefined;
}

/**
 * What the request log costs: CPU per request inside the provider, without HTTP, in one process. The modes take turns in
 * short batches and the median counts, since machines differ from one moment to the next.
 * usage: requestlog [USERS] [ROUNDS]
 */
export async function runRequestLogBench(options: readonly string[]): Promise<void> {
  const users = Number(options[0] ?? 10_000);
  const rounds = Number(options[1] ?? ROUNDS_DEFAULT);
  const store = await openSqliteStore({ file: ':memory:' }, Date.now());
  try {
    const observed = MODES.map((mode) => observe(store, mode));
    const [first] = observed;
    if (first === undefined) return;
    const { tenant, token } = await first.provider.admin.create({ profile: 'generic', title: 'Bench', id: 'bench' });
    await fillTenant(store, tenant.realm, { users, groupSizes: [] });
    process.stdout.write(`CPU of the provider per request, median of ${rounds} batches of ${BATCH}; ${users} users\n`);
    for (const [what, next] of kindsFor(`${profiles.generic.basePath}${tenant.id}`, token.text, users)) {
      reportKind(what, await measureKind(observed, next, rounds));
    }
  } finally {
    await store.close();
  }
}

function observe(store: Store, mode: Mode): Observed {
  const log = mode === 'none' ? undefined : keep(store, mode);
  const provider = createProvider({
    profiles: Object.values(profiles),
    realms: store.realms,
    tenants: store.tenants,
    nowMs: Date.now,
    newId: randomUUID,
    randomBytes,
    hashText: (text) => hash('sha256', text),
    onFailure: (error) => process.stderr.write(`${String(error)}\n`),
    ...(log === undefined ? {} : { onExchange: log.note, onExchangeLeftOut: log.leaveOut, requestLog: log.mode }),
  });
  return { mode, provider, log };
}

function keep(store: Store, mode: Exclude<Mode, 'none'>): RequestLogService {
  const { requests, tenants } = store;
  const report = (message: string): unknown => process.stderr.write(`${message}\n`);
  return createRequestLog({ requests, tenants, mode, retentionDays: 14, keep: 10_000, nowMs: Date.now, report });
}

type Next = (number: number) => ScimRequest;

function kindsFor(base: string, token: string, users: number): readonly (readonly [string, Next])[] {
  const someone = (number: number): number => (number * 7_919) % users;
  const ask = (method: string, path: string, body = ''): ScimRequest => ({
    method,
    target: `${base}${path}`,
    header: (name) => headers[name],
    body: async () => body,
    remoteAddress: '192.0.2.1',
    origin: 'https://scim.example.org',
  });
  const headers: Readonly<Record<string, string>> = {
    authorization: `Bearer ${token}`,
    accept: 'application/scim+json',
    'content-type': 'application/scim+json',
    'user-agent': 'bench',
  };
  const find = (number: number): string => encodeURIComponent(`userName eq "person${someone(number)}@company.example"`);
  const patch = (op: string, number: number): string => {
    const Operations = ['title', 'displayName', 'nickName'].map((path) => ({ op, path, value: `${path} ${number}` }));
    return JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
  };
  return [
    ['userName eq', (number) => ask('GET', `/Users?filter=${find(number)}`)],
    ['read by id', (number) => ask('GET', `/Users/${userId(someone(number))}`)],
    ['PATCH', (number) => ask('PATCH', `/Users/${userId(someone(number))}`, patch('replace', number))],
    ['PATCH of an old client', (number) => ask('PATCH', `/Users/${userId(someone(number))}`, patch('Replace', number))],
  ];
}

async function measureKind(observed: readonly Observed[], next: Next, rounds: number): Promise<readonly number[]> {
  const costs: number[][] = observed.map(() => []);
  let number = 0;
  // The first rounds warm up and count for nothing.
  for (let round = -3; round < rounds; round += 1) {
    for (const [at, { provider, log }] of observed.entries()) {
      const before = process.cpuUsage();
      for (let count = 0; count < BATCH; count += 1) {
        number += 1;
        const { status } = await provider.handle(next(number));
        if (status >= 300) throw new Error(`answered ${status}`);
      }
      // What is kept is written within the batch, and so is the counting.
      await Promise.all([log?.flush(), provider.flush()]);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) costs[at]?.push((user + system) / BATCH);
    }
  }
  return costs.map(median);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function reportKind(what: string, costs: readonly number[]): void {
  const [base = 1] = costs;
  const cells = costs.map((cost, at) => {
    const more = at === 0 ? '' : ` (${cost >= base ? '+' : ''}${((cost / base - 1) * 100).toFixed(1)} %)`;
    return `${MODES[at]} ${cost.toFixed(1)} us${more}`.padEnd(26);
  });
  process.stdout.write(`${what.padEnd(24)}${cells.join('')}\n`);
}
