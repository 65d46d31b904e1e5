import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { equalsFolded, foldText } from './fold-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('e', 'E', '\u0301', 'é', 'K', '\u212a', 'İ', 'ß', 'Σ', '<', '\u0338'), { maxLength: 5 })
    .map((all) => all.join('')),
);

describe('foldText', () => {
  it('makes letters equal that differ in case or in composition only', () => {
    assert.equal(foldText('KOŁD-ØSTBY'), foldText('kołd-østby'));
    assert.equal(foldText('JOSE\u0301'), foldText('josé'));
    assert.notEqual(foldText('Jose'), foldText('José'));
  });

  it('changes nothing the second time', () => {
    fc.assert(fc.property(text, (given) => assert.equal(foldText(foldText(given)), foldText(given))));
  });

  it('agrees with equalsFolded', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        assert.equal(equalsFolded(left, foldText(right)), foldText(left) === foldText(right));
        assert.equal(equalsFolded(left, foldText(left)), true);
      }),
      { numRuns: 500 },
    );
  });
});
