import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** The owner's key of the admin API. */
export interface ApiKey {
  /** Compares in a time that does not depend on where the texts differ. */
  matches(text: string): boolean;
}

/** Where the hash of the key is kept. */
export interface HashStore {
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;
}

const SETTING = 'apiKeyHash';

/** The file in the data folder that holds the owner's key. */
export function apiKeyFile(dataFolder: string): string {
  return join(dataFolder, 'api-key');
}

/**
 * Reads the owner's key from `api-key` in the data folder, or makes one at first start. The database only knows its
 * hash: a key whose file was taken away keeps working, and a key written into the file by hand replaces the old one.
 */
export async function openApiKey(dataFolder: string, store: HashStore): Promise<ApiKey> {
  const known = await store.setting(SETTING);
  const text = readSecretFile(apiKeyFile(dataFolder)) ?? (known === undefined ? makeKey(dataFolder) : undefined);
  const hashed = text === undefined || text === '' ? (known ?? '') : hashOf(text);
  if (hashed !== known) await store.saveSetting(SETTING, hashed);
  const expected = Buffer.from(hashed);
  return {
    matches: (given) => {
      const actual = Buffer.from(hashOf(given));
      return actual.length === expected.length && timingSafeEqual(actual, expected);
    },
  };
}

function makeKey(dataFolder: string): string {
  const text = `lsk_${randomBytes(32).toString('hex')}`;
  writeSecretFile(apiKeyFile(dataFolder), text);
  return text;
}

function hashOf(text: string): string {
  return hash('sha256', text);
}
