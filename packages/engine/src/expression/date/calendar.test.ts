import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  civilFromDays,
  type DateValue,
  dateFromFields,
  daysFromCivil,
  FIRST_MS,
  fieldsOf,
  LAST_MS,
  weekdayOf,
} from './calendar.ts';
import { dateText, formatDate } from './format-date.ts';
import { parseExact } from './parse-exact.ts';
import { readDate } from './read-date.ts';

const anyDate = fc
  .tuple(fc.integer({ min: FIRST_MS, max: LAST_MS }), fc.integer({ min: 0, max: 9_999 }))
  .map(([ms, ticks]): DateValue => ({ ms, ticks, zone: 'utc' }));

test('days and calendar dates belong together', () => {
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (days) => {
      const { year, month, day } = civilFromDays(days);
      assert.equal(daysFromCivil(year, month, day), days);
      const reference = new Date(days * 86_400_000);
      assert.deepEqual(
        [year, month, day],
        [reference.getUTCFullYear(), reference.getUTCMonth() + 1, reference.getUTCDate()],
      );
    }),
  );
});

test('a date comes back from its parts', () => {
  fc.assert(fc.property(anyDate, (date) => assert.deepEqual(dateFromFields(fieldsOf(date), 'utc'), date)));
});

test('the weekday is that of the calendar', () => {
  fc.assert(fc.property(anyDate, ({ ms }) => assert.equal(weekdayOf(ms), new Date(ms).getUTCDay())));
});

test('the round-trip format keeps a date to the last tick', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const options = { styles: 'RoundtripKind', nowMs: 0 };
      assert.deepEqual(parseExact(formatDate(date, 'o'), 'o', options), date);
    }),
  );
});

test('the text form of dates is read back to the second', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const whole = Math.floor(date.ms / 1_000) * 1_000;
      assert.deepEqual(readDate(dateText(date), 0), { ms: whole, ticks: 0, zone: 'utc' });
    }),
  );
});

const notDates = [
  '',
  'never',
  '2021-02-29',
  '2021-13-01',
  '31/12/2021',
  '2021-01-01T25:00',
  '2021-01-01+15:00',
  '12',
  '2021-01-01 x',
];

for (const text of notDates) {
  test(`${JSON.stringify(text)} is no date`, () => {
    assert.equal(readDate(text, 0), undefined);
  });
}
