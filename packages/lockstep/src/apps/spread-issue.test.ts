import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredFiltersSchema } from './declared-app.ts';
import { spreadIssue } from './spread-issue.ts';

function faultsOf(clause: object): readonly string[] {
  const { error } = declaredFiltersSchema.safeParse([{ title: 't', clauses: [clause] }]);
  return (error?.issues ?? []).flatMap(spreadIssue).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('a wrong clause is told by the member that is wrong, whichever form it has', () => {
  const clause = { attribute: 'a', operator: 'EQUALS', value: 'x' };
  assert.deepEqual(faultsOf(clause), []);
  assert.match(faultsOf({ ...clause, operator: 'SOUNDS LIKE' }).join(), /^0\.clauses\.0\.operator: .*"EQUALS"/);
  assert.match(faultsOf({ operator: 'IS NULL' }).join(), /^0\.clauses\.0\.attribute: /);
  assert.deepEqual(faultsOf({ all: [clause, { any: [{ ...clause, valu: 1 }] }] }), [
    '0.clauses.0.all.1.any.0.valu: there is no key "valu" here',
  ]);
});
