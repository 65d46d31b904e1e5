import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { LockstepError } from '../lockstep-error.ts';

const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const LENGTH_MIN = 12;
const LENGTH_MAX = 256;

interface Hashed {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** Hashes a password with argon2id (RFC 9106) into the usual text form, which holds its parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, { memory: MEMORY_KIB, passes: PASSES, lanes: LANES, salt });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${plain(salt)}$${plain(tag)}`;
}

/**
 * Whether a password is the one that was hashed. Without a hash it takes as long and says no, so that nobody learns from
 * the time which names there are.
 */
export async function isPassword(password: string, hashed: string | null | undefined): Promise<boolean> {
  const given = password.slice(0, LENGTH_MAX);
  const read = hashed === null || hashed === undefined ? undefined : readHash(hashed);
  const salt = Buffer.alloc(SALT_BYTES);
  const against = read ?? { memory: MEMORY_KIB, passes: PASSES, lanes: LANES, salt, tag: Buffer.alloc(TAG_BYTES) };
  const tag = await derive(given, against);
  return tag.length === against.tag.length && timingSafeEqual(tag, against.tag) && read !== undefined;
}

/**
 * Checks a password somebody chooses: 12 to 256 characters, and not the name. Nothing else is asked (NIST SP 800-63B).
 *
 * @throws {LockstepError} `invalidValue`
 */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length;
  if (length < LENGTH_MIN || length > LENGTH_MAX) {
    throw new LockstepError('invalidValue', `the password has to have ${LENGTH_MIN} to ${LENGTH_MAX} characters`);
  }
  if (name !== '' && password.toLowerCase().includes(name.toLowerCase())) {
    throw new LockstepError('invalidValue', 'the password must not hold the name');
  }
  if (new Set(password).size < 4) throw new LockstepError('invalidValue', 'the password repeats too few characters');
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function readHash(text: string): Hashed | undefined {
  const [, memory, passes, lanes, salt, tag] = FORM.exec(text) ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  return {
    memory: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function derive(password: string, by: Omit<Hashed, 'tag'>): Promise<Buffer> {
  const { memory, passes, lanes: parallelism, salt: nonce } = by;
  const parameters = { message: password.normalize('NFKC'), nonce, parallelism, tagLength: TAG_BYTES, memory, passes };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error === null ? resolve(tag) : reject(error)));
  });
}
