import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileJob, runCycle } from '@lockstep/engine';
import type { Fetch } from '@lockstep/scim/client';
import { openSqliteStore, type Store } from '@lockstep/store';
import { jobFor } from '../packages/engine/contract/company.ts';
import { createFetch } from '../packages/lockstep/src/outgoing/create-fetch.ts';
import { readOutgoingRule } from '../packages/lockstep/src/outgoing/outgoing-rule.ts';
import { startChildServer } from './child-server.ts';
import { fillDirectory, portsFor, timed } from './cycle-bench.ts';

const PEOPLE_DEFAULT = 100_000;
const CHANGED = 100;

/** A big directory: initial cycle, a cycle without a change, and one with 100 changes; seconds, requests, peak memory. */
export async function runScaleBench(options: readonly string[]): Promise<void> {
  const people = Number(options[0] ?? PEOPLE_DEFAULT);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-scale-'));
  const outgoing = createFetch({ rule: readOutgoingRule('open') });
  const app = await startChildServer('provider-server.ts', join(folder, 'provider.db'));
  const store = await openSqliteStore({ file: join(folder, 'engine.db') }, Date.now());
  let requests = 0;
  const counted: Fetch = (request) => {
    requests += 1;
    return outgoing.fetch(request);
  };
  const measure = async (what: string, run: () => ReturnType<typeof runCycle>): Promise<void> => {
    requests = 0;
    const { ms, summary } = await timed(run);
    const { created, updated, failed } = summary.counts;
    const seconds = (ms / 1_000).toFixed(2);
    process.stdout.write(
      `${what}: ${seconds} s, ${requests} requests; ${created} created, ${updated} updated, ${failed} failed\n`,
    );
  };
  try {
    await fillDirectory(store, people);
    const job = compileJob({ ...jobFor('generic', app.url), scope: 'all' });
    const ports = portsFor(store, { fetch: counted, url: app.url, token: app.token });
    await measure('initial', () => runCycle(job, ports));
    await measure('no change', () => runCycle(job, ports));
    await renameSome(store);
    await measure(`${CHANGED} changes`, () => runCycle(job, ports));
    process.stdout.write(`peak memory: engine ${peakMegabytes('self')} MB, provider ${peakMegabytes(app.pid)} MB\n`);
  } finally {
    await store.close();
    await app.stop();
    await outgoing.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function renameSome(store: Store): Promise<void> {
  const users = await store.directory.userPage('job-1', { limit: CHANGED, scope: 'all' });
  for (const { id, attributes } of users) {
    const keys = {
      uniqueName: `changed ${id}`,
      externalId: null,
      isExternalIdUnique: false,
      display: null,
      values: [],
      isActive: true,
    };
    const text = JSON.stringify({ ...attributes, surname: 'Changed' });
    await store.realms.update(store.directoryRealm, { type: 'User', id }, () => ({ text, keys, nowMs: Date.now() }));
  }
}

/** The high-water mark of a process's memory, where the system tells (`VmHWM` of proc(5)). */
function peakMegabytes(pid: number | 'self'): string {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? '?' : String(Math.round(Number(kilobytes) / 1_024));
  } catch {
    return '?';
  }
}
