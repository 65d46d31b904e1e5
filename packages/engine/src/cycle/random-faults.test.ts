import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCompany } from '../../contract/company.ts';
import { runRandomFaults } from '../../contract/random-fault-run.ts';

const RUNS = 300;
/** The full 10,000 runs: `npm run bench -- faults`. */
const RUNS_PER_COMPANY = 100;

test(`${RUNS} random lives under faults: nobody lost, nobody twice, no removal beyond the guard`, async () => {
  let requests = 0;
  for (let first = 1; first <= RUNS; first += RUNS_PER_COMPANY) {
    const company = await openCompany();
    for (let seed = first; seed < first + RUNS_PER_COMPANY; seed += 1) {
      requests += (await runRandomFaults(company, seed)).requests;
    }
    await company.close();
  }
  assert.ok(requests > RUNS * 10);
});
