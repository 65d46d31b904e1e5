import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileJob, runCycle } from '@lockstep/engine';
import { createAdaptivePace, createScimClient, type Fetch } from '@lockstep/scim/client';
import { openSqliteStore } from '@lockstep/store';
import { jobFor } from '../packages/engine/contract/company.ts';
import { createFetch } from '../packages/lockstep/src/outgoing/create-fetch.ts';
import { readOutgoingRule } from '../packages/lockstep/src/outgoing/outgoing-rule.ts';
import { startChildServer } from './child-server.ts';
import { fillDirectory, portsFor } from './cycle-bench.ts';

const RATE = 25;
const SECONDS_DEFAULT = 20;
/** Requests the app takes at once after a pause. */
const BURST_DEFAULT = 5;
const CONCURRENCY = 32;

/**
 * An initial cycle into an app that refuses more than 25 requests a second, in real time: how much of
 * the rate is used, and how many requests are refused.
 * usage: pace [SECONDS [BURST]]
 */
export async function runPaceBench(options: readonly string[]): Promise<void> {
  const seconds = Number(options[0] ?? SECONDS_DEFAULT);
  const burst = options[1] ?? String(BURST_DEFAULT);
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-pace-'));
  const outgoing = createFetch({ rule: readOutgoingRule('open') });
  const app = await startChildServer('provider-server.ts', join(folder, 'provider.db'), '0', '', String(RATE), burst);
  const store = await openSqliteStore({ file: join(folder, 'engine.db') }, Date.now());
  const answered: number[] = [];
  const refused: number[] = [];
  const counted: Fetch = async (request) => {
    const answer = await outgoing.fetch(request);
    (answer.status === 429 ? refused : answered).push(performance.now());
    return answer;
  };
  try {
    // An initial cycle reads the app first, so that a person costs one request.
    await fillDirectory(store, seconds * RATE);
    const job = compileJob({ ...jobFor('generic', app.url), scope: 'all' });
    const ports = portsFor(store, { fetch: counted, url: app.url, token: app.token });
    const pace = createAdaptivePace({ clock: ports.clock, rateMax: RATE, widthMax: CONCURRENCY });
    const settings = {
      baseUrl: app.url,
      token: app.token,
      fetch: counted,
      clock: ports.clock,
      random: Math.random,
      adaptivePace: pace,
    };
    await runCycle(job, {
      ...ports,
      client: createScimClient(settings),
      tracedClient: (onExchange) => createScimClient({ ...settings, onExchange }),
    });
    report(answered, refused);
  } finally {
    await store.close();
    await app.stop();
    await outgoing.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(answered: readonly number[], refused: readonly number[]): void {
  const seconds = ((answered.at(-1) ?? 0) - (answered[0] ?? 0)) / 1_000;
  const perSecond = (answered.length - 1) / seconds;
  process.stdout.write(
    `${answered.length} requests in ${seconds.toFixed(1)} s: ${perSecond.toFixed(2)}/s, ${((100 * perSecond) / RATE).toFixed(1)} % of ${RATE}/s; ${refused.length} refused with 429\n`,
  );
}
