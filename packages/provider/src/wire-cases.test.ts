import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openTestProvider, type TestProvider } from '../contract/open-test-provider.ts';
import { runWireCase, type WireEnvironment } from '../contract/run-wire-case.ts';
import type { WireCase } from '../contract/wire-case.ts';

// The file is data of the repository in this very shape; a case that departs from it fails.
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, 'vectors', 'wire.json'), 'utf8'),
) as readonly WireCase[];

/** Cases that need more than an empty tenant of the generic app at its usual address. */
const environments: Readonly<Record<string, WireEnvironment>> = {
  'entra-027': {
    settings: {
      extensions: [
        {
          resourceType: 'User',
          schema: { id: 'urn:ietf:params:scim:schemas:extension:BadgeOffice:2.0:User', attributes: [{ name: 'tag' }] },
        },
      ],
    },
  },
  'galleryapp-013': { hasAccessToken: true },
  'rfc-v01': { profile: 'zero', root: '/zero/scim' },
  'rfc-v02': { profile: 'zero', root: '/zero/scim' },
  'security-014': { hasRevokedToken: true },
  'security-016': { allowedAddresses: ['203.0.113.0/24'] },
  'seed-zenya-002': { profile: 'zenya', root: '/zenya' },
  'seed-zero-002': { profile: 'zero', root: '/zero' },
  'seed-zero-004': { profile: 'zero', root: '/zero' },
  'seed-url-002': { profile: 'zenvoices', root: '/zenvoices', tenantId: '1234' },
};

/** Cases that do not hold, each with the reason. A case that begins to hold has to leave the list. */
const open = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'open-cases.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

for (const dialect of ['lenient', 'strict'] as const) {
  describe(`wire cases, ${dialect} dialect`, () => {
    let test: TestProvider;
    before(async () => {
      test = await openTestProvider();
    });
    after(() => test.close());

    for (const wireCase of cases) {
      if (wireCase.profile !== 'both' && wireCase.profile !== dialect) continue;
      it(`${wireCase.id}: ${wireCase.purpose}`, async () => {
        const environment = environments[wireCase.id] ?? {};
        const wrong = await runWireCase(test, wireCase, { dialect, environment });
        const reason = open[wireCase.id];
        if (reason === undefined) assert.deepEqual(wrong, []);
        else assert.notDeepEqual(wrong, [], `${wireCase.id} holds now: take it off the list (${reason})`);
        assert.deepEqual(test.failures, []);
      });
    }
  });
}
