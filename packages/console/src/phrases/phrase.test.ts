import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredLocale } from './locale.ts';
import { fillPhrase } from './phrase.ts';

test('a phrase takes values, writes numbers as the language does, and chooses by number', () => {
  assert.equal(fillPhrase('{name} has {n} accounts', { name: 'Eva', n: 12_345 }, 'en'), 'Eva has 12,345 accounts');
  assert.equal(fillPhrase('{n|# persoon|# personen}', { n: 12_345 }, 'nl'), '12.345 personen');
  assert.equal(fillPhrase('{n|one person|# people}', { n: 1 }, 'en'), 'one person');
});

test('a value is never read as a phrase, and a place without a value stays visible', () => {
  assert.equal(fillPhrase('{name}', { name: '{other} $&' }, 'en'), '{other} $&');
  assert.equal(fillPhrase('{missing}', {}, 'en'), '{missing}');
});

test('the first known language of a browser wins', () => {
  assert.equal(preferredLocale(['fr-FR', 'nl-BE', 'en']), 'nl');
  assert.equal(preferredLocale(['fr']), 'en');
  assert.equal(preferredLocale([]), 'en');
});
