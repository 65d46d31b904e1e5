/** What stands for a secret wherever something is shown. */
export const MASK = '********';

const SECRET_NAME = /(secret|password|passwd|token|authorization|api[-_]?key|private[-_]?key|sealed|cookie)/i;
/** Names that hold such a word and are no secrets. */
const PLAIN_NAME = /^(token(Id|Label|Url)|secretExpiresAt)$/;

/** Whether a member of that name holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !PLAIN_NAME.test(name);
}

/** Masks what looks like a credential inside a text: bearer and basic headers, passwords in addresses, `token=...`. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${MASK}`)
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@/]+@/gi, `$1${MASK}@`)
    .replace(
      /((?:access_token|client_secret|password|secret|token|api[-_]?key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
      `$1${MASK}`,
    );
}

/** A copy of a JSON value with the values of secret members masked, at any depth. */
export function maskMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isMasked = isSecretName(name) && (typeof member === 'string' || typeof member === 'number');
      return [name, isMasked ? MASK : maskMembers(member)];
    }),
  );
}
