import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isJsonArray, isJsonObject, type JsonObject } from '@lockstep/scim';
import { openServer } from '../../test/admin-client.ts';
import { type Ran, runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import type { CliIo } from './cli-io.ts';

interface Cli {
  /** Runs a command against the server. */
  run(words: readonly string[], more?: Partial<CliIo>): Promise<Ran>;
  /** Runs a command with `--json` and reads its one document. */
  json(words: readonly string[]): Promise<JsonObject>;
  write(name: string, text: string): void;
}

async function openCli(t: TestContext): Promise<Cli> {
  const workingFolder = tempFolder(t);
  const data = join(workingFolder, 'lockstep-data');
  const server = await openServer(t, data);
  const run = (words: readonly string[], more: Partial<CliIo> = {}): Promise<Ran> =>
    runWords([...words, '--url', server.url], { workingFolder, ...more });
  return {
    run,
    json: async (words) => {
      const { code, out, error } = await run([...words, '--json']);
      assert.equal(code, 0, error);
      const value: unknown = JSON.parse(out);
      assert.ok(isJsonObject(value));
      return value;
    },
    write: (name, text) => writeFileSync(join(workingFolder, name), text),
  };
}

const PEOPLE = [
  'userPrincipalName,displayName,givenName,surname,mail,department,manager,groups',
  'eva.lind@example.com,Eva Lind,Eva,Lind,eva.lind@example.com,Sales,mo@example.com,Sales;Everybody',
  'mo@example.com,Mo Berg,Mo,Berg,mo@example.com,Sales,,Everybody',
].join('\n');

/** An app into the server's own receiving side, whose schedule is off so that the test decides when it runs. */
async function addApp(cli: Cli): Promise<void> {
  const provider = await cli.json(['provider', 'add', '--profile', 'generic', '--title', 'Own app']);
  const app = {
    name: 'Own app',
    template: 'generic',
    tenantUrl: provider['scimUrl'],
    secretToken: 'env:OWN_TOKEN',
    scope: 'assigned',
    schedule: { enabled: false },
  };
  cli.write('lockstep.yaml', JSON.stringify({ apps: [app] }));
  const environment = { OWN_TOKEN: String(provider['token']) };
  const { code, out, error } = await cli.run(['apply', '-f', 'lockstep.yaml'], { environment });
  assert.equal(code, 0, error);
  assert.match(out, /app Own app: create/);
  assert.ok(!out.includes(environment.OWN_TOKEN));
  const again = await cli.run(['apply', '-f', 'lockstep.yaml'], { environment });
  assert.match(again.out, /everything was so already/);
}

test('people are imported, shown and changed', async (t) => {
  const cli = await openCli(t);
  cli.write('people.csv', PEOPLE);
  const dry = await cli.run(['directory', 'import', 'people.csv', '--dry-run']);
  assert.match(dry.out, /^create eva\.lind@example\.com$/m);
  assert.match(dry.out, /people: 2 created.*\(dry run: nothing was written\)/);
  const done = await cli.json(['directory', 'import', 'people.csv']);
  assert.deepEqual([done['created'], done['groupsCreated'], done['membersAdded']], [2, 2, 3]);
  const text = await cli.run(['directory', 'get', 'Eva Lind']);
  assert.match(text.out, /^surname +Lind$/m);
  assert.match(text.out, /^groups: .*Everybody/m);
  assert.match((await cli.run(['directory', 'get', '--group', 'Everybody'])).out, /members: 2\n/);
  const set = await cli.json(['directory', 'set', 'eva.lind@example.com', 'surname=Lind-Berg', 'manager=']);
  assert.ok(isJsonObject(set['entry']));
  assert.deepEqual(
    [set['isChanged'], set['entry']['surname'], set['entry']['manager']],
    [true, 'Lind-Berg', undefined],
  );
  assert.match((await cli.run(['directory', 'set', 'mo@example.com', 'surname=Berg'])).error, /so already/);
});

test('a wrong file names line and column, is exit code 1, and writes nothing', async (t) => {
  const cli = await openCli(t);
  cli.write('people.csv', `${PEOPLE}\nx@example.com,X,,,,,nobody@example.com,\n`);
  const { code, out, error } = await cli.run(['directory', 'import', 'people.csv']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /^lockstep: line 4, column manager: /);
  assert.equal((await cli.json(['status']))['users'], 0);
});

test('people are added, removed and assigned', async (t) => {
  const cli = await openCli(t);
  await addApp(cli);
  await cli.run(['directory', 'add', 'mo@example.com', 'displayName=Mo Berg', 'accountEnabled=true']);
  await cli.run(['directory', 'add', '--group', 'Night shift']);
  const words = ['directory', 'assign', 'Own app'];
  assert.match(
    (await cli.run([...words, 'mo@example.com', '--role', 'Viewer', '--role', 'Editor'])).out,
    /is assigned/,
  );
  assert.match(
    (await cli.run([...words, 'mo@example.com', '--role', 'Viewer'])).out,
    /was assigned to Own app already/,
  );
  assert.match((await cli.run([...words, 'Night shift'])).out, /Night shift is assigned/);
  assert.match((await cli.run([...words, 'nobody'])).error, /neither a person nor a group "nobody"/);
  const removed = await cli.json(['directory', 'unassign', 'Own app', 'mo@example.com', '--role', 'Viewer']);
  assert.equal(removed['isRemoved'], true);
  assert.match((await cli.run(['directory', 'remove', 'mo@example.com'])).out, /recycle bin/);
  assert.equal((await cli.run(['directory', 'get', 'mo@example.com'])).code, 1);
});

test('an app is shown, tested, planned and synchronized, and the log tells what happened', async (t) => {
  const cli = await openCli(t);
  await addApp(cli);
  cli.write('people.csv', PEOPLE);
  await cli.run(['directory', 'import', 'people.csv']);
  await cli.run(['directory', 'assign', 'Own app', 'eva.lind@example.com']);
  assert.match((await cli.run(['app', 'list'])).out, /^Own app +generic +assigned +http/m);
  assert.match((await cli.run(['app', 'show', 'own app'])).out, /^userName +userPrincipalName +1$/m);
  assert.match((await cli.run(['app', 'test', 'Own app'])).out, /the connection works/);
  const plan = await cli.run(['sync', 'Own app', '--plan', '--json']);
  const [line, ...more] = plan.out.trimEnd().split('\n');
  assert.deepEqual([JSON.parse(line ?? '').action, more], ['create', []]);
  assert.match(plan.error, /1 create; nothing was sent/);
  const dry = await cli.run(['provision', 'Own app', 'eva.lind@example.com', '--dry-run']);
  assert.match(dry.out, /^Eva Lind in Own app: create/);
  assert.match((await cli.run(['sync', 'Own app', '--wait'])).out, /initial cycle succeeded; 1 created/);
  assert.match((await cli.run(['sync', 'Own app', '--wait'])).out, /nothing to do/);
  assert.match((await cli.run(['status', 'Own app'])).out, /accounts: 1 users, 0 groups/);
  const logs = await cli.json(['logs', 'Own app', '--status', 'success']);
  assert.ok(isJsonArray(logs['items']) && isJsonObject(logs['items'][0]));
  assert.equal(logs['items'][0]['action'], 'create');
  assert.match(
    (await cli.run(['logs', '--user', 'eva.lind@example.com', '--follow'])).out,
    /success {2}create {2}Eva Lind$/m,
  );
});

test('an app that refuses is exit code 1 with what its guide says', async (t) => {
  const cli = await openCli(t);
  await addApp(cli);
  await cli.run(['directory', 'add', 'mo@example.com', 'displayName=Mo Berg']);
  await cli.run(['directory', 'assign', 'Own app', 'mo@example.com']);
  await cli.run(['provider', 'token', 'revoke', 'Own app', '--all']);
  const tested = await cli.run(['app', 'test', 'Own app']);
  assert.equal(tested.code, 1);
  assert.match(tested.error, /^lockstep: Own app: the connection failed: /);
  assert.equal((await cli.run(['sync', 'Own app', '--wait'])).code, 1);
});

test('a token is printed once, and an unknown or ambiguous tenant is refused', async (t) => {
  const cli = await openCli(t);
  for (const title of ['One', 'Two', 'Two']) {
    const made = await cli.run(['provider', 'add', '--profile', 'zenya', '--title', title, '--allow', '10.0.0.0/8']);
    assert.match(made.out, /^Secret Token: lks_/m);
  }
  assert.match((await cli.run(['provider', 'list'])).out, /^\w+ +zenya +One +http:\S+\/zenya\/scim\/$/m);
  const token = await cli.json(['provider', 'token', 'new', 'one', '--label', 'second']);
  const revoked = await cli.json(['provider', 'token', 'revoke', 'One', String(token['id'])]);
  assert.deepEqual(revoked, { revoked: [token['id']] });
  const narrow = ['provider', 'token', 'new', 'one', '--scope', 'read', 'create', '--expires', '2030-01-01T00:00:00Z'];
  assert.equal((await cli.run(narrow)).code, 0);
  const wide = await cli.run(['provider', 'token', 'new', 'one', '--scope', 'everything']);
  assert.equal(wide.code, 1);
  assert.match(wide.error, /scopes/);
  assert.match((await cli.run(['provider', 'token', 'new', 'Two'])).error, /2 tenants are called "Two"/);
  assert.equal((await cli.run(['provider', 'token', 'new', 'Three'])).code, 1);
});

test('role names of a tenant are added, listed and taken away', async (t) => {
  const cli = await openCli(t);
  await cli.run(['provider', 'add', '--profile', 'zenvoices', '--title', 'One']);
  assert.match((await cli.run(['provider', 'roles', 'list', 'One'])).out, /^Uploader$/m);
  const added = await cli.json(['provider', 'roles', 'add', 'one', 'Payer', 'Uploader']);
  assert.deepEqual(added['roleNames'], ['Uploader', 'Authorizer', 'Viewer', 'Payer']);
  assert.equal((await cli.run(['provider', 'roles', 'add', 'One', 'two words'])).code, 1);
  assert.match((await cli.run(['provider', 'roles', 'remove', 'One', 'None'])).error, /no role "None"/);
  const removed = await cli.json(['provider', 'roles', 'remove', 'One', 'Uploader', 'Payer']);
  assert.deepEqual(removed['roleNames'], ['Authorizer', 'Viewer']);
  const titled = await cli.run(['provider', 'roles', 'title', 'One', 'Viewer', 'Looks only']);
  assert.match(titled.out, /^Viewer +Looks only$/m);
});

test('role values are mapped to roles, after a look at who would get what', async (t) => {
  const cli = await openCli(t);
  const { id } = await cli.json(['provider', 'add', '--profile', 'generic', '--title', 'One']);
  await cli.run(['provider', 'account', 'add', 'One', 'ada', '--email', 'ada@example.com']);
  const roles = JSON.stringify({ roles: [{ value: 'IT' }] });
  assert.match((await cli.run(['provider', 'account', 'edit', 'One', 'ada', roles])).out, /^ada +active +app +IT /m);
  const tried = await cli.run(['provider', 'roles', 'preview', 'One', '--map', 'IT=Boss,Clerk']);
  assert.match(tried.out, /^ada +IT +IT +Boss, Clerk +-$/m);
  await cli.run(['provider', 'roles', 'map', 'One', 'IT', 'Boss']);
  assert.match((await cli.run(['provider', 'roles', 'admin', 'One', 'Boss', 'yes'])).out, /^IT +Boss$/m);
  assert.match((await cli.run(['provider', 'account', 'list', 'One'])).out, /^ada +active +app +Boss +yes +\S+$/m);
  const last = await cli.run(['provider', 'account', 'remove', 'One', 'ada']);
  assert.equal(last.code, 1);
  assert.match(last.error, /last administrator of One/);
  assert.match((await cli.run(['provider', 'roles', 'unmap', String(id), 'IT'])).error, /nobody would administrate/);
  await cli.run(['provider', 'account', 'add', 'One', 'bob']);
  assert.match((await cli.run(['provider', 'account', 'admin', 'One', 'bob'])).out, /^bob +active +app +yes/m);
  assert.equal((await cli.run(['provider', 'account', 'remove', 'One', 'ada'])).code, 0);
  assert.equal((await cli.run(['provider', 'account', 'admin', 'One', 'bob', '--off'])).code, 1);
});

test('clients of a tenant are made, listed and revoked', async (t) => {
  const cli = await openCli(t);
  await cli.run(['provider', 'add', '--profile', 'generic', '--title', 'One']);
  assert.match((await cli.run(['provider', 'client', 'list', 'One'])).out, /no clients/);
  const made = await cli.json(['provider', 'client', 'new', 'one', '--label', 'gallery', '--scope', 'read', 'create']);
  assert.match(String(made['tokenUrl']), /\/oauth\/token$/);
  const id = String(made['clientId']);
  const printed = await cli.run(['provider', 'client', 'new', 'one']);
  assert.match(printed.out, /^Client ID: \S+\nClient Secret: \S+\nToken URL: http:\S+$/m);
  const listed = await cli.run(['provider', 'client', 'list', 'One']);
  assert.match(listed.out, new RegExp(`${id} +gallery +read create +never +never`));
  assert.doesNotMatch(listed.out, new RegExp(String(made['clientSecret'])));
  assert.deepEqual(await cli.json(['provider', 'client', 'revoke', 'One', id]), { revoked: [id] });
  assert.equal((await cli.run(['provider', 'client', 'revoke', 'One', id])).code, 1);
});

test('webhooks of a tenant are added, listed and removed, and a letter that is none is not redelivered', async (t) => {
  const cli = await openCli(t);
  await cli.run(['provider', 'add', '--profile', 'generic', '--title', 'One']);
  assert.match((await cli.run(['provider', 'webhook', 'list', 'One'])).out, /no webhooks/);
  const url = 'http://127.0.0.1:9/hooks';
  const made = await cli.json(['provider', 'webhook', 'add', 'One', url, '--after', '0']);
  assert.match(String(made['secret']), /^whsec_/);
  const id = String(made['id']);
  assert.match((await cli.run(['provider', 'webhook', 'list', 'One'])).out, new RegExp(`${id} +${url}`));
  assert.equal((await cli.json(['provider', 'webhook', 'off', 'One', id]))['isOn'], false);
  assert.match((await cli.run(['provider', 'webhook', 'list', 'One'])).out, new RegExp(`${url} +off`));
  assert.match((await cli.run(['provider', 'webhook', 'on', 'One', id])).out, /hooks is on/);
  const tried = await cli.run(['provider', 'webhook', 'test', 'One', id]);
  assert.deepEqual([tried.code, /not delivered/.test(tried.error)], [1, true], 'nobody listens there');
  assert.equal((await cli.run(['provider', 'webhook', 'off', 'One', 'nobody'])).code, 1);
  const letters = ['provider', 'webhook', 'dead-letters', 'One', id];
  assert.match((await cli.run(letters)).out, /no dead letters/);
  assert.deepEqual(await cli.json(letters), { items: [] });
  assert.equal((await cli.run(['provider', 'webhook', 'redeliver', 'One', id, '7'])).code, 1);
  assert.equal((await cli.run(['provider', 'webhook', 'redeliver', 'One', id, 'x'])).code, 2);
  assert.deepEqual(await cli.json(['provider', 'webhook', 'remove', 'One', id]), { removed: [id] });
  assert.equal((await cli.run(['provider', 'webhook', 'remove', 'One', id])).code, 1);
});

test('what cannot work is said before anything is sent', async (t) => {
  const cli = await openCli(t);
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['app', 'show', 'Nope'], 1, /there is no app "Nope"/],
    [['sync', 'Nope', '--restart', 'everything'], 2, /everything is none of/],
    [['logs', '--limit', '0'], 2, /--limit: 0 is no whole number/],
    [['logs', '--status', 'bad'], 2, /bad is none of success/],
    [['directory', 'import', 'people.xls'], 2, /has to end in \.csv or \.json/],
    [['directory', 'import', 'missing.csv'], 2, /missing\.csv cannot be read: there is no such file/],
    [['provider', 'token', 'revoke', 'x'], 2, /name one token/],
    [['apply', '-f', 'missing.yaml'], 2, /there is no such file/],
  ];
  for (const [words, expected, message] of cases) {
    const { code, out, error } = await cli.run(words);
    assert.deepEqual([code, out], [expected, ''], words.join(' '));
    assert.match(error, message);
  }
});

test('without a server, or without its key, the sentence says what to do', async (t) => {
  const workingFolder = tempFolder(t);
  const alone = await runWords(['status', '--url', 'http://127.0.0.1:9'], { workingFolder });
  assert.equal(alone.code, 1);
  assert.match(alone.error, /no server answers at http:\/\/127\.0\.0\.1:9; start one with `lockstep start`/);
  assert.equal((await runWords(['status', '--url', 'nonsense'], { workingFolder })).code, 2);
  const server = await openServer(t, tempFolder(t));
  const keyless = await runWords(['status', '--url', server.url], { workingFolder });
  assert.match(keyless.error, /wants an API key, and none was found\n.*--data/);
  const wrong = await runWords(['status', '--url', server.url, '--key', 'no'], { workingFolder });
  assert.match(wrong.error, /the API key is wrong/);
});
