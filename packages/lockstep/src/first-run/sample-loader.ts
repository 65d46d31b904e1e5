import { LockstepError } from '../lockstep-error.ts';
import {
  type LoadedSample,
  loadSample,
  type SampleAppName,
  type SampleTargets,
  sampleStanding,
} from '../sample/load-sample.ts';

/** How far the sample company is. */
export type SampleProgress =
  /** Nothing is here yet, so it can be loaded. */
  | { readonly state: 'possible' }
  /** There is something here already: it stays as it is. */
  | { readonly state: 'notEmpty' }
  /** A load was cut short, or runs in another process on the same database. */
  | { readonly state: 'interrupted' }
  | {
      readonly state: 'loading';
      readonly done: number;
      readonly total: number;
      readonly apps: readonly SampleAppName[];
    }
  /** It is there; the first cycles of its apps run or have run. */
  | ({ readonly state: 'loaded' } & LoadedSample)
  | { readonly state: 'failed'; readonly message: string };

/** Loads the sample company into a running server, once, and starts the first cycles of its apps. */
export interface SampleLoader {
  progress(): Promise<SampleProgress>;
  /** Begins, and does not wait for the end. @throws {LockstepError} `conflict` when it is not possible */
  start(): Promise<SampleProgress>;
  /** Waits for a load that is under way. */
  settled(): Promise<void>;
}

export interface SampleLoaderOptions {
  readonly targets: SampleTargets;
  /** Runs a cycle of an app. */
  readonly runNow: (appId: string) => Promise<unknown>;
  readonly report: (message: string, error?: unknown) => void;
}

/** Makes the loader; what it is at lives in memory, since a load that dies with its process has to begin over. */
export function createSampleLoader(options: SampleLoaderOptions): SampleLoader {
  const { targets } = options;
  let now: SampleProgress | undefined;
  let work: Promise<void> = Promise.resolve();
  const progress = async (): Promise<SampleProgress> => now ?? { state: await sampleStanding(targets) };
  return {
    progress,
    start: async () => {
      const before = await progress();
      if (before.state !== 'possible') throw refusal(before);
      // Nothing is awaited between the look and this line, so of two who ask at once one begins.
      if (now !== undefined) throw refusal(now);
      now = { state: 'loading', done: 0, total: 1, apps: [] };
      work = load(options, (next) => {
        now = next;
      });
      return now;
    },
    settled: () => work,
  };
}

async function load(
  { targets, runNow, report }: SampleLoaderOptions,
  tell: (progress: SampleProgress) => void,
): Promise<void> {
  const made: SampleAppName[] = [];
  let [done, total] = [0, 1];
  const show = (): void => tell({ state: 'loading', done, total, apps: [...made] });
  try {
    const loaded = await loadSample(targets, {
      onStep: (step) => {
        [done, total] = [step.done, step.total];
        show();
      },
      onApp: (app) => {
        made.push(app);
        show();
      },
    });
    if (loaded.kind !== 'loaded') {
      tell({ state: loaded.kind });
      return;
    }
    const { people, groups, apps } = loaded;
    tell({ state: 'loaded', people, groups, apps });
    for (const { id, name } of apps) {
      runNow(id).catch((error: unknown) => report(`the first cycle of ${name} could not run`, error));
    }
  } catch (error) {
    report('the sample company could not be loaded', error);
    tell({ state: 'failed', message: 'the sample company could not be loaded; the log of the server says why' });
  }
}

function refusal({ state }: SampleProgress): LockstepError {
  if (state === 'notEmpty' || state === 'loaded') {
    return new LockstepError('conflict', 'there is something here already, so the sample company is not loaded');
  }
  if (state === 'loading') return new LockstepError('conflict', 'the sample company is being loaded');
  const hint = 'Remove the data folder and start again.';
  return new LockstepError('conflict', 'loading the sample company was cut short earlier', { hint });
}
