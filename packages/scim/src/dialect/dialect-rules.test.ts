import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviationFacts, isDeviation } from './deviations.ts';
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

describe('the deviations', () => {
  it('are the rules of the dialects and what every dialect takes, each with the section and with what to do', () => {
    assert.equal(Object.keys(deviationFacts).length, dialectRules.length + 2);
    for (const [name, { rfc, remedy, deed }] of Object.entries(deviationFacts)) {
      assert.match(rfc, /^RFC 764[34] §\d+(\.\d+)*$/, name);
      assert.match(remedy, /^[A-Z].+\.$/s, name);
      assert.match(deed, /^[a-z]/, name);
    }
  });

  it('are told from other texts by their names', () => {
    assert.deepEqual(['dottedKey', 'missingContentType', 'toString', ''].map(isDeviation), [true, true, false, false]);
  });
});
