import type { Filter } from '../filter/filter.ts';

/** An attribute name as written: `[urn:]name[.sub]` (RFC 7644 §3.10). Compared without regard to case. */
export interface AttributePath {
  /** The schema URN in front, without its colon; absent for core attributes named plainly. */
  readonly urn?: string;
  readonly name: string;
  readonly sub?: string;
}

/** A PATCH path: `attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2 figure 7). */
export interface PatchPath {
  readonly attribute: AttributePath;
  /** The filter in brackets, over the elements of `attribute`. `attribute.sub` is absent when there is one. */
  readonly filter?: Filter;
  /** The sub-attribute behind the brackets. */
  readonly sub?: string;
}
