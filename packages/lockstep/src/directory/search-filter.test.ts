import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFilter } from '@lockstep/scim';
import fc from 'fast-check';
import { searchFilter } from './search-filter.ts';

test('a search looks at the beginning of every name, beside a filter and a state', () => {
  assert.equal(searchFilter('User', {}), undefined);
  assert.equal(searchFilter('Group', { search: ' Fin ' }), '(displayName sw "Fin" or mail sw "Fin")');
  assert.equal(
    searchFilter('User', { filter: 'department eq "Sales"', state: 'disabled' }),
    '(department eq "Sales") and accountEnabled eq false',
  );
});

test('whatever is typed stays a text of the filter (CVE-2019-11282)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (search) => {
      const filter = searchFilter('Group', { search });
      if (filter === undefined) return;
      const parsed = parseFilter(filter);
      assert.equal(parsed.kind, 'or');
    }),
  );
});
