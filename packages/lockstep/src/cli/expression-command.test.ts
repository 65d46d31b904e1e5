import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runWords } from '../../test/run-words.ts';
import { tempFolder } from '../../test/temp-folder.ts';

test('an expression is evaluated over a file of attributes, without a server', async (t) => {
  const workingFolder = tempFolder(t);
  writeFileSync(join(workingFolder, 'person.json'), '{"givenName":"Eva","surname":"Lind"}');
  const words = ['expression', 'run', 'Join(" ", [givenName], [surname])', '--input', 'person.json'];
  assert.equal((await runWords(words, { workingFolder })).out, 'Eva Lind\n');
  const json = await runWords([...words, '--json'], { workingFolder });
  assert.deepEqual(JSON.parse(json.out), { result: { value: 'Eva Lind' } });
  assert.equal((await runWords(['expression', 'run', '[nothing]'])).out, '(no value)\n');
});

test('a mistake in an expression is exit code 1 with the place', async () => {
  const { code, out, error } = await runWords(['expression', 'run', 'Join(" ", [a]']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /at character 5/);
});

test('cases give one JSON line each, mistakes too', async (t) => {
  const workingFolder = tempFolder(t);
  const cases = [
    { id: 'one', expression: 'ToUpper([a])', inputs: { a: 'x' } },
    { id: 'two', expression: 'Nonsense(', inputs: {} },
  ];
  writeFileSync(join(workingFolder, 'cases.json'), JSON.stringify(cases));
  const { code, out } = await runWords(['expression', 'run', '--cases', 'cases.json'], { workingFolder });
  const lines = out.trimEnd().split('\n');
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(lines[0] ?? ''), { id: 'one', result: { value: 'X' } });
  assert.match(lines[1] ?? '', /^\{"id":"two","result":\{"error":\{"kind":"parse"/);
});

for (const words of [
  [],
  ['[a]', '--cases', 'x.json'],
  ['[a]', '--input', 'missing.json'],
  ['--cases', 'missing.json'],
]) {
  test(`expression run ${words.join(' ')} is wrong usage`, async () => {
    const { code, out } = await runWords(['expression', 'run', ...words]);
    assert.deepEqual([code, out], [2, '']);
  });
}
