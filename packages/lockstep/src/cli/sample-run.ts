import { resolve } from 'node:path';
import type { CycleEvent } from '@lockstep/engine';
import type { CycleSummary } from '@lockstep/engine/ports';
import { loadSample } from '../sample/load-sample.ts';
import type { Services } from '../server/services.ts';
import type { CliIo } from './cli-io.ts';
import { createSampleProgress } from './sample-progress.ts';
import { type SummaryRow, summaryText, whatToTry } from './sample-summary.ts';

/** What the first cycles need of a running server. */
export interface SampleServer {
  readonly url: string;
  readonly services: Services;
  onEvent(listener: (event: CycleEvent) => void): () => void;
}

/**
 * Loads the sample company into an empty data folder and runs the first cycles, with a bar each; then tells what came
 * of them and what to try. Anything else than an empty data folder is left as it is.
 */
export async function runSample(server: SampleServer, io: CliIo, isStopping: () => boolean): Promise<void> {
  const first = new Map<string, CycleSummary>();
  const progress = createSampleProgress(io);
  const stopListening = server.onEvent((event) => {
    progress.tell(event);
    if (event.kind === 'finished' && !first.has(event.jobId)) first.set(event.jobId, event.summary);
  });
  try {
    const load = await loadSample(server.services, { onApp: (app) => progress.add(app) });
    if (load.kind === 'notEmpty') {
      io.writeError('the data folder holds something already, so the sample company was not loaded\n');
      return;
    }
    if (load.kind === 'interrupted') {
      io.writeError('loading the sample company was cut short earlier; remove the data folder and start again\n');
      return;
    }
    io.writeError(`the sample company: ${load.people} people in ${load.groups} groups, ${load.apps.length} apps\n`);
    await Promise.allSettled(load.apps.map(({ id }) => server.services.scheduler.runNow(id)));
    progress.end();
    if (isStopping()) return;
    const rows = await Promise.all(load.apps.map(async (app) => readRow(app, first.get(app.id), server.services)));
    io.writeError(`\n${summaryText(rows)}\n\n${whatToTry(flagsFor(server, io))}\n`);
  } finally {
    progress.end();
    stopListening();
  }
}

/** Options that the commands need to find this server, where the defaults do not. */
function flagsFor(server: SampleServer, io: CliIo): string {
  const { dataFolder } = server.services.settings;
  const url = server.url === 'http://127.0.0.1:4600' ? '' : ` --url ${server.url}`;
  return dataFolder === resolve(io.workingFolder, 'lockstep-data') ? url : `${url} --data ${dataFolder}`;
}

const RECORDS_MAX = 5_000;

async function readRow(
  app: { readonly id: string; readonly name: string },
  summary: CycleSummary | undefined,
  services: Services,
): Promise<SummaryRow> {
  const state = services.store.engine;
  const cycle = summary === undefined ? {} : { cycleId: summary.cycleId };
  const [skipped, failed] = await Promise.all([
    state.log({ jobId: app.id, ...cycle, status: 'skipped', limit: RECORDS_MAX }),
    state.log({ jobId: app.id, ...cycle, status: 'failure', limit: RECORDS_MAX }),
  ]);
  // An account that was linked and not changed is told among the linked.
  return { name: app.name, summary, skipped: skipped.filter((record) => !record.isLinked), failed };
}
