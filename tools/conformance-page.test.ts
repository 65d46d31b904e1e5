import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { conformancePage, conformancePageFile } from './conformance-page.ts';

it('docs/scim-conformance.md is what the rules and cases say: run node tools/write-conformance.ts', () => {
  assert.equal(readFileSync(conformancePageFile, 'utf8'), conformancePage());
});
