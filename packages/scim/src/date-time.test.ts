import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDateTime } from './date-time.ts';

describe('parseDateTime', () => {
  it('reads what a date prints of itself', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(date, (given) => assert.equal(parseDateTime(given.toISOString()), given.getTime())));
  });

  it('counts offsets', () => {
    assert.equal(parseDateTime('2011-05-13T04:42:34.5+02:00'), parseDateTime('2011-05-13T02:42:34.5Z'));
    assert.equal(parseDateTime('2011-05-13T23:30:00-01:45'), parseDateTime('2011-05-14T01:15:00Z'));
  });

  it('reads a time without offset as UTC', () => {
    assert.equal(parseDateTime('2011-05-13T04:42:34'), Date.UTC(2011, 4, 13, 4, 42, 34));
  });

  it('tells apart instants below the millisecond', () => {
    const earlier = parseDateTime('2026-05-13T04:42:34.1234560Z');
    const later = parseDateTime('2026-05-13T04:42:34.1234590Z');
    assert.ok(earlier !== undefined && later !== undefined && earlier < later);
    assert.equal(parseDateTime('0001-01-01T00:00:00.0000000Z'), Date.parse('0001-01-01T00:00:00Z'));
  });

  const wrong = [
    '',
    'yesterday',
    '2011-05-13',
    '2011-05-13 04:42:34Z',
    '2011-05-13T04:42Z',
    '2011-13-01T00:00:00Z',
    '2011-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2011-00-10T00:00:00Z',
    '2011-01-00T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2011-05-13T24:00:00Z',
    '2011-05-13T04:60:00Z',
    '2011-05-13T04:42:60Z',
    '2011-05-13T04:42:34.Z',
    '2011-05-13T04:42:34z',
    '2011-05-13T04:42:34+2:00',
    '2011-05-13T04:42:34+15:00',
    '2011-05-13T04:42:34Z ',
    ' 2011-05-13T04:42:34Z',
    '+011-05-13T04:42:34Z',
    '2011-05-13T04:42:34.5+0200',
  ];
  for (const text of wrong) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseDateTime(text), undefined));
  }

  it('knows leap years', () => {
    assert.equal(parseDateTime('2000-02-29T00:00:00Z'), Date.UTC(2000, 1, 29));
    assert.equal(parseDateTime('2024-02-29T00:00:00Z'), Date.UTC(2024, 1, 29));
  });
});
