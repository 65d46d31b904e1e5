import type { AttributePath } from '../path/path.ts';
import type { FoundAttribute } from '../schema/find-attribute.ts';
import type { CompareOperator, FilterLiteral } from './filter.ts';

/**
 * A filter whose leaves know their attribute and whose literals have its type. Inside a value path the leaves are
 * about one element: `found.sub` is the part of it, or absent when the element itself is a simple value.
 */
export type ResolvedFilter =
  | { readonly kind: 'and'; readonly filters: readonly ResolvedFilter[] }
  | { readonly kind: 'or'; readonly filters: readonly ResolvedFilter[] }
  | { readonly kind: 'not'; readonly filter: ResolvedFilter }
  | ResolvedComparison
  | { readonly kind: 'present'; readonly found: FoundAttribute }
  | { readonly kind: 'valuePath'; readonly found: FoundAttribute; readonly filter: ResolvedFilter }
  | { readonly kind: 'unknown'; readonly path: AttributePath };

/** A comparison leaf of a resolved filter. */
export interface ResolvedComparison {
  readonly kind: 'compare';
  readonly found: FoundAttribute;
  readonly operator: CompareOperator;
  /** Null only with `eq` and `ne`, where it means "no value". Text for dates; it is known to be one. */
  readonly value: FilterLiteral;
}
