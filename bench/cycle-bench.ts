import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CyclePorts, type CycleSummary, compileJob, runCycle } from '@lockstep/engine';
import { foldText, type JsonObject } from '@lockstep/scim';
import { createScimClient, type Fetch } from '@lockstep/scim/client';
import { openSqliteStore, type Store } from '@lockstep/store';
import { jobFor } from '../packages/engine/contract/company.ts';
import { createFetch } from '../packages/lockstep/src/outgoing/create-fetch.ts';
import { readOutgoingRule } from '../packages/lockstep/src/outgoing/outgoing-rule.ts';
import { startChildServer } from './child-server.ts';

const PEOPLE_DEFAULT = 10_000;
const FLOOR_REQUESTS = 20_000;
const CONCURRENCY = 32;

/**
 * An initial cycle of creates, a cycle without a change, and one change, engine and provider each in a process of its
 * own, journal and log on, both databases on disk with full durability.
 */
export async function runCycleBench(options: readonly string[]): Promise<void> {
  const people = Number(options[0] ?? PEOPLE_DEFAULT);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const outgoing = createFetch({ rule: readOutgoingRule('open') });
  const floorServer = await startChildServer('floor-server.ts');
  const app = await startChildServer('provider-server.ts', join(folder, 'provider.db'));
  const store = await openSqliteStore({ file: join(folder, 'engine.db') }, Date.now());
  try {
    const floor = await measureFloor(outgoing.fetch, floorServer.url);
    await fillDirectory(store, people);
    const job = compileJob({ ...jobFor('generic', app.url), scope: 'all' });
    const ports = portsFor(store, { fetch: outgoing.fetch, url: app.url, token: app.token });
    const initial = await timed(() => runCycle(job, ports));
    const unchanged = await timed(() => runCycle(job, ports));
    const one = await timed(async () => {
      await renameOne(store);
      return runCycle(job, ports);
    });
    report(people, floor, { initial, unchanged, one });
  } finally {
    await store.close();
    await app.stop();
    await floorServer.stop();
    await outgoing.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Timed {
  readonly ms: number;
  readonly summary: CycleSummary;
}

export async function timed(run: () => Promise<CycleSummary>): Promise<Timed> {
  const startedMs = performance.now();
  const summary = await run();
  return { ms: performance.now() - startedMs, summary };
}

/** Requests a second that the same client gets out of a server that does nothing. */
async function measureFloor(fetch: Fetch, url: string): Promise<number> {
  const body = JSON.stringify({ filler: 'x'.repeat(600) });
  const send = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) {
      await fetch({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/scim+json' },
        body,
        timeoutMs: 10_000,
      });
    }
  };
  const each = FLOOR_REQUESTS / CONCURRENCY;
  await Promise.all(Array.from({ length: CONCURRENCY }, () => send(each / 4)));
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, () => send(each)));
  return FLOOR_REQUESTS / ((performance.now() - startedMs) / 1_000);
}

export function portsFor(store: Store, app: { fetch: Fetch; url: string; token: string }): CyclePorts {
  const clock = { nowMs: Date.now, wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
  const settings = { baseUrl: app.url, token: app.token, fetch: app.fetch, clock, random: Math.random };
  return {
    store: store.engine,
    directory: store.directory,
    client: createScimClient(settings),
    tracedClient: (onExchange) => createScimClient({ ...settings, onExchange }),
    clock,
    random: { fraction: Math.random, guid: randomUUID },
    holder: 'bench',
    isStopping: () => false,
  };
}

/** What the store finds somebody by. */
export type KeysOf = (attributes: JsonObject) => Parameters<Store['realms']['insert']>[1]['keys'];

function nameOnly(attributes: JsonObject): ReturnType<KeysOf> {
  const uniqueName = foldText(String(attributes['userPrincipalName']));
  return { uniqueName, externalId: null, isExternalIdUnique: false, display: null, values: [], isActive: true };
}

export async function fillDirectory(store: Store, people: number, keysOf: KeysOf = nameOnly): Promise<void> {
  const nowMs = Date.now();
  for (let at = 0; at < people; at += 500) {
    const batch = Array.from({ length: Math.min(500, people - at) }, (_, offset) => person(at + offset));
    await Promise.all(
      batch.map((attributes) => {
        const id = String(attributes['id']);
        const text = JSON.stringify(attributes);
        const row = { id, type: 'User', text, keys: keysOf(attributes), isManaged: true, nowMs };
        return store.realms.insert(store.directoryRealm, row);
      }),
    );
  }
}

function person(number: number): JsonObject {
  const name = `person${number}`;
  return {
    id: randomUUID(),
    userPrincipalName: `${name}@company.example`,
    displayName: `Person Number ${number}`,
    givenName: 'Person',
    surname: `Number ${number}`,
    mail: `${name}@company.example`,
    mailNickname: name,
    jobTitle: 'Engineer',
    department: `Department ${number % 40}`,
    employeeId: String(100_000 + number),
    telephoneNumber: '+31 20 555 0100',
    city: 'Utrecht',
    country: 'NL',
    preferredLanguage: 'nl-NL',
    accountEnabled: true,
  };
}

async function renameOne(store: Store): Promise<void> {
  const [user] = await store.directory.userPage('job-1', { limit: 1, scope: 'all' });
  if (user === undefined) throw new Error('the directory is empty');
  await store.realms.update(store.directoryRealm, { type: 'User', id: user.id }, (current) => {
    const attributes = { ...user.attributes, surname: 'Changed' };
    const keys = {
      uniqueName: `changed ${current.id}`,
      externalId: null,
      isExternalIdUnique: false,
      display: null,
      values: [],
      isActive: true,
    };
    return { text: JSON.stringify(attributes), keys, nowMs: Date.now() };
  });
}

function report(people: number, floor: number, runs: Readonly<Record<'initial' | 'unchanged' | 'one', Timed>>): void {
  const { initial, unchanged, one } = runs;
  const perSecond = people / (initial.ms / 1_000);
  const lines = [
    `floor: ${Math.round(floor)} requests/s (bare node:http, same client, ${CONCURRENCY} at a time)`,
    `initial cycle: ${initial.summary.counts.created} created in ${(initial.ms / 1_000).toFixed(2)} s = ${Math.round(perSecond)} users/s, ${((perSecond / floor) * 100).toFixed(1)} % of the floor`,
    `cycle without a change: ${unchanged.ms.toFixed(1)} ms`,
    `one change, directory to app: ${one.ms.toFixed(1)} ms (${one.summary.counts.updated} updated)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const failed = initial.summary.counts.failed + (initial.summary.counts.created === people ? 0 : 1);
  if (failed > 0) {
    process.stderr.write(`${JSON.stringify(initial.summary)}\n`);
    process.exitCode = 1;
  }
}
