import type { AttributePath } from '../path/path.ts';

/** Comparison operators of RFC 7644 §3.4.2.2 table 3, without `pr`. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A comparison value: a JSON literal (RFC 7644 figure 1). */
export type FilterLiteral = string | number | boolean | null;

/** A parsed filter. `and` and `or` hold two or more filters, so that long chains stay flat. */
export type Filter =
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly operator: CompareOperator;
      readonly value: FilterLiteral;
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter };
