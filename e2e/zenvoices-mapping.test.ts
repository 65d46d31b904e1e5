import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Ran, runWords } from '../packages/lockstep/test/run-words.ts';

const BINARY = join(import.meta.dirname, '..', 'packages', 'lockstep', 'bin', 'lockstep.js');

type Loose = ReturnType<typeof JSON.parse>;

interface Company {
  /** Runs a command that must succeed; gives what it printed as JSON. */
  readonly run: (...words: readonly string[]) => Promise<Loose>;
  /** Runs a command that must be refused; gives the refusal. */
  readonly refused: (...words: readonly string[]) => Promise<string>;
  readonly folder: string;
  /** The account in the app, read over SCIM. */
  readonly account: (userName: string) => Promise<Loose>;
}

async function open(t: TestContext): Promise<Company> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-mapping-'));
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

  // The commands run in this process: the server is the real one, and a process for each would take most of the time.
  const ended = (words: readonly string[]): Promise<Ran> =>
    runWords([...words, '--url', url, '--json'], { workingFolder: folder });
  const run: Company['run'] = async (...words) => {
    const { code, out, error } = await ended(words);
    assert.equal(code, 0, `${words.join(' ')}\n${error}${out}`);
    return out.trim() === '' ? {} : JSON.parse(out);
  };
  const refused: Company['refused'] = async (...words) => {
    const { code, error } = await ended(words);
    assert.equal(code, 1, words.join(' '));
    return error;
  };

  const tenant = await run('provider', 'add', '--profile', 'zenvoices', '--title', 'Zenvoices');
  // The list of roles is kept in the app, not in the directory.
  const key = readFileSync(join(folder, 'lockstep-data', 'api-key'), 'utf8').trim();
  const named = await fetch(`${url}/api/v1/providers/${tenant.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ roleNames: ['Uploader', 'Authorizer'] }),
  });
  assert.equal(named.status, 200);
  const account: Company['account'] = async (userName) => {
    const query = new URLSearchParams({ filter: `userName eq "${userName}"` });
    const headers = { authorization: `Bearer ${tenant.token}` };
    const answer: Loose = await (await fetch(`${tenant.scimUrl}/Users?${query}`, { headers })).json();
    assert.equal(answer.totalResults, 1, userName);
    return answer.Resources[0];
  };
  const person = ['mail=eva@example.com', 'displayName=Eva', 'givenName=Eva', 'surname=Lind', 'jobTitle=Clerk'];
  await run('directory', 'add', 'eva@example.com', ...person, 'mailNickname=eva');
  writeFileSync(join(folder, 'token'), tenant.token);
  writeFileSync(
    join(folder, 'lockstep.yaml'),
    `apps:
  - name: Invoices
    template: generic
    tenantUrl: ${tenant.scimUrl}
    secretToken: file:token
    schedule: { enabled: false }
`,
  );
  await run('apply', '-f', 'lockstep.yaml');
  return { run, refused, folder, account };
}

function targetsOf(table: Loose): readonly string[] {
  return table.mappings.map((row: Loose) => row.target);
}

test('the mapping section of the Zenvoices guide, step by step, and the roles that come of it', async (t) => {
  const { run, refused, folder, account } = await open(t);

  // Provision Microsoft Entra ID Groups: No.
  await run('mapping', 'switch', 'Invoices', '--object', 'group', '--enabled', 'false');

  // Delete displayName, title, name.formatted, all addresses, all phone numbers, all of the enterprise extension.
  const before = targetsOf(await run('mapping', 'list', 'Invoices'));
  assert.equal(before.length, 22);
  const gone = before.filter((target) =>
    /^(displayName|title|name\.formatted|addresses|phoneNumbers|urn:)/.test(target),
  );
  await run('mapping', 'remove', 'Invoices', ...gone);
  assert.match(await refused('mapping', 'remove', 'Invoices', 'userName'), /userName: the app requires this attribute/);

  // externalId: source attribute objectId.
  const edited = await run('mapping', 'set', 'Invoices', 'externalId', '--source', 'objectId');
  assert.deepEqual(edited.differences, [
    { what: 'users.mappings.externalId.source.name', before: 'mailNickname', after: 'objectId' },
  ]);

  // Edit attribute list: roles, String, Multi-Value. The generic list has it already: the guide's step is made from nothing.
  await run('attribute', 'remove', 'Invoices', 'roles');
  await run('attribute', 'add', 'Invoices', 'roles', '--type', 'String', '--multi-valued', 'true');
  assert.match(await refused('attribute', 'add', 'Invoices', 'Roles'), /has an attribute of this name already/);

  // Add new mapping: expression, AssertiveAppRoleAssignmentsComplex([appRoleAssignments]) to roles.
  const expression = 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])';
  assert.match(
    await refused('mapping', 'set', 'Invoices', 'roles', '--expression', 'AssertiveAppRoleAssignmentComplex([x])'),
    /did you mean AssertiveAppRoleAssignmentsComplex/,
  );
  await run('mapping', 'set', 'Invoices', 'roles', '--expression', expression);
  assert.deepEqual(targetsOf(await run('mapping', 'list', 'Invoices')).toSorted(), [
    'active',
    'emails[type eq "work"].value',
    'externalId',
    'name.familyName',
    'name.givenName',
    'preferredLanguage',
    'roles',
    'userName',
  ]);

  // App roles: one value may name several roles of the app.
  await run('role', 'add', 'Invoices', 'Uploader,Authorizer', '--name', 'Uploads and authorizes');
  await run('directory', 'assign', 'Invoices', 'eva@example.com', '--role', 'Uploader,Authorizer');
  const preview = await run('mapping', 'preview', 'Invoices', 'eva@example.com');
  assert.match(preview.rows.find((row: Loose) => row.target === 'roles').value, /Uploader,Authorizer/);
  assert.equal((await run('scope', 'preview', 'Invoices')).inScope, 1);

  await run('sync', 'Invoices', '--wait');
  const eva = await account('eva@example.com');
  const values = (one: Loose): readonly string[] => one.roles.map((role: Loose) => role.value).toSorted();
  assert.deepEqual(values(eva), ['Authorizer', 'Uploader']);
  assert.deepEqual([eva.displayName, eva.title, eva.externalId === 'eva'], [undefined, undefined, false]);

  // The exported schema holds all of it, and importing it into the app changes nothing.
  await run('app', 'schema', 'export', 'Invoices', '-o', 'schema.json');
  const schema = readFileSync(join(folder, 'schema.json'), 'utf8');
  assert.ok(schema.includes('AssertiveAppRoleAssignmentsComplex'));
  const dry = await run('app', 'schema', 'import', 'Invoices', 'schema.json', '--dry-run');
  assert.deepEqual([dry.differences, dry.findings], [[], []]);
  assert.deepEqual(dry.plan, { counts: { skip: 1 }, looked: 1, isWhole: true });

  // A role the app does not know: a clear error in the log, and the person keeps what they had.
  await run('role', 'add', 'Invoices', 'Nobody');
  await run('directory', 'assign', 'Invoices', 'eva@example.com', '--role', 'Nobody');
  await run('sync', 'Invoices', '--wait');
  assert.deepEqual(values(await account('eva@example.com')), ['Authorizer', 'Uploader']);
  const { items } = await run('logs', 'Invoices', '--status', 'failure');
  assert.match(JSON.stringify(items), /Nobody/);

  // Taking the wrong role away repairs it.
  await run('role', 'remove', 'Invoices', 'Nobody');
  const repaired = await run('sync', 'Invoices', '--wait');
  assert.equal(repaired.state, 'succeeded', JSON.stringify(repaired));

  await run('mapping', 'restore', 'Invoices');
  assert.deepEqual(targetsOf(await run('mapping', 'list', 'Invoices')), before);
});
