/** A request as the simulator takes it. */
export interface ServerRequest {
  readonly method: string;
  /** Path below the base address, with the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | undefined;
}

/** What the server does about a request. */
export type ServerReply =
  | { readonly do: 'answer'; readonly status: number; readonly headers: Headers; readonly body: string }
  /** The answer comes so late. */
  | { readonly do: 'delay'; readonly ms: number; readonly answer: Extract<ServerReply, { do: 'answer' }> }
  /** So many bytes, one behind the other. */
  | { readonly do: 'flood'; readonly status: number; readonly bytes: number }
  /** The connection ends without an answer. */
  | { readonly do: 'hang-up' };

type Headers = Readonly<Record<string, string>>;

export function answer(status: number, body: string, headers: Headers = {}): Extract<ServerReply, { do: 'answer' }> {
  return { do: 'answer', status, body, headers: { 'content-type': 'application/scim+json', ...headers } };
}
