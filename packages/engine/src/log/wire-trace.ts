import type { Exchange } from '@lockstep/scim/client';
import type { WireExchange } from './log-record.ts';

/** Longest body that a record keeps, in characters. */
export const WIRE_BODY_MAX = 16_384;
const EXCHANGES_MAX = 10;
const MASK = '[Redact]';
/** Values of these members are secrets, wherever they stand. */
const SECRET_MEMBERS = /("(?:password|token|secret|access_token|client_secret)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/**
 * The exchanges of one change as the log keeps them: secrets and redacted values masked, bodies bounded, the last ten. The
 * credentials are never among them, since they are in a header.
 *
 * @param secrets texts that an expression marked by Redact
 */
export function toWire(exchanges: readonly Exchange[], secrets: readonly string[]): readonly WireExchange[] {
  return exchanges.slice(-EXCHANGES_MAX).map((exchange) => ({
    method: exchange.method,
    path: masked(exchange.path, secrets.map(encodeURIComponent)),
    attempt: exchange.attempt,
    durationMs: exchange.durationMs,
    ...(exchange.status === undefined ? {} : { status: exchange.status }),
    ...(exchange.failure === undefined ? {} : { failure: exchange.failure }),
    ...(exchange.requestBody === undefined ? {} : { requestBody: bodyText(exchange.requestBody, secrets) }),
    ...(exchange.responseText === undefined ? {} : { responseBody: bodyText(exchange.responseText, secrets) }),
  }));
}

function bodyText(text: string, secrets: readonly string[]): string {
  const quoted = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  // Masked before it is cut: a secret that is cut in two would no longer be found.
  const clean = masked(
    /"(password|token|secret|\w+_(token|secret))"/i.test(text) ? text.replace(SECRET_MEMBERS, `$1"${MASK}"`) : text,
    quoted,
  );
  return clean.length <= WIRE_BODY_MAX ? clean : `${clean.slice(0, WIRE_BODY_MAX)}... (${clean.length} characters)`;
}

function masked(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) if (secret !== '') result = result.replaceAll(secret, MASK);
  return result;
}
