/** A new token: shown once, kept as its hash. */
export interface NewToken {
  readonly id: string;
  /** What the client sends behind `Bearer`. */
  readonly text: string;
}

const SECRET_BYTES = 32;
const ID_BYTES = 8;
const SHAPE = /^lks_([0-9a-f]{16})_[0-9a-f]{64}$/;

/**
 * Makes a token: a prefix for secret scanners, an id for look-up, and 256 random bits.
 *
 * @param randomBytes from a cryptographic source
 */
export function newToken(randomBytes: (count: number) => Uint8Array): NewToken {
  const id = hexOf(randomBytes(ID_BYTES));
  return { id, text: `lks_${id}_${hexOf(randomBytes(SECRET_BYTES))}` };
}

/** A new client of the token endpoint: the secret is shown once, kept as its hash. */
export interface NewClient {
  readonly id: string;
  readonly secret: string;
}

/**
 * Makes the id and the secret of a client: 256 random bits behind a prefix for secret scanners.
 *
 * @param randomBytes from a cryptographic source
 */
export function newClient(randomBytes: (count: number) => Uint8Array): NewClient {
  return { id: `lkc_${hexOf(randomBytes(ID_BYTES))}`, secret: `lkcs_${hexOf(randomBytes(SECRET_BYTES))}` };
}

/** The id inside a token's text; `undefined` when the text is no token of ours. */
export function tokenIdOf(text: string): string | undefined {
  return SHAPE.exec(text)?.[1];
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
