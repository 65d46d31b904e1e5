import { X509Certificate } from 'node:crypto';

/**
 * When the last of a directory's certificates ends: from then on nothing it signs with them should be believed. `null` when one
 * of them tells no end, as a bare public key does not.
 *
 * @param certificates PEM or base64 DER
 */
export function lastEndMs(certificates: readonly string[]): number | null {
  const ends = certificates.map(endMs);
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map(Number));
}

function endMs(certificate: string): number | null {
  const isPem = certificate.includes('-----BEGIN');
  try {
    return new X509Certificate(isPem ? certificate : Buffer.from(certificate, 'base64')).validToDate.getTime();
  } catch {
    // No certificate: a public key without an end.
    return null;
  }
}
