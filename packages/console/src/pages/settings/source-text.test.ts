import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '../../phrases/phrase.ts';
import { settingsPhrases } from './phrases.ts';
import { fixedText, isFixed } from './source-text.ts';

test('a setting that is fixed from outside says by what, any other may be changed here', () => {
  const say = sayIn(settingsPhrases, 'en');
  const fixed = { source: { kind: 'environment', name: 'LOCKSTEP_MAIL_TO' } } as const;
  assert.deepEqual([isFixed(fixed), fixedText(fixed, say)], [true, 'Fixed by LOCKSTEP_MAIL_TO']);
  for (const kind of ['stored', 'default'] as const) {
    const free = { source: { kind, name: null } };
    assert.deepEqual([isFixed(free), fixedText(free, say)], [false, undefined]);
  }
});
