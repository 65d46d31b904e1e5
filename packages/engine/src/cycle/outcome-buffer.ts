import type { Outcome } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';
import { tellProgress } from './tell-progress.ts';

/** Gathers outcomes, so that one flush to disk serves many. What a crash takes from it is found again by its intent. */
export interface OutcomeBuffer {
  add(outcome: Outcome): void;
  /**
   * Resolves when everything added so far is stored.
   * @throws the first failure of storing
   */
  flush(): Promise<void>;
}

const OUTCOMES_PER_WRITE = 64;

export function createOutcomeBuffer(run: CycleRun): OutcomeBuffer {
  let gathered: Outcome[] = [];
  const writes: Promise<void>[] = [];
  const write = (): void => {
    const batch = gathered;
    gathered = [];
    const stored = run.record(batch);
    // The failure is seen at the flush; until then it must not count as unhandled.
    stored.catch(() => undefined);
    writes.push(stored);
    tellProgress(run);
  };
  return {
    add: (outcome) => {
      gathered.push(outcome);
      if (gathered.length >= OUTCOMES_PER_WRITE) write();
    },
    flush: async () => {
      if (gathered.length > 0) write();
      await Promise.all(writes);
    },
  };
}
