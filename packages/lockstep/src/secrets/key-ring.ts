import { closeSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LockstepError } from '../lockstep-error.ts';
import { type MasterKey, makeMasterKey, readMasterKey } from './master-key.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** Keys that open sealed texts, and the one that seals. */
export interface KeyRing {
  /** What seals from now on: the key that comes next while one does. */
  current(): MasterKey;
  /** The key of an id; looks at the files again when it is not known, since another process may have changed it. */
  find(id: string): MasterKey | undefined;
  readonly standing: () => KeyStanding;
  /** Makes the next key, or goes on with the one that is there. From here on it seals. @throws {LockstepError} */
  begin(): MasterKey;
  /**
   * Puts the next key in the place of the one before, which stays beside it for backups that were made earlier. The last step
   * is one renaming, so that at no moment there is no key.
   * @throws {LockstepError} `conflict` when there is no next key
   */
  finish(): void;
}

/** Which keys there are, by id. */
export interface KeyStanding {
  readonly keyId: string;
  /** While the key is being changed. */
  readonly nextKeyId: string | undefined;
  /** Kept for backups; nothing is sealed with them. */
  readonly retired: readonly string[];
}

/** A ring of one key. */
export function singleKey(key: MasterKey): Pick<KeyRing, 'current' | 'find'> {
  return { current: () => key, find: (id) => (id === key.id ? key : undefined) };
}

/**
 * Opens the keys beside a master key's file: `FILE.next` while the key is being changed, `FILE.retired-ID` afterwards.
 *
 * @throws {LockstepError} `badSetting` when a configured file is missing or holds no key
 */
export function openKeyRing(file: string, options: { readonly mayMake: boolean }): KeyRing {
  const nextFile = `${file}.next`;
  const read = (): Keys => ({
    main: readMasterKey(file, options),
    next: readSecretFile(nextFile) === undefined ? undefined : readMasterKey(nextFile, { mayMake: false }),
  });
  let keys = read();
  const known = (id: string): MasterKey | undefined => [keys.next, keys.main].find((key) => key?.id === id);
  return {
    current: () => keys.next ?? keys.main,
    find: (id) => {
      const found = known(id);
      if (found !== undefined) return found;
      keys = read();
      return known(id) ?? readRetired(file, id);
    },
    standing: () => ({ keyId: keys.main.id, nextKeyId: keys.next?.id, retired: retiredIds(file) }),
    begin: () => {
      if (keys.next === undefined) makeMasterKey(nextFile);
      keys = read();
      return keys.next ?? keys.main;
    },
    finish: () => {
      keys = read();
      if (keys.next === undefined) throw new LockstepError('conflict', 'the master key is not being changed');
      replaceFile(file, nextFile, keys.main);
      keys = read();
    },
  };
}

/** @throws {LockstepError} `conflict` where the files may not be written, such as on a read-only volume */
function replaceFile(file: string, nextFile: string, main: MasterKey): void {
  try {
    writeSecretFile(`${file}.retired-${main.id}`, main.bytes.toString('base64'));
    renameSync(nextFile, file);
    syncFolder(dirname(file));
  } catch (error) {
    const hint = `Everything is sealed with the next key: put ${nextFile} in the place of ${file} yourself.`;
    throw new LockstepError('conflict', 'the master key file cannot be replaced', { hint, cause: error });
  }
}

interface Keys {
  readonly main: MasterKey;
  readonly next: MasterKey | undefined;
}

const KEY_ID = /^[0-9a-f]{8}$/;

function readRetired(file: string, id: string): MasterKey | undefined {
  if (!KEY_ID.test(id) || readSecretFile(`${file}.retired-${id}`) === undefined) return undefined;
  const key = readMasterKey(`${file}.retired-${id}`, { mayMake: false });
  return key.id === id ? key : undefined;
}

function retiredIds(file: string): readonly string[] {
  const start = `${basename(file)}.retired-`;
  const names = readdirSync(dirname(join(file))).filter((name) => name.startsWith(start));
  return names.map((name) => name.slice(start.length)).filter((id) => KEY_ID.test(id));
}

/** A renaming is on disk when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
