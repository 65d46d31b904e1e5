import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('the server itself is shown by command line: what runs, mails', async (t) => {
  const folder = tempFolder(t);
  const flags = { mailUrl: 'smtp://me:geheim-wachtwoord@127.0.0.1:2525', mailTo: 'ops@x.example' };
  const { url } = await openServer(t, folder, flags);
  const run = (...words: readonly string[]) => runWords([...words, '--url', url, '--data', folder]);
  const about = await run('about');
  assert.match(about.out, /^Lockstep \d+\.\d+\.\d+ \(Apache-2\.0\), Node 2\d.*\nstarted at .*\ndatabase: sqlite 3/);
  assert.ok(about.out.includes(`data folder ${folder}`));
  assert.ok('database' in JSON.parse((await run('about', '--json')).out));
  const mail = await run('mail', 'status');
  assert.match(mail.out, /^mail server: 127\.0\.0\.1:2525, whenOffered, as me \(fixed by flag\)\n/);
  assert.match(mail.out, /\nto: ops@x\.example \(fixed by flag\)\nwaiting: 0, given up: 0\n$/);
  assert.equal(mail.out.includes('geheim'), false);
});
