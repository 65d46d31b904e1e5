/** A case of the wire: what a client sends to an empty tenant and what it has to hear. */
export interface WireCase {
  readonly id: string;
  readonly purpose: string;
  /** Dialects the case holds in. */
  readonly profile: 'both' | 'lenient' | 'strict';
  /** `client`: a real client asks for it; `must`, `should`: the RFCs do. */
  readonly level: 'client' | 'must' | 'should' | 'info';
  /** Steps before, in order. One with only a `note` needs its own environment. */
  readonly setup: readonly (WireStep | WireNote)[];
  readonly request: WireStep;
  readonly expect: WireExpectation;
  /** Steps behind, with what each has to answer. */
  readonly then?: readonly (WireStep | WireLoop)[];
}

export interface WireStep {
  readonly method: string;
  /** Below the tenant's base address, percent-encoded as on the wire. */
  readonly path: string;
  /** Another base address. */
  readonly base?: string;
  /** `null` leaves a usual header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Text is sent raw, everything else as JSON. */
  readonly body?: unknown;
  /** Name under which later steps find the answer: `{{u1.id}}`. */
  readonly as?: string;
  /** `B`: another tenant of the same app. */
  readonly tenant?: 'B';
  readonly expect?: WireExpectation;
}

export interface WireNote {
  readonly note: string;
}

/** Follows `nextCursor` of the answer before to the end. */
export interface WireLoop {
  readonly loop: string;
}

export interface WireExpectation {
  readonly status: readonly number[];
  /** A subset of the body; `$any`, `$gt0`, `$not:…`, `$regex:…` stand for sets of values. */
  readonly bodyContains?: unknown;
  /** Paths that lead to nothing; `!literal` behind a name means a member called exactly so. */
  readonly bodyAbsent?: readonly string[];
  readonly arrayLength?: Readonly<Record<string, number>>;
  readonly headersContain?: Readonly<Record<string, unknown>>;
}
