// Kills the engine's process at every boundary of the journal during each kind of write, one kind after the other in one
// app, and compares the app with one whose engine nobody killed.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openSqliteStore } from '@lockstep/store';
import { type AppServer, startAppServer } from './crash/app-server.ts';
import { stateOf } from './crash/app-state.ts';
import type { Boundary } from './crash/boundary.ts';
import { runEngine } from './crash/run-engine.ts';
import { directoryOf, type TestDirectory } from './crash/test-directory.ts';

const PEOPLE = 8;

/** Boundaries around one write. Those around the watermark do not depend on the kind: `crash.test.ts` has them. */
const around: readonly Boundary[] = [
  'before-intent',
  'after-intent',
  'after-send',
  'after-reply',
  'before-outcome',
  'after-outcome',
];

interface Kind {
  readonly name: string;
  /** A reference waits as a row of its own until it is written, so it needs no intent. */
  readonly hasNoIntent?: true;
  change(directory: TestDirectory): Promise<void>;
}

const kinds: readonly Kind[] = [
  {
    name: 'create',
    change: async (directory) => {
      await directory.addUser(PEOPLE, undefined);
      await directory.assignUser(PEOPLE);
    },
  },
  { name: 'update', change: (directory) => directory.rename(1, 'Married') },
  { name: 'disable', change: (directory) => directory.unassignUser(7) },
  { name: 'delete', change: (directory) => directory.remove(3) },
  { name: 'reference', hasNoIntent: true, change: (directory) => directory.setManager(4, 5) },
  { name: 'member added', change: (directory) => directory.changeMembers(0, { add: [6], remove: [] }) },
  { name: 'member removed', change: (directory) => directory.changeMembers(0, { add: [], remove: [1] }) },
];

const folder = mkdtempSync(join(tmpdir(), 'lockstep-kinds-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function inDirectory(file: string, change: (directory: TestDirectory) => Promise<void>): Promise<void> {
  const store = await openSqliteStore({ file }, Date.now());
  await change(directoryOf(store));
  await store.close();
}

async function firstDay(directory: TestDirectory): Promise<void> {
  for (let at = 0; at < PEOPLE; at += 1) await directory.addUser(at, undefined);
  await directory.addGroup(0, [0, 1, 2]);
  for (let at = 0; at < PEOPLE; at += 1) await directory.assignUser(at);
  await directory.assignGroup(0);
}

async function runUndisturbed(file: string, app: AppServer): Promise<void> {
  const ended = await runEngine(file, app);
  assert.equal(ended.code, 0, ended.output);
}

/** What the app holds after the first cycle and after each kind, when nobody is killed. */
async function expectedStates(): Promise<readonly (readonly string[])[]> {
  const app = await startAppServer();
  const file = join(folder, 'clean.db');
  await inDirectory(file, firstDay);
  await runUndisturbed(file, app);
  const states: (readonly string[])[] = [];
  for (const kind of kinds) {
    await inDirectory(file, (directory) => kind.change(directory));
    await runUndisturbed(file, app);
    states.push(await stateOf(app));
  }
  await app.close();
  return states;
}

async function killDuringEachKind(
  app: AppServer,
  boundary: Boundary,
  expected: readonly (readonly string[])[],
): Promise<void> {
  const file = join(folder, `${boundary}.db`);
  await inDirectory(file, firstDay);
  await runUndisturbed(file, app);
  for (const [at, kind] of kinds.entries()) {
    await inDirectory(file, (directory) => kind.change(directory));
    const killed = await runEngine(file, app, { boundary, nth: 1 });
    const isReached = kind.hasNoIntent !== true || !boundary.endsWith('intent');
    assert.equal(killed.signal, isReached ? 'SIGKILL' : null, `${kind.name}: ${killed.output}`);
    await runUndisturbed(file, app);
    assert.deepEqual(await stateOf(app), expected[at], kind.name);
  }
}

describe('a kill during any kind of write', { concurrency: 2 }, () => {
  let expected: readonly (readonly string[])[] = [];
  before(async () => {
    expected = await expectedStates();
    for (const [at, kind] of kinds.entries())
      assert.notDeepEqual(expected[at], expected[at - 1], `${kind.name} shows in the app`);
  });

  for (const boundary of around) {
    test(`${boundary}: nothing is lost, nothing is done twice`, async () => {
      const app = await startAppServer();
      try {
        await killDuringEachKind(app, boundary, expected);
      } finally {
        await app.close();
      }
    });
  }
});
