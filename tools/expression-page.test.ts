import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expressionFunctions, functionSummaries } from '@lockstep/engine';
import { expressionPage } from './expression-page.ts';

test('docs/expressions.md is what the functions say (else: node tools/write-expression-page.ts)', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '..', 'docs', 'expressions.md'), 'utf8'), expressionPage());
});

test('every function has a summary, and no summary is of a function that does not exist', () => {
  assert.deepEqual(Object.keys(functionSummaries).toSorted(), expressionFunctions.map(({ name }) => name).toSorted());
});
