import type { TestContext } from 'node:test';
import { openSqliteStore, type Store } from '@lockstep/store';
import { createDirectoryService, type DirectoryService } from '../src/directory/directory-service.ts';
import { systemClock, systemRandom } from '../src/system-clock.ts';

/** A directory in memory. */
export interface OpenDirectory {
  readonly directory: DirectoryService;
  readonly store: Store;
}

export async function openDirectory(test: TestContext): Promise<OpenDirectory> {
  const store = await openSqliteStore({ file: ':memory:' }, 0);
  test.after(() => store.close());
  const { realms, groups, directoryRealm: realm } = store;
  return {
    store,
    directory: createDirectoryService({ realms, groups, realm, clock: systemClock, random: systemRandom }),
  };
}
