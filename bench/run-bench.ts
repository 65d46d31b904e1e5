// Runs a benchmark: `npm run bench -- cycle|faults|scale|provider|protocol [options]`. Every figure is printed beside a baseline of the
// same run, because machines differ.
import { runCycleBench } from './cycle-bench.ts';
import { runFaultBench } from './fault-bench.ts';
import { runProtocolBench } from './protocol-bench.ts';
import { runPeersBench, runProviderBench } from './provider-bench.ts';
import { runScaleBench } from './scale-bench.ts';

const benches: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  cycle: runCycleBench,
  faults: runFaultBench,
  scale: runScaleBench,
  peers: runPeersBench,
  protocol: runProtocolBench,
  provider: runProviderBench,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')}\n`);
  process.exitCode = 2;
} else {
  await bench(options);
}
