import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dialectRules } from '@lockstep/scim';
import { runSwitch, type SwitchCase } from '../contract/run-switch.ts';
import { testApp } from '../contract/test-app.ts';

// The file is data of the repository in this very shape; a row that departs from it fails.
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, 'vectors', 'switches.json'), 'utf8'),
) as readonly SwitchCase[];

describe('the switches between the dialects', () => {
  const app = testApp('generic');

  for (const one of cases) {
    for (const dialect of ['lenient', 'strict'] as const) {
      const expected = one[dialect];
      it(`${one.switch}: ${expected.status} in the ${dialect} dialect`, async () => {
        const tenant = await app.open({ dialect });
        const { provider, store } = app.test();
        const answer = await runSwitch(tenant, one);
        assert.equal(answer.status, expected.status, answer.text);
        assert.equal(answer.json['scimType'], expected.scimType);
        if (expected.holds !== undefined) assert.ok(answer.text.includes(expected.holds), answer.text);
        if (expected.lacks !== undefined) assert.ok(!answer.text.includes(expected.lacks), answer.text);
        await provider.flush();
        const counted = (await store.tenants.deviations(tenant.tenant.id)).map(({ rule }) => rule);
        if (one.switch.startsWith('never')) return;
        assert.equal(counted.includes(one.switch), dialect === 'lenient', `counted: ${counted.join(', ')}`);
      });
    }
  }

  it('are all of the rules of the dialects', () => {
    const switches = new Set(cases.map((one) => one.switch));
    assert.deepEqual(
      dialectRules.filter(({ rule }) => !switches.has(rule)),
      [],
    );
  });
});
