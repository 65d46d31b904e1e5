import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { appGuides } from './app-guides.ts';

for (const [id, text] of appGuides()) {
  test(`docs/apps/${id}.md is what the gallery says (else: node tools/write-app-guides.ts)`, () => {
    assert.equal(readFileSync(join(import.meta.dirname, '..', 'docs', 'apps', `${id}.md`), 'utf8'), text);
  });
}
