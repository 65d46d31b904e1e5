import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsText, readItem } from './read-item.ts';

test('an object of a planned cycle is read with its differences', () => {
  const item = {
    source: { id: '1', displayName: 'Eva Lind' },
    action: 'update',
    text: 'The title differs.',
    changes: [{ displayName: 'title', oldValue: null, newValue: 'Clerk' }],
  };
  assert.deepEqual(readItem({ position: 3, state: 'planned', item, outcome: null }), {
    position: 3,
    name: 'Eva Lind',
    action: 'update',
    text: 'The title differs.',
    changes: ['title: - → Clerk'],
    state: 'planned',
    outcome: null,
  });
});

test('an object of a rollback names itself and what would be undone', () => {
  const item = { displayName: 'Eva Lind', do: 'revert', text: 'Written back.', changes: [] };
  const { name, action } = readItem({ position: 0, state: 'done', item, outcome: 'Written back.' });
  assert.deepEqual([name, action], ['Eva Lind', 'revert']);
});

test('only counts that are there are told', () => {
  assert.equal(countsText({ counts: { create: 12, update: 0, disable: 3 } }), '12 create, 3 disable');
  assert.equal(countsText({}), '');
});
