import type { Dialect } from './dialect.ts';
import { dialectRules } from './dialect-rules.ts';

/** Accepts every known deviation. The default for tenants, since clients in the field rely on each of them. */
export const lenientDialect: Dialect = new Set(dialectRules.map(({ rule }) => rule));
