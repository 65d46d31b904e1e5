/** A request as the provider reads it: what is left of HTTP when the server's own types are taken off. */
export interface ScimRequest {
  readonly method: string;
  /** Path and query as on the wire, still percent-encoded: `/scim/v2/acme/Users?count=5`. */
  readonly target: string;
  /** Value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /**
   * The body as text.
   * @throws {ScimError} `payloadTooLarge` as soon as more than `bytesMax` bytes have come; `requestTimeout` when it stalls
   */
  body(bytesMax: number): Promise<string>;
  /** Address of the peer of the connection; empty when the server does not tell. */
  readonly remoteAddress: string;
  /** Scheme and authority the request came in on: `http://127.0.0.1:4600`. */
  readonly origin: string;
}

/** An answer before it becomes HTTP. */
export interface ScimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent = no body at all. */
  readonly body?: string;
}

/** Media type of every body the provider sends (RFC 7644 §8.1). */
export const SCIM_MEDIA_TYPE = 'application/scim+json';
