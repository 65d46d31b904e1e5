import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lenientDialect } from '../dialect/lenient.ts';
import { defineAttribute } from '../schema/define-attribute.ts';
import { findNamed } from '../schema/find-attribute.ts';
import { userSchema } from '../schema/user.ts';
import { readElement, readValue } from './read-value.ts';

const emails = findNamed(userSchema.attributes, 'emails') ?? defineAttribute({ name: 'missing' });

describe('readValue', () => {
  it('reads numbers and dates by their type', () => {
    const integer = defineAttribute({ name: 'level', type: 'integer' });
    const decimal = defineAttribute({ name: 'share', type: 'decimal' });
    const date = defineAttribute({ name: 'since', type: 'dateTime' });
    assert.equal(readValue(7, integer, {}), 7);
    assert.equal(readValue(0.5, decimal, {}), 0.5);
    assert.equal(readValue('2026-05-13T04:42:34.1234567+02:00', date, {}), '2026-05-13T04:42:34.1234567+02:00');
    for (const wrong of [0.5, '7', 2 ** 60, Number.NaN])
      assert.throws(() => readValue(wrong, integer, { accepts: lenientDialect }));
    for (const wrong of ['0.5', Number.POSITIVE_INFINITY])
      assert.throws(() => readValue(wrong, decimal, { accepts: lenientDialect }));
    for (const wrong of ['2026-05-13', 5, 'x'])
      assert.throws(() => readValue(wrong, date, { accepts: lenientDialect }));
  });

  it('reads a list of simple values, and one value as a list under its rule', () => {
    const tags = defineAttribute({ name: 'tags', multiValued: true });
    assert.deepEqual(readValue(['a', null, 'b', 'a'], tags, {}), ['a', 'b']);
    assert.deepEqual(readValue('a', tags, { accepts: new Set(['singleForMultiValued']) }), ['a']);
    assert.throws(() => readValue('a', tags, {}), { code: 'invalidValue' });
  });

  it('keeps the secret of a refused value', () => {
    const password = defineAttribute({ name: 'password' });
    assert.throws(
      () => readValue(['S3cret'], password, {}),
      (error) => error instanceof Error && !error.message.includes('S3cret'),
    );
  });

  it('keeps an empty text that clears nothing', () => {
    assert.equal(readValue('', defineAttribute({ name: 'title' }), {}), '');
    assert.equal(readValue('', defineAttribute({ name: 'title' }), { accepts: lenientDialect }), undefined);
  });
});

describe('readElement', () => {
  it('reads one element of a multi-valued attribute', () => {
    assert.deepEqual(readElement({ VALUE: 'x', primary: 'true', nope: 1 }, emails, { accepts: lenientDialect }), {
      value: 'x',
      primary: true,
    });
    assert.equal(readElement({ value: null }, emails, {}), undefined);
    assert.throws(() => readElement([{ value: 'x' }], emails, { accepts: lenientDialect }), { code: 'invalidValue' });
  });
});
