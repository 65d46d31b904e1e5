import type { Dialect } from './dialect.ts';

/** Accepts what the RFCs define and nothing else. */
export const strictDialect: Dialect = new Set();
