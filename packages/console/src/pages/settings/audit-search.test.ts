import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditFilterOf, isAuditFiltered, withAuditFilter } from './audit-search.ts';

test('a filter that is set or dropped begins the list anew and closes the drawer', () => {
  const search = { actor: 'eva', after: '90', record: '95' };
  assert.deepEqual(withAuditFilter(search, 'subject', 'app'), { actor: 'eva', subject: 'app' });
  assert.deepEqual(withAuditFilter(search, 'actor', ' '), {});
  assert.deepEqual(withAuditFilter(search, 'actor', undefined), {});
});

test('the place and the drawer are no filters', () => {
  assert.equal(isAuditFiltered({ after: '90', record: '95' }), false);
  assert.equal(isAuditFiltered({ from: '2026-01-01T00:00:00.000Z' }), true);
  assert.deepEqual(auditFilterOf({ action: 'PUT', record: '1' }), { action: 'PUT' });
});
