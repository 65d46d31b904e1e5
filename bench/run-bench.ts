// Runs a benchmark: `npm run bench -- console|cycle|faults|scale|latency|lists|mapping|pace|provider|peers|protocol|requestlog [options]`. Every figure is printed beside a baseline of the
// same run, because machines differ.
import { runConsoleBench } from './console-bench.ts';
import { runCycleBench } from './cycle-bench.ts';
import { runFaultBench } from './fault-bench.ts';
import { runLatencyBench } from './latency-bench.ts';
import { runListBench } from './list-bench.ts';
import { benchMapping } from './mapping-bench.ts';
import { runPaceBench } from './pace-bench.ts';
import { runProtocolBench } from './protocol-bench.ts';
import { runPeersBench, runProviderBench } from './provider-bench.ts';
import { runRequestLogBench } from './request-log-bench.ts';
import { runScaleBench } from './scale-bench.ts';

const benches: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  console: runConsoleBench,
  cycle: runCycleBench,
  faults: runFaultBench,
  latency: runLatencyBench,
  lists: runListBench,
  pace: runPaceBench,
  mapping: async () => {
    benchMapping((line) => process.stdout.write(`${line}\n`));
  },
  scale: runScaleBench,
  peers: runPeersBench,
  protocol: runProtocolBench,
  provider: runProviderBench,
  requestlog: runRequestLogBench,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')}\n`);
  process.exitCode = 2;
} else {
  await bench(options);
}
