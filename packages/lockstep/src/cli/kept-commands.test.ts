import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openServer } from '../../test/admin-client.ts';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('plan, apply, import, drift, rollback and audit by command line', async (t) => {
  const folder = tempFolder(t);
  const { ask, url } = await openServer(t, folder);
  const { body: tenant } = await ask('POST', '/providers', { profile: 'generic', title: 'Target' });
  await ask('POST', '/directory/users', {
    userPrincipalName: 'eva@example.com',
    mailNickname: 'eva',
    displayName: 'Eva',
  });
  await ask('PUT', '/apps', {
    name: 'App',
    template: 'generic',
    scope: 'all',
    tenantUrl: tenant['scimUrl'],
    secretToken: tenant['token'],
    schedule: { enabled: false },
  });
  const run = (...words: readonly string[]) =>
    runWords([...words, '--url', url, '--data', folder], { workingFolder: folder });

  const planned = await run('sync', 'App', '--plan', '-o', 'plan.json');
  assert.match(planned.out, /1 create\nwritten to plan\.json; nothing was sent/, planned.error);
  const plan: unknown = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  assert.match(JSON.stringify(plan), /"displayName":"Eva"/);
  const applied = await run('sync', 'App', '--apply', 'plan.json');
  assert.deepEqual([applied.code, applied.out], [0, '1 done\n'], applied.error);
  const twice = await run('sync', 'App', '--apply', 'plan.json');
  assert.equal(twice.code, 1);
  assert.match(twice.error, /carried out already/);

  assert.match((await run('import', 'App', '--dry-run')).out, /1 assigned/);
  assert.match((await run('import', 'list', 'App')).out, /^assigned +eva@example\.com/);
  const refused = await run('import', 'apply', 'App', '--action', 'link', '--class', 'assigned');
  assert.deepEqual([refused.code, /linked already/.test(refused.out)], [1, true]);
  assert.equal((await run('import', 'apply', 'App', '--action', 'link')).code, 2);

  assert.match((await run('link', 'list', 'App')).out, /Eva +\S+ +eva@example\.com +\S+ +managed/);
  assert.match((await run('link', 'show', 'App', 'eva@example.com')).out, /^Eva has the account eva@example\.com/);
  const broken = await run('link', 'break', 'App', 'eva@example.com', '--json');
  assert.deepEqual(JSON.parse(broken.out), { app: 'App', id: 'eva@example.com', isLinked: false }, broken.error);
  assert.equal((await run('link', 'show', 'App', 'eva@example.com')).code, 1);
  assert.match((await run('sync', 'App', '--wait')).out, /1 linked/);

  assert.match((await run('drift', 'App')).out, /^nothing was found/);
  assert.match((await run('drift', 'App', '--fix')).out, /nothing to do/);

  const { body: logs } = await ask('GET', '/logs?app=App&action=create');
  const cycle = /"cycleId":"([^"]+)"/.exec(JSON.stringify(logs))?.[1] ?? '';
  const preview = await run('rollback', 'App', cycle, '--dry-run');
  assert.match(preview.out, /1 delete[\s\S]*delete +Eva[\s\S]*nothing was sent/);
  const undone = await run('rollback', 'App', cycle);
  assert.deepEqual([undone.code, undone.out], [0, '1 done\n'], undone.error);

  const audit = await run('audit', '--about', 'App');
  assert.match(audit.out, /owner key \(api\) {2}app App {2}PUT \/apps/);
  assert.doesNotMatch(audit.out, new RegExp(String(tenant['token'])));
  const mail = await run('mail', 'test', 'a@example.com');
  assert.deepEqual([mail.code, /no mail server is set/.test(mail.error)], [2, true]);
});
