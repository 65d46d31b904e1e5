/** Time as the engine sees it; tests bring a clock they turn themselves. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number;
  /** Resolves after at least `ms`. */
  wait(ms: number): Promise<void>;
}

/** Randomness from outside. */
export interface Random {
  /** At least 0, below 1. */
  fraction(): number;
  /** A random GUID in lower case with hyphens. */
  guid(): string;
}
