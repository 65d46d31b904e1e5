import { hash, randomBytes } from 'node:crypto';

/** 256 bits of randomness that may stand in an address or a cookie. */
export function newSecretText(): string {
  return randomBytes(32).toString('base64url');
}

/** What of a random text is kept. */
export function hashSecretText(text: string): string {
  return hash('sha256', text);
}
