import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letsThrough, tagOfText } from './entity-tag.ts';

test('a tag is the same for the same text alone', () => {
  assert.equal(tagOfText('a'), tagOfText('a'));
  assert.notEqual(tagOfText('a'), tagOfText('b'));
  assert.match(tagOfText(''), /^"[\w-]{22}"$/);
});

test('a change passes without a condition, with any, and with one of several tags, weak ones too', () => {
  for (const ifMatch of [undefined, '*', ' * ', '"b"', '"a", "b"', 'W/"b"']) {
    assert.equal(letsThrough(ifMatch, '"b"'), true, ifMatch);
  }
  for (const ifMatch of ['"a"', 'b', '', '"a", "c"']) assert.equal(letsThrough(ifMatch, '"b"'), false, ifMatch);
});
