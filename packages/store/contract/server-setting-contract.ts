import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { T0 } from './sample-realm.ts';
import { type OpenStore, storeForSuite } from './store-for-suite.ts';

/** Settings of the server that are kept with its data. */
export function serverSettingContract(open: OpenStore): void {
  describe('settings of the server', () => {
    const store = storeForSuite(open);
    const setting = (name: string, value: string | readonly string[], secret: string | null = null) =>
      ({ name, value, secret, changedMs: T0, changedBy: 'owner key' }) as const;

    it('are written over and taken away together', async () => {
      const { serverSettings } = store();
      assert.deepEqual(await serverSettings.list(), []);
      await serverSettings.change({ save: [setting('b', ['x', 'y']), setting('a', 'one', 'sealed')], remove: [] });
      assert.deepEqual(await serverSettings.list(), [setting('a', 'one', 'sealed'), setting('b', ['x', 'y'])]);
      await serverSettings.change({ save: [setting('a', 'two')], remove: ['b', 'never was'] });
      assert.deepEqual(await serverSettings.list(), [setting('a', 'two')]);
    });

    it('have secrets that a change of the master key finds, replaces and drops', async () => {
      const { serverSettings, sealed } = store();
      await serverSettings.change({ save: [setting('mail', 'm', 'old'), setting('plain', 'p')], remove: ['a'] });
      const page = await sealed.page('server', { after: '', limit: 10 });
      assert.deepEqual(page, [{ kind: 'server', id: 'mail', sealed: 'old' }]);
      const [row] = page;
      assert.ok(row !== undefined);
      assert.equal(await sealed.replace([{ row, sealed: 'new' }]), 1);
      assert.equal((await serverSettings.list())[0]?.secret, 'new');
      await sealed.drop([{ ...row, sealed: 'new' }]);
      assert.equal((await serverSettings.list())[0]?.secret, null);
    });
  });
}
