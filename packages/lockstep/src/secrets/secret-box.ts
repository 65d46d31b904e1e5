import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { LockstepError } from '../lockstep-error.ts';
import type { KeyRing } from './key-ring.ts';
import type { MasterKey } from './master-key.ts';

/** Seals texts so that the database alone does not give them away. */
export interface SecretBox {
  /** @param owner what the secret belongs to; a sealed text opens only for the same owner */
  seal(text: string, owner: string): string;
  /** @throws {LockstepError} `internal` when the text was sealed with another key, for another owner, or was changed */
  open(sealed: string, owner: string): string;
  /** `undefined` where `open` throws. */
  tryOpen(sealed: string, owner: string): string | undefined;
}

const VERSION = 'ls1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The id of the key a text was sealed with; `undefined` for a text of another form. */
export function keyIdOf(sealed: string): string | undefined {
  const [version, keyId] = sealed.split('.');
  return version === VERSION ? keyId : undefined;
}

/** AES-256-GCM; a sealed text reads `ls1.<key id>.<nonce, ciphertext and tag in base64url>`. */
export function createSecretBox(keys: Pick<KeyRing, 'current' | 'find'>): SecretBox {
  const open = (sealed: string, owner: string): string => {
    const [version, keyId = '', body = ''] = sealed.split('.');
    if (version !== VERSION) throw unreadable('its form is unknown');
    const key = keys.find(keyId);
    if (key === undefined) throw unreadable('it was sealed with another master key');
    return openWith(key, { body, owner });
  };
  return {
    open,
    seal: (text, owner) => sealWith(keys.current(), { text, owner }),
    tryOpen: (sealed, owner) => {
      try {
        return open(sealed, owner);
      } catch (error) {
        if (error instanceof LockstepError) return undefined;
        throw error;
      }
    },
  };
}

function additionalData(key: MasterKey, owner: string): Buffer {
  return Buffer.from(`${VERSION}.${key.id}.${owner}`);
}

function sealWith(key: MasterKey, { text, owner }: { readonly text: string; readonly owner: string }): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(key, owner));
  const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${VERSION}.${key.id}.${Buffer.concat(parts).toString('base64url')}`;
}

function openWith(key: MasterKey, { body, owner }: { readonly body: string; readonly owner: string }): string {
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw unreadable('it is too short');
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(additionalData(key, owner));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const opened = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch (error) {
    throw unreadable('it was changed, or sealed for something else', error);
  }
}

function unreadable(why: string, cause?: unknown): LockstepError {
  const hint = 'Put back the master key the data was made with, or enter the secret again.';
  return new LockstepError('internal', `a stored secret cannot be opened: ${why}`, { hint, cause });
}
