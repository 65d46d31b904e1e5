import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { isJsonArray, isJsonObject } from '@lockstep/scim';
import { runWords as run } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('unknown commands and options are wrong usage', async () => {
  assert.equal((await run(['dance'])).code, 2);
  const { code, out, error } = await run(['start', '--shoe-size', '43']);
  assert.deepEqual([code, out], [2, '']);
  assert.match(error, /unknown option '--shoe-size'/);
});

test('a bad setting is wrong usage and says what is allowed', async () => {
  const { code, error } = await run(['start', '--port', 'many']);
  assert.equal(code, 2);
  assert.match(error, /^lockstep: port = "many" \(from --port\) is not possible: allowed is a whole number/);
});

test('config check shows every setting with where it came from, as text and as one JSON document', async (t) => {
  const workingFolder = tempFolder(t);
  const environment = { LOCKSTEP_PORT: '4700' };
  const text = await run(['config', 'check'], { workingFolder, environment });
  assert.match(text.out, /^port +4700 +LOCKSTEP_PORT$/m);
  const json: unknown = JSON.parse((await run(['config', 'check', '--json'], { workingFolder, environment })).out);
  assert.ok(isJsonObject(json) && isJsonArray(json['settings']));
  assert.deepEqual(json['settings'][2], { name: 'port', value: '4700', source: 'LOCKSTEP_PORT' });
  assert.equal(
    (await run(['config', 'check'], { workingFolder, environment: { LOCKSTEP_OUTGOING: '999/8' } })).code,
    2,
  );
});

test('start runs until it is told to stop', async (t) => {
  const workingFolder = tempFolder(t);
  const { code, error } = await run(['start', '--port', '0'], { workingFolder });
  assert.equal(code, 0);
  assert.match(error, /^lockstep runs at http:\/\/127\.0\.0\.1:\d+\n/);
  assert.match(error, /stopped\n$/);
});

test('a busy port is one sentence and exit code 1', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { code, error } = await run(['start', '--port', String(port)], { workingFolder: tempFolder(t) });
  assert.equal(code, 1);
  assert.match(error, new RegExp(`^lockstep: port ${port} of 127\\.0\\.0\\.1 is in use\\n`));
});

test('the real process becomes ready, and ends with code 0 at SIGTERM', async (t) => {
  const binary = join(import.meta.dirname, '..', '..', 'bin', 'lockstep.js');
  const child = spawn(process.execPath, [binary, 'start', '--port', '0', '--data', tempFolder(t)]);
  t.after(() => child.kill('SIGKILL'));
  child.stderr.setEncoding('utf8');
  const url = await new Promise<string>((resolve) => {
    let error = '';
    child.stderr.on('data', (chunk) => {
      error += String(chunk);
      const found = /runs at (\S+)/.exec(error)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  assert.equal((await fetch(`${url}/health/ready`)).status, 200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
});
