import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');
const PERSON = 'eva.lind@noordlicht.example';

/** Longest the first cycles may take on a slow machine. */
const FIRST_CYCLES_MS = 120_000;

interface Place {
  readonly data: string;
  readonly port: string;
}

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  /** What the process has printed on standard error so far. */
  printed(): string;
}

/** A port that is free now: the apps of the sample know the server by it, so a second start has to have the same. */
async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' && address !== null ? address.port : 0);
}

async function start(t: TestContext, place: Place): Promise<Server> {
  const words = ['start', '--sample', '--port', place.port, '--data', place.data];
  const child = spawn(process.execPath, [BINARY, ...words]);
  t.after(() => child.kill('SIGKILL'));
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const server = { child, printed: () => printed };
  await until(() => printed.includes('lockstep runs at') || child.exitCode !== null, 'the server to listen', 20_000);
  assert.equal(child.exitCode, null, printed);
  const url = /runs at (\S+)/.exec(printed)?.[1] ?? '';
  await until(async () => (await fetch(`${url}/health/ready`)).ok, 'the server to be ready', 20_000);
  return { ...server, url };
}

async function stop(server: Server): Promise<void> {
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  assert.equal(code, 0, server.printed());
}

async function until(isDone: () => boolean | Promise<boolean>, what: string, limitMs: number): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!(await isDone())) {
    if (Date.now() > endMs) throw new Error(`${what} took longer than ${limitMs} ms`);
    await pause(50);
  }
}

/** A call of the admin API with the key of the data folder; answers are read loosely, since asserts follow. */
async function ask(server: Server, data: string, path: string): Promise<ReturnType<typeof JSON.parse>> {
  const key = readFileSync(join(data, 'api-key'), 'utf8').trim();
  const response = await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal(response.status, 200, path);
  return response.json();
}

interface AppCounts {
  readonly users: number;
  readonly groups: number;
}

/** What the engine believes each app has. */
async function linked(server: Server, data: string): Promise<Readonly<Record<string, AppCounts>>> {
  const status = await ask(server, data, '/status');
  const rows: readonly { app: string; linkedUsers: number; linkedGroups: number }[] = status.apps;
  return Object.fromEntries(rows.map((row) => [row.app, { users: row.linkedUsers, groups: row.linkedGroups }]));
}

/** What each app really has, read on the receiving side. */
async function received(server: Server, data: string): Promise<Readonly<Record<string, AppCounts>>> {
  const { items } = await ask(server, data, '/providers');
  const counts = await Promise.all(
    items.map(async ({ id, title }: { id: string; title: string }) => {
      const { users, groups } = await ask(server, data, `/providers/${id}`);
      return [title.replace('Noordlicht ', ''), { users, groups }];
    }),
  );
  return Object.fromEntries(counts);
}

/** Number of the newest event of each app's tenant: it stands still when nothing is written. */
async function newestEvents(server: Server, data: string): Promise<Readonly<Record<string, number>>> {
  const { items } = await ask(server, data, '/providers');
  const ends = await Promise.all(
    items.map(async ({ id, title }: { id: string; title: string }) => {
      for (let after = '0'; ; ) {
        const page = await ask(server, data, `/providers/${id}/events?limit=1000&after=${after}`);
        if (page.items.length === 0) return [title, Number(after)];
        after = page.next;
      }
    }),
  );
  return Object.fromEntries(ends);
}

async function cli(server: Server, data: string, words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [BINARY, ...words, '--url', server.url, '--data', data]);
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, error);
  return out;
}

/** Accounts in the engine's mind; Zenvoices has local accounts besides that nobody in the directory belongs to. */
const EXPECTED = {
  Zenya: { users: 975, groups: 22 },
  Zero: { users: 945, groups: 21 },
  Ziflow: { users: 201, groups: 0 },
  Zenvoices: { users: 177, groups: 0 },
};
const LOCAL_IN_ZENVOICES = 2;

