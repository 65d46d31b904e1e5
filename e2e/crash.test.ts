// For every boundary of ARCHITECTURE.md: the engine's process is killed there by SIGKILL, started again, and the app
// must end up as after a run that nobody disturbed. The app takes duplicates, so a blind repeat would show.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openSqliteStore } from '@lockstep/store';
import { type AppServer, startAppServer } from './crash/app-server.ts';
import { stateOf } from './crash/app-state.ts';
import { type Boundary, boundaries } from './crash/boundary.ts';
import { runEngine } from './crash/run-engine.ts';
import { directoryOf, type TestDirectory } from './crash/test-directory.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-crash-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const PEOPLE = 20;
const RESTARTS_MAX = 2;
let files = 0;

async function fill(file: string): Promise<void> {
  const store = await openSqliteStore({ file }, Date.now());
  await firstDay(directoryOf(store));
  await store.close();
}

async function firstDay(directory: TestDirectory): Promise<void> {
  for (let at = 0; at < PEOPLE; at += 1) await directory.addUser(at, at === 0 ? undefined : Math.floor((at - 1) / 3));
  await directory.addGroup(0, [0, 1, 2, 3, 4]);
  await directory.addGroup(1, [4, 5, 6]);
  for (let at = 0; at < PEOPLE; at += 1) await directory.assignUser(at);
  await directory.assignGroup(0);
  await directory.assignGroup(1);
}

/** Everything that can happen to people in one night. */
async function secondDay(directory: TestDirectory): Promise<void> {
  await directory.rename(1, 'Married');
  await directory.disable(2);
  await directory.remove(3);
  await directory.unassignUser(7);
  await directory.addUser(PEOPLE, 0);
  await directory.assignUser(PEOPLE);
  await directory.changeMembers(0, { add: [8, PEOPLE], remove: [1] });
}

async function undisturbed(): Promise<{ first: readonly string[]; second: readonly string[] }> {
  const app = await startAppServer();
  const file = join(folder, `clean-${files++}.db`);
  await fill(file);
  assert.equal((await runEngine(file, app)).code, 0);
  const first = await stateOf(app);
  await change(file);
  const ended = await runEngine(file, app);
  assert.equal(ended.code, 0, ended.output);
  const second = await stateOf(app);
  await app.close();
  return { first, second };
}

async function change(file: string): Promise<void> {
  const store = await openSqliteStore({ file }, Date.now());
  await secondDay(directoryOf(store));
  await store.close();
}

/** Kills at the boundary, then lets the engine finish; it must need no more than a few starts. */
async function runThroughDeath(
  file: string,
  app: AppServer,
  death: { boundary: Boundary; nth: number },
): Promise<boolean> {
  const killed = await runEngine(file, app, death);
  if (killed.signal !== 'SIGKILL') assert.equal(killed.code, 0, killed.output);
  for (let start = 0; start < RESTARTS_MAX; start += 1) {
    const ended = await runEngine(file, app);
    assert.equal(ended.code, 0, ended.output);
  }
  return killed.signal === 'SIGKILL';
}

describe('a kill at any boundary loses nobody and makes nobody twice', async () => {
  const clean = await undisturbed();

  for (const boundary of boundaries) {
    for (const nth of [1, 3]) {
      test(`${boundary}, visit ${nth}`, async () => {
        const app = await startAppServer();
        const file = join(folder, `crash-${files++}.db`);
        try {
          await fill(file);
          const diedFirst = await runThroughDeath(file, app, { boundary, nth });
          assert.deepEqual(await stateOf(app), clean.first, 'after the initial cycle');
          await change(file);
          const diedSecond = await runThroughDeath(file, app, { boundary, nth: 1 });
          assert.deepEqual(await stateOf(app), clean.second, 'after the incremental cycle');
          assert.ok(diedFirst && diedSecond, 'the boundary was reached, or the test proves nothing');
        } finally {
          await app.close();
        }
      });
    }
  }
});
