import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');

interface Ran {
  readonly code: unknown;
  readonly out: string;
  readonly error: string;
}

async function run(words: readonly string[], cwd?: string): Promise<Ran> {
  const child = spawn(process.execPath, [BINARY, ...words], cwd === undefined ? {} : { cwd });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, error };
}

test('the program and a command explain themselves', async () => {
  for (const words of [['--help'], ['directory', 'set', '--help']]) {
    const { code, out, error } = await run(words);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Usage: lockstep /);
  }
});

for (const words of [['dance'], ['directory', 'set', 'eva']]) {
  test(`lockstep ${words.join(' ')} is wrong usage`, async () => {
    const { code, out, error } = await run(words);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /error: /);
  });
}

test('a busy port is one sentence and exit code 1, and leaves nothing running', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'lockstep-cli-'));
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    blocker.close();
    rmSync(data, { recursive: true, force: true });
  });
  const address = blocker.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const { code, out, error } = await run(['start', '--port', port, '--data', data]);
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /^lockstep: port \d+ of 127\.0\.0\.1 is in use\n/);
});

test('a wrong CSV names line and column, a data folder in use is refused, and nothing is half-written', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-'));
  const server = spawn(process.execPath, [BINARY, 'start', '--port', '0'], { cwd: folder });
  t.after(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  let printed = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  while (!printed.includes('runs at')) await once(server.stderr, 'data');
  const url = /runs at (\S+)/.exec(printed)?.[1] ?? '';

  writeFileSync(
    join(folder, 'people.csv'),
    'userPrincipalName,accountEnabled\neva@example.com,true\nmo@example.com,perhaps\n',
  );
  const wrong = await run(['directory', 'import', 'people.csv', '--url', url], folder);
  assert.deepEqual([wrong.code, wrong.out], [1, '']);
  assert.match(
    wrong.error,
    /^lockstep: line 3, column accountEnabled: "perhaps" is neither true nor false; nothing was written\n/,
  );
  const status = await run(['status', '--json', '--url', url], folder);
  assert.equal(JSON.parse(status.out).users, 0);

  const second = await run(['start', '--port', '0'], folder);
  assert.deepEqual([second.code, second.out], [1, '']);
  assert.match(second.error, /^lockstep: the data folder .* is in use by another lockstep\n/);
});
