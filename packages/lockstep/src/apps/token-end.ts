/** Base64url without padding, of a JSON object. */
const PART = /^[A-Za-z0-9_-]+$/;

/**
 * When a token says that it ends, if it is a JSON Web Token with the claim `exp` (RFC 7519 §4.1.4); `null` for any other, which
 * tells nothing. Nobody relies on it but who is to be warned, so no signature is checked.
 */
export function tokenEndMs(token: string): number | null {
  const parts = token.trim().split('.');
  const [, claims = ''] = parts;
  if (parts.length !== 3 || !PART.test(claims)) return null;
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const end = typeof read === 'object' && read !== null && 'exp' in read ? read.exp : undefined;
    return typeof end === 'number' && end > 0 && end < LATEST_S ? Math.round(end * 1_000) : null;
  } catch {
    // Three parts, and no token of that kind.
    return null;
  }
}

/** The end of the year 9999, behind which a date cannot be written. */
const LATEST_S = 253_402_300_800;
