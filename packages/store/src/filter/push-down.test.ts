import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceQuery } from '@lockstep/provider/ports';
import { groupQuery, userQuery } from '../../contract/sample-realm.ts';
import type { SqlFlavour } from '../database/database.ts';
import { type PushedDown, pushDown } from './push-down.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('pushDown', () => {
  const decided: readonly ResourceQuery[] = [
    ...['title co "%"', 'title ne "x"', 'name.givenName sw "a"', 'active eq true', 'active ne true', 'emails pr'],
    ...['emails[type eq "work" and not (value ew ".org")]', 'groups.display eq "crew"', 'not (groups pr)'],
    ...[`${ENTERPRISE}:department eq "Sales"`, `${ENTERPRISE} pr`, 'userName gt "m"', 'id sw "a"', 'title eq null'],
    ...['meta.created ge "2026-05-13T04:42:34.0001Z"', 'nope eq "x" or title pr'],
  ].map((filter) => userQuery(filter));
  for (const flavour of ['sqlite', 'postgres'] as const) {
    it(`leaves nothing of what clients ask to be matched one by one on ${flavour}`, () => {
      for (const query of [...decided, groupQuery('members[type eq "User" and display co "a"]')]) {
        assert.equal(pushed(query, flavour).isExact, true, JSON.stringify(query.filter));
      }
    });

    it(`puts no text of a client into a statement on ${flavour}`, () => {
      const { condition } = pushed(userQuery('title co "mark\'er" and emails[value sw "mark\'er"]'), flavour);
      assert.doesNotMatch(condition?.sql ?? 'mark', /mark/);
      assert.ok(condition?.parameters.includes("mark'er"));
    });

    it(`narrows by what it can on ${flavour} where the order of characters differs from scim's`, () => {
      const found = pushed(userQuery('active eq true and title gt "\uff5e"'), flavour);
      assert.equal(found.isExact, false);
      assert.ok(found.condition !== undefined);
    });
  }

  it('leaves letters to the matcher that a PostgreSQL of another age may fold differently', () => {
    const query = userQuery('title eq "აბ"');
    assert.equal(pushed(query, 'postgres').isExact, false);
    assert.equal(pushed(query, 'sqlite').isExact, true);
  });

  it('tells whether an index finds the rows', () => {
    const isIndexed = (filter: string): boolean => pushed(userQuery(filter), 'sqlite').isIndexed;
    assert.equal(isIndexed('userName eq "a" and title co "b"'), true);
    assert.equal(isIndexed('userName eq "a" or emails.value eq "b"'), true);
    assert.equal(isIndexed('userName eq "a" or title co "b"'), false);
    assert.equal(isIndexed('not (userName eq "a")'), false);
  });
});

function pushed(query: ResourceQuery, flavour: SqlFlavour): PushedDown {
  assert.ok(query.filter !== undefined);
  const { uniqueName, values } = query.indexed;
  return pushDown(query.filter, { realm: 1, type: query.type.name, flavour, uniqueName, indexedValues: values });
}
