import { printAttributePath } from '../path/print-attribute-path.ts';
import type { Filter } from './filter.ts';

/** Writes a filter in RFC 7644 form. `parseFilter` reads it back to the same value. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.filters.map(printOperand).join(' and ');
    case 'or':
      // `and` binds tighter, so its parts need no parentheses here.
      return filter.filters
        .map((inner) => (inner.kind === 'or' ? `(${printFilter(inner)})` : printFilter(inner)))
        .join(' or ');
    case 'not':
      return `not (${printFilter(filter.filter)})`;
    case 'compare':
      return `${printAttributePath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'present':
      return `${printAttributePath(filter.path)} pr`;
    case 'valuePath':
      return `${printAttributePath(filter.path)}[${printFilter(filter.filter)}]`;
  }
}

function printOperand(filter: Filter): string {
  return filter.kind === 'and' || filter.kind === 'or' ? `(${printFilter(filter)})` : printFilter(filter);
}
