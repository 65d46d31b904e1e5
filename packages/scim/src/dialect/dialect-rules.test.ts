import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dialectRules } from './dialect-rules.ts';
import { lenientDialect } from './lenient.ts';
import { strictDialect } from './strict.ts';

describe('the dialects', () => {
  it('number the rules from 1 without gap', () => {
    assert.deepEqual(
      dialectRules.map(({ number }) => number),
      dialectRules.map((_, index) => index + 1),
    );
  });

  it('accept every rule or none', () => {
    assert.equal(lenientDialect.size, dialectRules.length);
    assert.equal(strictDialect.size, 0);
  });
});
