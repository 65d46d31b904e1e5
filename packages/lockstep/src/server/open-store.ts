import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseInUse, NewerSchema, openPostgresStore, openSqliteStore, type Store } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import type { Settings } from '../settings/read-settings.ts';
import { systemClock } from '../system-clock.ts';

/**
 * Makes the data folder and opens the store. The folder holds the keys in either case; with PostgreSQL it holds nothing else.
 *
 * @throws {LockstepError} `dataInUse`, `newerSchema` or `badSetting`
 */
export async function openStore({ dataFolder, database }: Settings): Promise<Store> {
  makeFolder(dataFolder);
  try {
    if (database === 'sqlite') {
      return await openSqliteStore({ file: join(dataFolder, 'lockstep.db') }, systemClock.nowMs());
    }
    return await openPostgresStore({ url: database }, systemClock.nowMs());
  } catch (error) {
    throw asLockstepError(error, dataFolder);
  }
}

function asLockstepError(error: unknown, dataFolder: string): unknown {
  if (error instanceof DatabaseInUse) {
    const hint = 'Stop that one first, or name another folder with --data.';
    const message = `the data folder ${dataFolder} is in use by another lockstep`;
    return new LockstepError('dataInUse', message, { hint, cause: error });
  }
  if (error instanceof NewerSchema) {
    return new LockstepError('newerSchema', `the database cannot be used: ${error.message}`, { cause: error });
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const hint = 'Look at the address in --database, and whether the server runs and lets this user in.';
    return new LockstepError('badSetting', `database: it cannot be opened (${error.code})`, { hint, cause: error });
  }
  return error;
}

function makeFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('badSetting', `the data folder ${dataFolder} cannot be made: ${why}`, { cause: error });
  }
}