test('a newcomer starts the sample, changes one person, stops, and starts again', { timeout: 300_000 }, async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'lockstep-sample-'));
  const place = { data, port: await freePort() };
  t.after(() => rmSync(data, { recursive: true, force: true }));

  await t.test('the first cycles bring everybody into four apps', async (t2) => {
    const server = await start(t, place);
    await until(() => server.printed().includes('What to try next'), 'the first cycles', FIRST_CYCLES_MS);
    assert.deepEqual(await linked(server, data), EXPECTED);
    const zenvoices = { users: EXPECTED.Zenvoices.users + LOCAL_IN_ZENVOICES, groups: 0 };
    assert.deepEqual(await received(server, data), { ...EXPECTED, Zenvoices: zenvoices });
    const rows = server.printed().split('\n');
    const rowOf = (app: string): readonly string[] =>
      (rows.find((row) => row.startsWith(`${app}  `)) ?? '').split(/ +/);
    // app, created, linked, updated, disabled, skipped, failed, seconds
    assert.deepEqual(rowOf('Zenya').slice(1, 3), ['997', '0']);
    assert.deepEqual(rowOf('Ziflow').slice(1, 3), ['195', '6']);
    assert.deepEqual(rowOf('Zenvoices').slice(1, 7), ['157', '20', '0', '0', '2', '0']);
    for (const app of Object.keys(EXPECTED)) assert.equal(rowOf(app)[6], '0', `${app} failed`);
    assert.match(server.printed(), /Zenya: 25 skipped: The person is disabled in the directory\./);

    await t2.test('a change of one person is at the apps within seconds', async () => {
      const startedMs = Date.now();
      await cli(server, data, ['directory', 'set', PERSON, 'displayName=Eva Lind-Berg', 'surname=Lind-Berg']);
      const isLogged = async (): Promise<boolean> => {
        const { items } = await ask(
          server,
          data,
          `/logs?user=${encodeURIComponent(PERSON)}&action=update&status=success`,
        );
        return new Set(items.map((item: { app: string }) => item.app)).size === 3;
      };
      await until(isLogged, 'the change', 10_000);
      t2.diagnostic(`from the command to three apps: ${Date.now() - startedMs} ms, the command's own start included`);
    });

    await t2.test('what a person shares with another is asked for more exactly', async () => {
      const child = spawn(process.execPath, [
        BINARY,
        'directory',
        'get',
        'Jan de Vries',
        '--url',
        server.url,
        '--data',
        data,
      ]);
      const [code] = await once(child, 'exit');
      assert.equal(code, 1);
    });
    await stop(server);
  });

  await t.test('a second start loads nothing and writes nothing', async () => {
    const server = await start(t, place);
    await until(() => server.printed().includes('was not loaded'), 'the sentence about the sample', 10_000);
    const before = await newestEvents(server, data);
    for (const app of Object.keys(EXPECTED)) {
      const cycle = JSON.parse(await cli(server, data, ['sync', app, '--wait', '--json']));
      const { created, linked: links, updated, disabled, deleted, failed } = cycle.counts;
      assert.deepEqual([created, links, updated, disabled, deleted, failed], [0, 0, 0, 0, 0, 0], app);
    }
    assert.deepEqual(await linked(server, data), EXPECTED);
    assert.deepEqual(await newestEvents(server, data), before);
    await stop(server);
  });
});

test('a stop in the middle of the first cycles is picked up by the next start', { timeout: 300_000 }, async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'lockstep-sample-'));
  const place = { data, port: await freePort() };
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const first = await start(t, place);
  await until(() => /Zenya: \d+ of/.test(first.printed()), 'the middle of the cycle', FIRST_CYCLES_MS);
  await stop(first);
  assert.ok(!first.printed().includes('What to try next'));

  const second = await start(t, place);
  const isWhole = async (): Promise<boolean> => JSON.stringify(await linked(second, data)) === JSON.stringify(EXPECTED);
  await until(isWhole, 'the rest of the first cycles', FIRST_CYCLES_MS);
  const zenvoices = { users: EXPECTED.Zenvoices.users + LOCAL_IN_ZENVOICES, groups: 0 };
  assert.deepEqual(await received(second, data), { ...EXPECTED, Zenvoices: zenvoices });
  await stop(second);
});
