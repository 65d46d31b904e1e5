// Runs the project's checks and tests: `quick` = rooms, lint, types and the unit tests that need no database server and no
// long runs; `all` = those too, and the end-to-end tests, `e2e` and `browser` = these alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Test files, for steps that run tests: their results are counted beside the exit code. */
  readonly tests?: readonly string[];
}

const NODE_MAJOR = 24;
const root = join(import.meta.dirname, '..');
const mode = process.argv[2] ?? 'all';

const unitTests = globSync('{packages,tools}/**/*.test.ts', { cwd: root, exclude: ['**/node_modules/**'] }).sort();
/** What the inner loop leaves out: PostgreSQL, and tests whose point is a great number. */
const SLOW: readonly string[] = ['.pg.test.ts', 'big-groups.test.ts', 'random-faults.test.ts', 'faults.test.ts'];
const isOfPostgres = (file: string): boolean => file.endsWith('.pg.test.ts');
const endToEndTests = globSync('e2e/**/*.test.ts', { cwd: root }).sort();
const browserTests = endToEndTests.filter((file) =>
  /\/(open-console|browser-guide)\.ts'/.test(readFileSync(join(root, file), 'utf8')),
);

const checks: readonly Step[] = [
  { name: 'console', command: ['node', 'packages/console/build.ts'] },
  { name: 'rooms', command: ['node', 'tools/check-rooms.ts'] },
  { name: 'lint', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'types of the console', command: ['tsc', '--noEmit', '-p', 'packages/console'] },
];
const UNIT = ['node', '--test', '--test-isolation=none'];
/** One process each, on a core each: what waits for PostgreSQL leaves the other core to the rest. */
const unit: readonly Step[] = [
  { name: 'unit', command: UNIT, tests: unitTests.filter((file) => !isOfPostgres(file)) },
  { name: 'unit on PostgreSQL', command: UNIT, tests: unitTests.filter(isOfPostgres) },
];
const quick: Step = {
  name: 'unit',
  command: UNIT,
  tests: unitTests.filter((file) => !SLOW.some((ending) => file.endsWith(ending))),
};
const endToEnd: Step = {
  name: 'e2e',
  command: ['node', '--test', '--test-concurrency=1'],
  tests: endToEndTests.filter((file) => !browserTests.includes(file)),
};
/** Tests that drive a browser wait more than they compute, so two of their files run side by side. */
const browser: Step = {
  name: 'e2e in the browser',
  command: ['node', '--test', '--test-concurrency=2'],
  tests: browserTests,
};

/** Steps of one row run side by side. */
type Plan = readonly (readonly Step[])[];

const rowsOfChecks: Plan = checks.map((step) => [step]);
const plans: Readonly<Record<string, Plan>> = {
  check: rowsOfChecks,
  quick: [...rowsOfChecks, [quick]],
  all: [...rowsOfChecks, unit, [endToEnd], [browser]],
  e2e: [...rowsOfChecks, [endToEnd], [browser]],
  browser: [...rowsOfChecks, [browser]],
};

await run();

async function run(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    process.stderr.write(`The tests need Node ${NODE_MAJOR} or newer; this is ${process.versions.node}.\n`);
    process.exitCode = 1;
    return;
  }
  const plan = plans[mode];
  if (plan === undefined) {
    process.stderr.write(`usage: node tools/run-tests.ts ${Object.keys(plans).join('|')}\n`);
    process.exitCode = 2;
    return;
  }
  const failed: string[] = [];
  for (const row of plan) {
    const ended = await Promise.all(row.map(async (step) => ({ name: step.name, isGood: await runStep(step) })));
    failed.push(...ended.filter(({ isGood }) => !isGood).map(({ name }) => name));
  }
  if (failed.length > 0) process.stderr.write(`\nfailed: ${failed.join(', ')}\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function runStep(step: Step): Promise<boolean> {
  const startedMs = performance.now();
  const isGood = await (step.tests === undefined ? execute(step.command) : executeTests(step.command, step.tests));
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  process.stderr.write(`-- ${step.name}: ${isGood ? 'ok' : 'FAILED'} in ${seconds} s\n`);
  return isGood;
}

async function execute([command = '', ...rest]: readonly string[]): Promise<boolean> {
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}` };
  const [code] = await once(spawn(command, rest, { cwd: root, stdio: 'inherit', env }), 'exit');
  return code === 0;
}

/**
 * Tests of one process share its exit code with the code under test, which may set it; so the results are counted by a
 * reporter of our own as well. A run without a single passed test is no good run either.
 */
async function executeTests(command: readonly string[], tests: readonly string[]): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-tests-'));
  const results = join(folder, 'results');
  const counter = join(root, 'tools', 'result-reporter.ts');
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [`--test-reporter=${counter}`, `--test-reporter-destination=${results}`],
  ].flat();
  try {
    const isEndedWell = await execute([...command, ...reporters, ...tests]);
    const lines = readFileSync(results, 'utf8').split('\n');
    return isEndedWell && lines.includes('pass') && !lines.includes('fail');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
