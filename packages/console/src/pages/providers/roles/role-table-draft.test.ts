import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RoleTable } from 'lockstep/admin-api/answers';
import {
  moved,
  readNames,
  roleFault,
  ruleFault,
  withoutRole,
  withoutRule,
  withRole,
  withRule,
} from './role-table-draft.ts';

const role = (name: string) => ({ name, isAdministrator: false });
const table: RoleTable = {
  roles: [role('Uploader'), role('Viewer')],
  rules: [
    { value: 'Finance', roles: ['Uploader', 'Viewer'] },
    { value: 'Guests', roles: ['Viewer'] },
    { value: 'Nobody', roles: [] },
  ],
};

describe('the table of roles', () => {
  it('takes a new role at its end, and renames one in the rules, too', () => {
    assert.deepEqual(withRole(table, 2, role('Clerk')), { ...table, roles: [...table.roles, role('Clerk')] });
    const renamed = withRole(table, 1, { name: 'Reader', title: 'Reads', isAdministrator: true });
    assert.deepEqual(renamed.roles[1], { name: 'Reader', title: 'Reads', isAdministrator: true });
    assert.deepEqual(
      renamed.rules.map(({ roles }) => roles),
      [['Uploader', 'Reader'], ['Reader'], []],
    );
  });

  it('loses a role with the rules that then lead nowhere, but not those that never did', () => {
    assert.deepEqual(withoutRole(table, 1), {
      roles: [role('Uploader')],
      rules: [
        { value: 'Finance', roles: ['Uploader'] },
        { value: 'Nobody', roles: [] },
      ],
    });
  });

  it('takes, changes and loses rules', () => {
    const rule = { value: 'New', roles: ['Viewer'] };
    assert.deepEqual(withRule(table, 3, rule).rules.at(-1), rule);
    assert.deepEqual(withRule(table, 0, rule).rules[0], rule);
    assert.deepEqual(
      withoutRule(table, 0).rules.map(({ value }) => value),
      ['Guests', 'Nobody'],
    );
  });

  it('moves a row, and not past an end', () => {
    assert.deepEqual(moved(['a', 'b', 'c'], 1, -1), ['b', 'a', 'c']);
    assert.deepEqual(moved(['a', 'b', 'c'], 1, 1), ['a', 'c', 'b']);
    assert.deepEqual(moved(['a', 'b'], 0, -1), ['a', 'b']);
    assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
  });

  it('finds names that cannot be', () => {
    assert.equal(roleFault(' ', [], true), 'empty');
    assert.equal(roleFault('A B', [], true), 'blank');
    assert.equal(roleFault('A,B', [], true), 'blank');
    assert.equal(roleFault('A B', [], false), undefined);
    assert.equal(roleFault('A ', ['A'], true), 'taken');
    assert.equal(ruleFault('Finance', ['Finance']), 'taken');
    assert.equal(ruleFault('All of Finance', ['Finance']), undefined);
    assert.deepEqual(readNames(' A \n\nB\nA'), ['A', 'B']);
  });
});
