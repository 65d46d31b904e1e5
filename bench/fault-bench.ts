import { openCompany } from '../packages/engine/contract/company.ts';
import { runRandomFaults } from '../packages/engine/contract/random-fault-run.ts';

const RUNS_DEFAULT = 10_000;
const RUNS_PER_COMPANY = 100;

/** Lives of small companies under random faults, each with its own seed; ends at the first that comes out wrong. */
export async function runFaultBench(options: readonly string[]): Promise<void> {
  const runs = Number(options[0] ?? RUNS_DEFAULT);
  const startedMs = performance.now();
  let requests = 0;
  for (let first = 1; first <= runs; first += RUNS_PER_COMPANY) {
    const company = await openCompany();
    for (let seed = first; seed < Math.min(runs + 1, first + RUNS_PER_COMPANY); seed += 1) {
      requests += (await runRandomFaults(company, seed)).requests;
    }
    await company.close();
  }
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  process.stdout.write(`${runs} runs, ${requests} requests, ${seconds} s: nobody lost, nobody twice\n`);
}
