import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonArray, isJsonObject, USER_SCHEMA } from '@lockstep/scim';
import type { TenantSettings } from '../src/ports/index.ts';
import { assertRefusal } from './assert-refusal.ts';
import type { OpenTestProvider } from './open-test-provider.ts';
import { patch, user } from './sample-bodies.ts';
import { testApp } from './test-app.ts';

const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';

const settings: TenantSettings = {
  extensions: [
    {
      resourceType: 'User',
      schema: { id: BADGE, attributes: [{ name: 'serial', uniqueness: 'server' }, { name: 'tag' }] },
    },
  ],
};

/** Declares the suites over providers as `openProvider` makes them. */
export function removedExtensionSuite(openProvider: OpenTestProvider): void {
  describe('an extension that is declared no more', () => {
    const app = testApp('generic', openProvider);

    it('shows in no answer and matches no filter, and is back when it is declared again', async () => {
      const tenant = await app.open({ settings });
      const { admin } = app.test().provider;
      const body = user('eva', { schemas: [USER_SCHEMA, BADGE], [BADGE]: { serial: 'S1', tag: 'blue' } });
      const made = await tenant.send('POST', '/Users', body);
      const path = `/Users/${String(made.json['id'])}`;
      const before = await tenant.send('GET', path);
      assert.ok(isJsonObject(before.json[BADGE]));

      await admin.update(tenant.tenant.id, { settings: {} });
      const filter = (text: string): string => `/Users?filter=${encodeURIComponent(text)}`;
      const rename = patch({ op: 'replace', path: 'title', value: 'Head' });
      for (const shown of [
        await tenant.send('GET', path),
        await tenant.send('GET', `${path}?attributes=userName,${BADGE}`),
        await tenant.send('GET', `${path}?excludedAttributes=title`),
        await tenant.send('GET', filter('userName eq "eva"')),
        await tenant.send('PATCH', `${path}?excludedAttributes=name`, rename),
      ]) {
        assert.equal(shown.status, 200, shown.text);
        assert.doesNotMatch(shown.text, /badge|blue/);
      }
      for (const text of [
        `${BADGE}:tag eq "blue"`,
        `${BADGE} pr`,
        `not (${BADGE}:tag eq "green")`,
        `schemas eq "${BADGE}"`,
      ]) {
        const found = await tenant.send('GET', filter(text));
        const expected = text.startsWith('not') ? [0, 1] : [0];
        assert.ok(expected.includes(Number(found.json['totalResults'])), `${text}: ${found.text}`);
      }

      await admin.update(tenant.tenant.id, { settings });
      const again = await tenant.send('GET', path);
      assert.deepEqual([again.json[BADGE], again.json['title']], [before.json[BADGE], 'Head']);
      assert.ok(isJsonArray(again.json['schemas']) && again.json['schemas'].includes(BADGE));
    });
  });

  describe('a duplicate in an attribute that the tenant declared unique', () => {
    for (const profile of ['generic', 'zenvoices']) {
      const app = testApp(profile, openProvider);

      it(`is refused with the name of that attribute, by ${profile}, on create, replace and patch`, async () => {
        const tenant = await app.open({ settings });
        const body = (name: string, serial: string): object => ({
          ...user(`${name}@example.com`, { emails: [{ value: `${name}@example.com`, type: 'work', primary: true }] }),
          name: { givenName: name, familyName: name },
          displayName: name,
          schemas: [USER_SCHEMA, BADGE],
          [BADGE]: { serial },
        });
        const first = await tenant.send('POST', '/Users', body('eva', 'S1'));
        assert.equal(first.status, 201, first.text);
        const second = await tenant.send('POST', '/Users', body('lars', 'S2'));
        assert.equal(second.status, 201, second.text);
        const path = `/Users/${String(second.json['id'])}`;
        assertRefusal(await tenant.send('POST', '/Users', body('anna', 's1')), 409, /badge:2\.0:User:serial/);
        const taken = patch({ op: 'replace', path: `${BADGE}:serial`, value: 'S1' });
        assertRefusal(await tenant.send('PATCH', path, taken), 409, /badge:2\.0:User:serial/);
        assertRefusal(await tenant.send('PUT', path, body('lars', 'S1')), 409, /badge:2\.0:User:serial/);
        const refused = await tenant.send('POST', '/Users', body('eva', 'S9'));
        assert.equal(refused.status, 409, refused.text);
        assert.doesNotMatch(refused.text, /serial/);
      });
    }
  });
}
