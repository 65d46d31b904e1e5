import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../json.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/enterprise-user.ts';
import { userType } from '../schema/resource-types.ts';
import type { SortOrder } from './query.ts';
import { compileSort, readSort } from './sort.ts';

const users: readonly JsonObject[] = [
  { id: '1' },
  {
    id: '2',
    title: 'B',
    emails: [{ value: 'z' }, { value: 'a', primary: true }],
    meta: { created: '2026-01-01T00:00:00Z' },
  },
  { id: '3', title: 'a', emails: [{ value: 'm' }], meta: { created: '2026-01-01T00:30:00+01:00' }, externalId: 'b' },
  { id: '4', title: '', externalId: 'C', [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm' } } },
];

function sorted(sortBy: string, sortOrder: SortOrder = 'ascending'): string {
  const sort = readSort({ sortBy, sortOrder }, userType);
  assert.ok(sort);
  return users
    .toSorted(compileSort(sort))
    .map(({ id }) => id)
    .join('');
}

describe('readSort', () => {
  it('orders text without case, resources without value last, and the other way round when descending', () => {
    assert.equal(sorted('title'), '3214');
    assert.equal(sorted('TITLE', 'descending'), '1423');
  });

  it('orders a multi-valued attribute by its primary value, else by the first', () => {
    assert.equal(sorted('emails.value'), '2314');
    assert.equal(sorted('emails'), '2314');
  });

  it('orders dates as instants and exact text by its characters', () => {
    assert.equal(sorted('meta.created'), '3214');
    assert.equal(sorted('externalId'), '4312');
  });

  it('reaches into extensions', () => {
    assert.equal(sorted(`${ENTERPRISE_USER_SCHEMA}:manager.value`), '4123');
    assert.equal(sorted(`${ENTERPRISE_USER_SCHEMA}:manager`, 'descending'), '1234');
  });

  it('asks for nothing without sortBy', () => {
    assert.equal(readSort({ sortOrder: 'ascending' }, userType), undefined);
  });

  it('refuses what has no order', () => {
    for (const sortBy of ['frobnitz', 'name', 'password', 'na me', ENTERPRISE_USER_SCHEMA]) {
      assert.throws(() => readSort({ sortBy, sortOrder: 'ascending' }, userType), { code: 'invalidValue' }, sortBy);
    }
  });
});
