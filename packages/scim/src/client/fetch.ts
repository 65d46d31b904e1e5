/** One HTTP request as the client hands it to the port. */
export interface FetchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, percent-encoded. */
  readonly url: string;
  /** Lower-case names. Holds the credentials: never to be logged as it is. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Deadline for the whole exchange: connecting, sending and reading the last byte of the answer. */
  readonly timeoutMs: number;
}

/** One HTTP answer, with its body decoded as UTF-8. */
export interface FetchAnswer {
  readonly status: number;
  /** `get` compares names without regard to case and gives `null` for a header that is not there, as `Headers` does. */
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/**
 * The port that does the I/O. It keeps the deadline, the limit on the size of an answer (`responseBytesMax`, which is
 * a setting of the port), the rule which addresses may be reached, and does not follow redirects. Every status is an
 * answer; it rejects only when there is none.
 *
 * @throws {TransportError} when no whole answer came
 */
export type Fetch = (request: FetchRequest) => Promise<FetchAnswer>;

/** Why no answer came. `refused-address`: the address rules of this installation forbid the target. */
export type TransportFailure = 'timeout' | 'connection' | 'refused-address';

/** No whole HTTP answer came. An answer above the size limit counts as `connection` with `sent: 'maybe'`. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportFailure;
  /** `no` only when it is certain that not one byte of the request reached the target. */
  readonly sent: 'no' | 'maybe';

  constructor(kind: TransportFailure, message: string, options: { sent: 'no' | 'maybe'; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.sent = options.sent;
  }
}
