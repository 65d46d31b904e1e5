import { after, before } from 'node:test';
import type { Store } from '../src/open-store.ts';

/** Opens an empty store. Called once per suite. */
export type OpenStore = () => Promise<Store>;

/** Opens a store before the tests of the enclosing suite and closes it behind them; gives the way to reach it. */
export function storeForSuite(open: OpenStore): () => Store {
  let store: Store | undefined;
  before(async () => {
    store = await open();
  });
  after(async () => {
    await store?.close();
  });
  return () => {
    if (store === undefined) throw new Error('the store is only open while the tests of its suite run');
    return store;
  };
}
