import type { CycleEvent } from '@lockstep/engine';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { CliIo } from './cli-io.ts';

/** Shows how far the first cycles are: a bar an app on a terminal, else now and then a line. */
export interface SampleProgress {
  add(app: { readonly id: string; readonly name: string }): void;
  tell(event: CycleEvent): void;
  /** Leaves the bars as they are. May be called twice. */
  end(): void;
}

/** Makes the progress of first cycles on standard error. */
export function createSampleProgress(io: CliIo): SampleProgress {
  return io.isTerminal ? createBars() : createLines(io);
}

const NAME_WIDTH = 12;

function createBars(): SampleProgress {
  const bars = new MultiBar({
    format: '{name} [{bar}] {percentage}%  {value}/{total}  {state}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
    stopOnComplete: false,
    forceRedraw: true,
  });
  const byApp = new Map<string, SingleBar>();
  const done = new Set<string>();
  let isEnded = false;
  return {
    add: ({ id, name }) => {
      byApp.set(id, bars.create(1, 0, { name: name.padEnd(NAME_WIDTH), state: 'starting' }));
    },
    tell: (event) => {
      const bar = byApp.get(event.jobId);
      if (bar === undefined || done.has(event.jobId)) return;
      if (event.kind === 'progress') {
        bar.setTotal(Math.max(1, event.total));
        bar.update(Math.min(event.done, event.total), { state: 'running' });
      } else if (event.kind === 'finished') {
        done.add(event.jobId);
        bar.update(bar.getTotal(), { state: stateText(event) });
      }
    },
    end: () => {
      if (!isEnded) bars.stop();
      isEnded = true;
    },
  };
}

/** A line at the start, at each quarter, and at the end of an app's first cycle. */
function createLines(io: CliIo): SampleProgress {
  const names = new Map<string, string>();
  const quarters = new Map<string, number>();
  const done = new Set<string>();
  return {
    add: ({ id, name }) => {
      names.set(id, name);
    },
    tell: (event) => {
      const name = names.get(event.jobId);
      if (name === undefined || done.has(event.jobId)) return;
      if (event.kind === 'started') io.writeError(`${name}: the first cycle begins\n`);
      if (event.kind === 'progress') {
        const quarter = Math.floor((event.done * 4) / Math.max(1, event.total));
        if (quarter <= (quarters.get(event.jobId) ?? 0)) return;
        quarters.set(event.jobId, quarter);
        io.writeError(`${name}: ${event.done} of ${event.total}\n`);
      }
      if (event.kind === 'finished') {
        done.add(event.jobId);
        io.writeError(`${name}: ${stateText(event)}\n`);
      }
    },
    end: () => undefined,
  };
}

function stateText(event: Extract<CycleEvent, { kind: 'finished' }>): string {
  const { state, startedMs, endedMs } = event.summary;
  const seconds = ((endedMs - startedMs) / 1_000).toFixed(1);
  switch (state) {
    case 'succeeded':
      return `done in ${seconds} s`;
    case 'entryLevelErrors':
      return `done in ${seconds} s, with failures`;
    case 'failed':
      return 'failed';
    case 'stopped':
      return 'stopped';
  }
}
