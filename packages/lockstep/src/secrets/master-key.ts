import { hash, randomBytes } from 'node:crypto';
import { LockstepError } from '../lockstep-error.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

/** The key that seals secrets at rest. */
export interface MasterKey {
  /** Tells which key sealed a text, without telling anything about the key. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

const KEY_BYTES = 32;

/**
 * Reads the master key, in base64 or hex. One of the product's own is made when there is none yet.
 *
 * @throws {LockstepError} `badSetting` when a configured file is missing or holds no key
 */
export function readMasterKey(file: string, options: { readonly mayMake: boolean }): MasterKey {
  const text = readSecretFile(file);
  if (text !== undefined) return toKey(decodeKey(text, file));
  if (!options.mayMake) throw new LockstepError('badSetting', `there is no master key file ${file}`);
  return makeMasterKey(file);
}

/** Makes a key and writes it into a file of its own. */
export function makeMasterKey(file: string): MasterKey {
  const bytes = randomBytes(KEY_BYTES);
  writeSecretFile(file, bytes.toString('base64'));
  return toKey(bytes);
}

function decodeKey(text: string, file: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (bytes.length === KEY_BYTES) return bytes;
  throw new LockstepError('badSetting', `${file} holds no master key: ${KEY_BYTES} bytes in base64 are expected`);
}

function toKey(bytes: Buffer): MasterKey {
  return { bytes, id: hash('sha256', Buffer.concat([Buffer.from('lockstep master key '), bytes])).slice(0, 8) };
}
