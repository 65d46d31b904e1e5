import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { NewTenant } from '../src/tenant/tenant-admin.ts';
import { type OpenTestProvider, openTestProvider, type TestProvider, type TestTenant } from './open-test-provider.ts';

/** One app of the gallery under test; each tenant it opens is empty. */
export interface TestApp {
  open(options?: Partial<NewTenant>): Promise<TestTenant>;
  send: TestProvider['send'];
  readonly test: () => TestProvider;
}

/** Opens a provider for the tests of the enclosing suite. Behind them no request may have failed inside. */
export function testApp(profile: string, openProvider: OpenTestProvider = openTestProvider): TestApp {
  let opened: TestProvider | undefined;
  const test = (): TestProvider => {
    if (opened === undefined) throw new Error('the provider is only open while the tests of its suite run');
    return opened;
  };
  before(async () => {
    opened = await openProvider();
  });
  after(async () => {
    assert.deepEqual(test().failures, []);
    await test().close();
  });
  return {
    test,
    open: (options = {}) => test().open({ ...options, profile }),
    send: (request) => test().send(request),
  };
}
