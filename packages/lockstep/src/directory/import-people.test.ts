import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openDirectory } from '../../test/open-directory.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { DirectoryService } from './directory-service.ts';
import { type ImportReport, importPeople, type PeopleImport } from './import-people.ts';

const PEOPLE = `employeeId,userPrincipalName,displayName,department,manager,groups,accountEnabled
1,ann@example.com,Ann,Board,,Leaders;Everyone,true
2,ben@example.com,"Ben ""the"" Bos",Sales,1,Everyone,true
3,cem@example.com,"Çem
Öz",Sales,ben@example.com,,false
`;

function run(directory: DirectoryService, text: string, more: Partial<PeopleImport> = {}): Promise<ImportReport> {
  const asked: PeopleImport = {
    format: 'csv',
    text,
    key: 'employeeId',
    prune: false,
    isDryRun: false,
    force: false,
    ...more,
  };
  return importPeople(directory, asked, randomUUID);
}

/** The places of the faults that an import is refused for. */
async function faultsOf(promise: Promise<unknown>): Promise<readonly string[]> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof LockstepError, String(error));
    return error.issues.map((issue) => `${issue.place}: ${issue.message}`);
  }
  return [];
}

test('people, managers and groups of a file arrive, and the same file again writes nothing', async (t) => {
  const { directory, store } = await openDirectory(t);
  const first = await run(directory, PEOPLE);
  assert.equal(first.created, 3);
  assert.equal(first.groupsCreated, 2);
  assert.equal(first.membersAdded, 3);
  const ann = await directory.find('User', 'ann@example.com');
  const cem = await directory.find('User', '3');
  assert.equal((await directory.find('User', '2')).attributes['manager'], ann.objectId);
  assert.equal(cem.attributes['displayName'], 'Çem\nÖz');
  assert.equal(cem.attributes['accountEnabled'], false);
  const head = await store.directory.head();
  const second = await run(directory, PEOPLE);
  assert.equal(second.unchanged, 3);
  assert.deepEqual(second.changes, []);
  assert.equal(await store.directory.head(), head);
});

test('an empty cell clears, an absent column leaves alone, and groups follow the column', async (t) => {
  const { directory } = await openDirectory(t);
  await run(directory, PEOPLE);
  const report = await run(directory, 'employeeId;department;groups\n2;;Leaders\n');
  assert.equal(report.updated, 1);
  assert.equal(report.membersAdded, 1);
  assert.equal(report.membersRemoved, 1);
  const ben = await directory.find('User', '2');
  assert.equal(ben.attributes['department'], undefined);
  assert.equal(ben.attributes['displayName'], 'Ben "the" Bos');
  assert.deepEqual(
    (await directory.memberOf('User', ben.objectId)).map((group) => group.displayName),
    ['Leaders'],
  );
});

test('every fault is told with line and column, and nothing is written', async (t) => {
  const { directory } = await openDirectory(t);
  const text = `employeeId,userPrincipalName,accountEnabled,manager,displayName
1,ann@example.com,true,,Ann
2,ben@example.com,maybe,,"Two
lines"
,cem@example.com,true,,Cem
1,dan@example.com,true,,Dan
5,ANN@example.com,true,,Eve
6,fay@example.com,true,nobody@example.com,Fay
7,,true,,Gus
8,hal@example.com,true
`;
  // Faults of single values and those that need the whole file come in two goes.
  assert.deepEqual(await faultsOf(run(directory, text)), [
    'line 3, column accountEnabled: "maybe" is neither true nor false',
    'line 10: it has 3 values, the first line names 5',
  ]);
  const rest = text.replace('maybe', 'true').replace('8,hal@example.com,true\n', '');
  assert.deepEqual(await faultsOf(run(directory, rest)), [
    'line 5, column employeeId: it is the key and may not be empty',
    'line 6, column employeeId: the same value stands at line 2',
    'line 8, column manager: nobody has the sign-in name, employeeId or objectId "nobody@example.com"',
    'line 9, column userPrincipalName: a person needs one',
    'line 7, column userPrincipalName: "ANN@example.com" is taken by line 2',
  ]);
  assert.equal((await directory.list('User', {})).total, 0);
});

test('unknown, doubled and read-only columns are refused by name and number', async (t) => {
  const { directory } = await openDirectory(t);
  assert.deepEqual(await faultsOf(run(directory, 'employeeId,shoeSize,mail,MAIL,deletedDateTime,\n')), [
    'line 1, column 2: people have no attribute "shoeSize"',
    'line 1, column 4: MAIL is there twice',
    'line 1, column 5: deletedDateTime is kept by the directory itself',
    'line 1, column 6: the column has no name',
  ]);
  assert.deepEqual(await faultsOf(run(directory, 'employeeId,mail\n1,"open\n')), [
    'line 2: a quote opens here and never closes',
  ]);
  assert.deepEqual(await faultsOf(run(directory, 'employeeId,mail\n1,a"b\n2,"a"b\n')), [
    'line 2: a quote stands inside a value that does not start with one',
  ]);
});

