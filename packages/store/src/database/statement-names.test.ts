import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStatementNames, numberParameters } from './statement-names.ts';

describe('numbered parameters', () => {
  for (const [sql, numbered] of [
    ['select 1', 'select 1'],
    ['select ? + ?', 'select $1 + $2'],
    ["select '?' || ? || 'it''s ?' || ?", "select '?' || $1 || 'it''s ?' || $2"],
    ['select "a?" from t where b = ?', 'select "a?" from t where b = $1'],
    ["like ? escape '\\' and x = ?", "like $1 escape '\\' and x = $2"],
    ['values (?, ?), (?, ?)', 'values ($1, $2), ($3, $4)'],
  ] as const) {
    it(`turn ${sql} into ${numbered}`, () => {
      assert.equal(numberParameters(sql), numbered);
    });
  }
});

describe('names of prepared statements', () => {
  it('are given to texts that come back, always the same', () => {
    const nameOf = createStatementNames();
    assert.deepEqual(nameOf('select ?'), { text: 'select $1' });
    assert.deepEqual(nameOf('select ?'), { text: 'select $1' });
    const third = nameOf('select ?');
    assert.equal(typeof third.name, 'string');
    assert.deepEqual(nameOf('select ?'), third);
  });

  it('stay few however many texts there are', () => {
    const nameOf = createStatementNames();
    const names = new Set<string>();
    for (let text = 0; text < 3_000; text += 1) {
      for (let use = 0; use < 4; use += 1) {
        const { name } = nameOf(`select ${text}`);
        if (name !== undefined) names.add(name);
      }
    }
    assert.equal(names.size, 400);
    assert.equal(nameOf('select 0').name, 'lockstep_1');
  });
});
