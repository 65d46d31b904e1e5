import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFiltered, type LogSearch, logQueryOf, withFilter, withoutPlace } from './log-search.ts';

const search: LogSearch = { app: 'a1', status: 'failure', before: '900', record: '899', tab: 'wire' };

test('a changed filter starts the list anew and closes the drawer', () => {
  assert.deepEqual(withFilter(search, 'status', 'success'), { app: 'a1', status: 'success' });
  assert.deepEqual(withFilter(search, 'status', ''), { app: 'a1' });
});

test('the place in the list and the drawer are no filters', () => {
  assert.deepEqual(withoutPlace(search), { app: 'a1', status: 'failure' });
  assert.deepEqual(logQueryOf(search), { app: 'a1', status: 'failure' });
  assert.equal(isFiltered({ before: '3', record: '2' }), false);
  assert.equal(isFiltered(search), true);
});
