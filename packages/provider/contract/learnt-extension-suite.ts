import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { USER_SCHEMA } from '@lockstep/scim';
import { LEARNT_ATTRIBUTES_MAX, LEARNT_EXTENSIONS_MAX } from '../src/tenant/learn-extensions.ts';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider, TestAnswer, TestTenant } from './open-test-provider.ts';
import { patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const BADGE = 'urn:ietf:params:scim:schemas:extension:BadgeOffice:2.0:User';

/** Declares the suites over providers as `openProvider` makes them. */
export function learntExtensionSuite(openProvider: OpenTestProvider): void {
  describe('an extension that nobody declared', () => {
    const app = testApp('generic', openProvider);

    it('is kept by a lenient tenant with the types of its values, listed, found and patched', async () => {
      const tenant = await app.open({});
      const badge = { tag: 'blue', floor: 3, isGuest: false, doors: ['a', 'b'], locker: { number: 7 } };
      const made = await tenant.send('POST', '/Users', user('eva', { [BADGE]: badge }));
      assert.equal(made.status, 201, made.text);
      assert.deepEqual(made.json[BADGE], badge);
      assert.deepEqual(made.json['schemas'], [USER_SCHEMA, BADGE]);
      const schema = await tenant.send('GET', `/Schemas/${BADGE}`);
      assert.equal(schema.status, 200, schema.text);
      assert.equal(await count(tenant, `${BADGE}:tag eq "BLUE" and ${BADGE}:floor gt 2`), 1);
      const path = `/Users/${String(made.json['id'])}`;
      await assertStatus(204, tenant.send('PATCH', path, patch({ op: 'Replace', path: `${BADGE}:tag`, value: 'red' })));
      const read = await tenant.send('GET', path);
      assert.deepEqual(read.json[BADGE], { ...badge, tag: 'red' });
      assertRefusal(
        await tenant.send('PATCH', path, patch({ op: 'replace', path: `${BADGE}:floor`, value: 'cellar' })),
        400,
        /floor/,
      );
    });

    it('may come first in a PATCH, as a path or as a member name, and grows with what comes', async () => {
      const tenant = await app.open({});
      const made = await tenant.send('POST', '/Users', user('eva'));
      const path = `/Users/${String(made.json['id'])}`;
      await assertStatus(204, tenant.send('PATCH', path, patch({ op: 'add', path: `${BADGE}:tag`, value: 'blue' })));
      await assertStatus(204, tenant.send('PATCH', path, patch({ op: 'add', value: { [`${BADGE}:floor`]: 3 } })));
      await assertStatus(204, tenant.send('PATCH', path, patch({ op: 'add', value: { [BADGE]: { wing: 'w' } } })));
      const locker = patch({ op: 'add', path: `${BADGE}:locker`, value: { number: 7 } });
      await assertStatus(204, tenant.send('PATCH', path, locker));
      const read = await tenant.send('GET', path);
      assert.deepEqual(read.json[BADGE], { tag: 'blue', floor: 3, wing: 'w', locker: { number: 7 } });
    });

    it('is ignored by a strict tenant, and by an app with its own list of attributes', async () => {
      const tenant = await app.open({ dialect: 'strict' });
      const body = { ...user('eva', { [BADGE]: { tag: 'blue' } }), schemas: [USER_SCHEMA] };
      const made = await tenant.send('POST', '/Users', body);
      assert.equal(made.status, 201, made.text);
      assert.equal(made.json[BADGE], undefined);
    });

    it('leaves the schemas of the protocol and what the operator declared as they are', async () => {
      const schema = { id: BADGE, attributes: [{ name: 'tag' }] };
      const tenant = await app.open({ settings: { extensions: [{ resourceType: 'User', schema }] } });
      const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
      const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
      const given = {
        [BADGE]: { tag: 'blue', floor: 3 },
        [enterprise]: { shoeSize: 42 },
        [`${enterprise}:manager`]: { value: 'm1' },
        [core]: { shoeSize: 42 },
        [`${core}:title`]: 'Head',
      };
      const made = await tenant.send('POST', '/Users', user('eva', given));
      assert.equal(made.status, 201, made.text);
      assert.deepEqual(made.json[BADGE], { tag: 'blue' });
      const schemas = await tenant.send('GET', '/Schemas');
      assert.doesNotMatch(schemas.text, /shoeSize|floor|User:manager/);
    });

    it('is one of a bounded number, with a bounded number of attributes', async () => {
      const tenant = await app.open({});
      for (let number = 0; number < LEARNT_EXTENSIONS_MAX + 3; number += 1) {
        const made = await tenant.send('POST', '/Users', user(`p${number}`, { [`urn:x:e${number}:User`]: { a: 'b' } }));
        assert.equal(made.status, 201, made.text);
        assert.equal(made.json[`urn:x:e${number}:User`] !== undefined, number < LEARNT_EXTENSIONS_MAX);
      }
      const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`a${at}`, 'x']));
      const made = await tenant.send('POST', '/Users', user('many', { 'urn:x:e0:User': many }));
      const kept = made.json['urn:x:e0:User'];
      assert.ok(kept !== undefined && kept !== null);
      assert.ok(Object.keys(kept).length < LEARNT_ATTRIBUTES_MAX);
    });

    it('is learnt whole by requests at the same time', async () => {
      const tenant = await app.open({});
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          tenant.send('POST', '/Users', user(`p${at}`, { [BADGE]: { [`a${at}`]: 1 } })),
        ),
      );
      for (const [at, answer] of answers.entries()) assert.deepEqual(answer.json[BADGE], { [`a${at}`]: 1 });
    });

    it('comes within a bulk request too', async () => {
      const tenant = await app.open({});
      const operations = ['anna', 'bert'].map((name) => ({
        method: 'POST',
        path: '/Users',
        bulkId: name,
        data: user(name, { [BADGE]: { [name]: 'x' } }),
      }));
      const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: operations };
      await assertStatus(200, tenant.send('POST', '/Bulk', body));
      assert.equal(await count(tenant, `${BADGE}:anna eq "x"`), 1);
      assert.equal(await count(tenant, `${BADGE}:bert eq "x"`), 1);
    });
  });
}

async function count(tenant: TestTenant, filter: string): Promise<unknown> {
  const found = await tenant.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
  return found.json['totalResults'];
}

async function assertStatus(status: number, answer: Promise<TestAnswer>): Promise<void> {
  const { status: actual, text } = await answer;
  assert.equal(actual, status, text);
}
