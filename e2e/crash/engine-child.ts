// Runs one cycle in a process of its own and kills that process, by SIGKILL, at the nth visit of a boundary.
// usage: node engine-child.ts DATABASE TENANT_URL TOKEN [BOUNDARY NTH]
import { randomUUID } from 'node:crypto';
import { type CyclePorts, compileJob, runCycle } from '@lockstep/engine';
import { createScimClient, type Fetch } from '@lockstep/scim/client';
import { openSqliteStore } from '@lockstep/store';
import { jobFor } from '../../packages/engine/contract/company.ts';
import { type Boundary, isBoundary } from './boundary.ts';

const [file = '', tenantUrl = '', token = '', boundary, nthText = '1'] = process.argv.slice(2);
const deadly: Boundary | undefined = isBoundary(boundary) ? boundary : undefined;
let visitsLeft = Number(nthText);

/** Dies here when this is the visit that was asked for. */
function visit(at: Boundary): void {
  if (at !== deadly) return;
  visitsLeft -= 1;
  if (visitsLeft === 0) process.kill(process.pid, 'SIGKILL');
}

const fetchPort: Fetch = async ({ method, url, headers, body, timeoutMs }) => {
  const isWrite = method !== 'GET';
  const mark = isWrite && deadly === 'after-send' ? { 'x-visit': String(visitsLeft) } : {};
  if (isWrite && deadly === 'after-send') visitsLeft -= 1;
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...mark, 'x-pid': String(process.pid) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (isWrite) visit('after-reply');
  return { status: answer.status, headers: answer.headers, text };
};

const clock = { nowMs: Date.now, wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const store = await openSqliteStore({ file }, clock.nowMs());
const { engine } = store;
const ports: CyclePorts = {
  store: {
    ...engine,
    recordIntents: async (jobId, intents, fence) => {
      visit('before-intent');
      const isStored = await engine.recordIntents(jobId, intents, fence);
      visit('after-intent');
      return isStored;
    },
    recordOutcomes: async (jobId, outcomes, fence) => {
      visit('before-outcome');
      const isStored = await engine.recordOutcomes(jobId, outcomes, fence);
      visit('after-outcome');
      return isStored;
    },
    saveState: async (state, fence) => {
      visit('before-watermark');
      const isSaved = await engine.saveState(state, fence);
      visit('after-watermark');
      return isSaved;
    },
  },
  directory: store.directory,
  client: createScimClient({ baseUrl: tenantUrl, token, fetch: fetchPort, clock, random: Math.random }),
  clock,
  random: { fraction: Math.random, guid: randomUUID },
  holder: 'the-one-engine',
  isStopping: () => false,
  pageSize: 8,
  concurrency: 4,
};

const summary = await runCycle(compileJob(jobFor('generic', tenantUrl)), ports);
await store.close();
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = summary.state === 'failed' ? 1 : 0;
