import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { entraRuleIds } from '../contract/entra-rule-ids.ts';

const packages = join(import.meta.dirname, '..', '..');
const testFiles = globSync('*/src/**/*.test.ts', { cwd: packages });

interface Row {
  readonly id: string;
  readonly files: readonly string[];
}

/** The table of SPEC.md: each rule with the test files it names. */
function readTable(): readonly Row[] {
  const text = readFileSync(join(packages, 'engine', 'SPEC.md'), 'utf8');
  const part = /## Rules and their tests\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
  return part.split('\n').flatMap((line) => {
    const [, id = '', , tests = ''] = line.split('|').map((cell) => cell.trim());
    return /^[A-Z]+-?\d+$/.test(id) ? [{ id, files: tests.match(/[\w-]+\.test\.ts/g) ?? [] }] : [];
  });
}

/** The names of the tests of a file. In a table of cases the rule is a member of each case, and the name begins with it. */
function titlesOf(file: string): readonly string[] {
  const text = readFileSync(join(packages, file), 'utf8');
  const titles = [...text.matchAll(/\b(?:test|it|describe|suite)\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g)].map(
    ([, , title = '']) => title,
  );
  const byCase = titles.some((title) => /^\$\{row\.rule\}: /.test(title));
  return byCase ? [...titles, ...[...text.matchAll(/\brule: '([^']+)'/g)].map(([, rule = '']) => rule)] : titles;
}

function carries(title: string, id: string): boolean {
  return title.split(/[^\w-]+/).includes(id);
}

test('SPEC.md names a test for every rule, and for nothing else', () => {
  const ids = readTable().map((row) => row.id);
  assert.deepEqual(ids.toSorted(), entraRuleIds.toSorted());
});

for (const { id, files } of readTable()) {
  test(`${id} is in the name of a test of every file that SPEC.md names`, () => {
    assert.ok(files.length > 0, 'no test file is named');
    for (const name of files) {
      const found = testFiles.filter((file) => file.endsWith(`/${name}`));
      assert.equal(found.length, 1, `${name}: ${found.join(', ')}`);
      const titles = titlesOf(found[0] ?? '');
      assert.ok(
        titles.some((title) => carries(title, id)),
        `${name} has no test with ${id} in its name`,
      );
    }
  });
}
