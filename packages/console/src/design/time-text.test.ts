import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '../phrases/phrase.ts';
import { designPhrases } from './phrases.ts';
import { distanceText, spanText } from './time-text.ts';

const say = sayIn(designPhrases, 'en');

test('a span is told in the unit a person would choose', () => {
  assert.equal(spanText(999, say), '1 s');
  assert.equal(spanText(59_000, say), '59 s');
  assert.equal(spanText(60_000, say), '1 min');
  assert.equal(spanText(3_600_000 * 47, say), '47 h');
  assert.equal(spanText(3_600_000 * 48, say), '2 days');
});

test('a moment is told by its distance', () => {
  assert.equal(distanceText(0, 500, say), 'just now');
  assert.equal(distanceText(0, 180_000, say), '3 min ago');
  assert.equal(distanceText(7_200_000, 0, say), 'in 2 h');
});
