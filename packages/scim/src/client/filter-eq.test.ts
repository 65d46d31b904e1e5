import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lenientDialect } from '../dialect/lenient.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { filterEq } from './filter-eq.ts';

test('every value comes back from the filter it was built into', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
      const filter = parseFilter(filterEq('userName', value));
      assert.deepEqual(filter, { kind: 'compare', path: { name: 'userName' }, operator: 'eq', value });
    }),
  );
});

test('quotes, backslashes, controls and lone surrogates cannot end the value early', () => {
  for (const value of ['" or userName pr or userName eq "', '\\', '\\"', '\n\u0000', '\uD800', '\u2028', '']) {
    const filter = parseFilter(filterEq('emails.value', value));
    assert.equal(filter.kind === 'compare' ? filter.value : undefined, value);
  }
});

test('booleans and numbers are literals, and typed paths are kept', () => {
  assert.equal(filterEq('active', true), 'active eq true');
  assert.equal(filterEq('rank', 7), 'rank eq 7');
  const filter = parseFilter(filterEq('emails[type eq "work"].value', 'a"b'), { accepts: lenientDialect });
  assert.equal(filter.kind, 'valuePath');
});
