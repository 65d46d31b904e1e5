import type { JsonObject } from '@lockstep/scim';
import type { ScimResponse } from '../request/exchange.ts';

/** Error codes of the token endpoint (RFC 6749 §5.2). */
export type OauthErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';

const STATUS: Readonly<Record<OauthErrorCode, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_scope: 400,
  unsupported_grant_type: 400,
};

/** A refusal of the token endpoint. `message` is public. */
export class OauthError extends Error {
  override readonly name = 'OauthError';
  readonly code: OauthErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: OauthErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** An answer of the token endpoint; it is never to be cached (RFC 6749 §5.1). */
export function oauthAnswer(content: JsonObject | OauthError): ScimResponse {
  const [status, body, headers] =
    content instanceof OauthError
      ? [STATUS[content.code], { error: content.code, error_description: content.message }, content.headers]
      : [200, content, {}];
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache', ...headers },
    body: JSON.stringify(body),
  };
}