test('pruning puts who is missing into the recycle bin, and a return takes them out', async (t) => {
  const { directory } = await openDirectory(t);
  const lines = Array.from({ length: 10 }, (_, at) => `${at},p${at}@example.com`);
  const file = (people: readonly string[]): string => ['employeeId,userPrincipalName', ...people].join('\n');
  await run(directory, file(lines), { prune: true });
  await directory.create('User', { userPrincipalName: 'guest@example.com' });
  const pruned = await run(directory, file(lines.slice(2)), { prune: true });
  assert.equal(pruned.removed, 2);
  assert.equal((await directory.list('User', {})).total, 9, 'who has no key was never of this file');
  const back = await run(directory, file(lines), { prune: true });
  assert.equal(back.restored, 2);
  assert.equal(back.created, 0);
});

test('a pruned import that would take away too many is held back unless forced', async (t) => {
  const { directory } = await openDirectory(t);
  const lines = Array.from({ length: 10 }, (_, at) => `${at},p${at}@example.com`);
  const file = (people: readonly string[]): string => ['employeeId,userPrincipalName', ...people].join('\n');
  await run(directory, file(lines));
  const isHeld = (error: unknown): boolean => error instanceof LockstepError && error.code === 'guardHeld';
  await assert.rejects(run(directory, file(lines.slice(3)), { prune: true }), isHeld);
  await assert.rejects(run(directory, file([]), { prune: true }), isHeld);
  assert.equal((await directory.list('User', {})).total, 10);
  assert.equal((await run(directory, file(lines.slice(3)), { prune: true, force: true })).removed, 3);
});

test('a dry run counts and writes nothing', async (t) => {
  const { directory, store } = await openDirectory(t);
  const report = await run(directory, PEOPLE, { isDryRun: true });
  assert.equal(report.created, 3);
  assert.equal(report.groupsCreated, 2);
  assert.equal(await store.directory.head(), 0);
});

test('JSON lists are read like CSV, with a byte order mark or without', async (t) => {
  const { directory } = await openDirectory(t);
  const text = JSON.stringify([
    { userPrincipalName: 'ann@example.com', groups: ['A', 'B'], proxyAddresses: ['smtp:a@example.com'] },
    { userPrincipalName: 'ben@example.com', manager: 'ann@example.com', accountEnabled: false },
  ]);
  const report = await run(directory, `\uFEFF${text}`, { format: 'json', key: 'userPrincipalName' });
  assert.equal(report.created, 2);
  assert.deepEqual((await directory.find('User', 'ann@example.com')).attributes['proxyAddresses'], [
    'smtp:a@example.com',
  ]);
  assert.deepEqual(await faultsOf(run(directory, '{}', { format: 'json' })), [
    'the file: a list of people is expected',
  ]);
  assert.deepEqual(await faultsOf(run(directory, '[1, {"x": 2}]', { format: 'json', key: 'userPrincipalName' })), [
    'item 1: an object with attributes is expected',
    'item 2, x: people have no attribute "x"',
  ]);
});

test('a sign-in name passes from who leaves to who comes, in one file', async (t) => {
  const { directory } = await openDirectory(t);
  const lines = Array.from({ length: 10 }, (_, at) => `${at},p${at}@example.com`);
  const head = 'employeeId,userPrincipalName';
  await run(directory, [head, ...lines].join('\n'));
  const next = [head, ...lines.slice(1), '99,p0@example.com'].join('\n');
  assert.deepEqual(await faultsOf(run(directory, next)), [
    'line 11, column userPrincipalName: "p0@example.com" is taken by a person in the directory who is not in the file',
  ]);
  const report = await run(directory, next, { prune: true });
  assert.deepEqual([report.removed, report.created], [1, 1]);
});

test('two people swap sign-in names in one file', async (t) => {
  const { directory } = await openDirectory(t);
  const head = 'employeeId,userPrincipalName,department';
  await run(directory, [head, '1,a@example.com,One', '2,b@example.com,Two', '3,c@example.com,Three'].join('\n'));
  const report = await run(
    directory,
    [head, '1,b@example.com,One', '2,a@example.com,Two', '3,c@example.com,New'].join('\n'),
  );
  assert.equal(report.updated, 3);
  const { entries } = await directory.list('User', { startIndex: 1, count: 10 });
  assert.deepEqual(
    entries.map(({ attributes }) => [
      attributes['employeeId'],
      attributes['userPrincipalName'],
      attributes['department'],
    ]),
    [
      ['1', 'b@example.com', 'One'],
      ['2', 'a@example.com', 'Two'],
      ['3', 'c@example.com', 'New'],
    ],
  );
  await assert.rejects(
    directory.create('User', { userPrincipalName: 'C@example.com' }),
    'a name that stayed is still taken',
  );
});
