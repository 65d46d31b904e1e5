import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '../../phrases/phrase.ts';
import { settingsPhrases } from './phrases.ts';
import { sourceText } from './source-text.ts';

test('a setting that is fixed from outside says by what, one that nobody set says nothing', () => {
  const say = sayIn(settingsPhrases, 'en');
  assert.equal(sourceText({ kind: 'environment', name: 'LOCKSTEP_MAIL_TO' }, say), 'Fixed by LOCKSTEP_MAIL_TO');
  assert.equal(sourceText({ kind: 'default', name: null }, say), undefined);
});
