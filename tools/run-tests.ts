// Runs the project's checks and tests: `quick` = rooms, lint, types and the unit tests that need no database server and no
// long runs; `all` = those too, and the end-to-end tests, `e2e` and `browser` = these alone.
import { spawnSync } from 'node:child_process';
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
const endToEndTests = globSync('e2e/**/*.test.ts', { cwd: root }).sort();
/** Tests that drive a browser wait more than they compute, so two of their files run side by side. */
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
const unit: Step = { name: 'unit', command: ['node', '--test', '--test-isolation=none'], tests: unitTests };
const endToEnd: readonly Step[] = [
  {
    name: 'e2e',
    command: ['node', '--test', '--test-concurrency=1'],
    tests: endToEndTests.filter((file) => !browserTests.includes(file)),
  },
  { name: 'e2e in the browser', command: ['node', '--test', '--test-concurrency=2'], tests: browserTests },
];

const plans: Readonly<Record<string, readonly Step[]>> = {
  check: checks,
  quick: [...checks, { ...unit, tests: unitTests.filter((file) => !SLOW.some((ending) => file.endsWith(ending))) }],
  all: [...checks, unit, ...endToEnd],
  e2e: [...checks, ...endToEnd],
  browser: [...checks, ...endToEnd.slice(1)],
};

run();

function run(): void {
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    process.stderr.write(`The tests need Node ${NODE_MAJOR} or newer; this is ${process.versions.node}.\n`);
    process.exitCode = 1;
    return;
  }
  const steps = plans[mode];
  if (steps === undefined) {
    process.stderr.write(`usage: node tools/run-tests.ts ${Object.keys(plans).join('|')}\n`);
    process.exitCode = 2;
    return;
  }
  const failed = steps.filter((step) => !runStep(step));
  if (failed.length > 0) process.stderr.write(`\nfailed: ${failed.map((step) => step.name).join(', ')}\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function runStep(step: Step): boolean {
  const startedMs = performance.now();
  const isGood = step.tests === undefined ? execute(step.command) : executeTests(step.command, step.tests);
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  process.stderr.write(`-- ${step.name}: ${isGood ? 'ok' : 'FAILED'} in ${seconds} s\n`);
  return isGood;
}

function execute([command = '', ...rest]: readonly string[]): boolean {
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}` };
  return spawnSync(command, rest, { cwd: root, stdio: 'inherit', env }).status === 0;
}

/**
 * Tests of one process share its exit code with the code under test, which may set it; so the results are counted by a
 * reporter of our own as well. A run without a single passed test is no good run either.
 */
function executeTests(command: readonly string[], tests: readonly string[]): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-tests-'));
  const results = join(folder, 'results');
  const counter = join(root, 'tools', 'result-reporter.ts');
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [`--test-reporter=${counter}`, `--test-reporter-destination=${results}`],
  ].flat();
  try {
    const isEndedWell = execute([...command, ...reporters, ...tests]);
    const lines = readFileSync(results, 'utf8').split('\n');
    return isEndedWell && lines.includes('pass') && !lines.includes('fail');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
