import { acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import type { Filter, FilterLiteral } from '../filter/filter.ts';
import { resolveElementFilter } from '../filter/resolve-filter.ts';
import type { AttributePath } from '../path/path.ts';
import { printAttributePath } from '../path/print-attribute-path.ts';
import { booleanText, type ReadOptions } from '../resource/read-simple-value.ts';
import type { Attribute } from '../schema/attribute.ts';
import { type FoundAttribute, findNamed } from '../schema/find-attribute.ts';

/**
 * Brings the filter of a PATCH path into the spelling of the schema: names as the schema has them, and under
 * `booleanAsText` the text `"True"` as the boolean where the attribute is one.
 *
 * @throws {ScimError} `invalidPath` for a name that is no part of the attribute; `invalidFilter` for a literal or an
 *   operator that does not fit
 */
export function canonicalFilter(filter: Filter, found: FoundAttribute, options: ReadOptions): Filter {
  const canonical = rewrite(filter, found.attribute, options);
  resolveElementFilter(canonical, found);
  return canonical;
}

function rewrite(filter: Filter, attribute: Attribute, options: ReadOptions): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((inner) => rewrite(inner, attribute, options)) };
    case 'not':
      return { ...filter, filter: rewrite(filter.filter, attribute, options) };
    case 'valuePath':
      throw new ScimError('invalidPath', 'a filter in brackets cannot hold brackets');
    case 'present':
      return { ...filter, path: partPath(filter.path, attribute).path };
    case 'compare': {
      const { path, part } = partPath(filter.path, attribute);
      return { ...filter, path, value: literalFor(part, filter.value, options) };
    }
  }
}

interface Part {
  readonly path: AttributePath;
  readonly part: Attribute;
}

/** For an attribute of simple values, `value` names the element itself. */
function partPath(path: AttributePath, attribute: Attribute): Part {
  const isPlain = path.urn === undefined && path.sub === undefined;
  const part = isPlain ? findPart(path.name, attribute) : undefined;
  if (part !== undefined) return { path: { name: part === attribute ? 'value' : part.name }, part };
  throw new ScimError('invalidPath', `${attribute.name} has no part ${printAttributePath(path)}`);
}

function findPart(name: string, attribute: Attribute): Attribute | undefined {
  if (attribute.subAttributes !== undefined) return findNamed(attribute.subAttributes, name);
  return name.toLowerCase() === 'value' ? attribute : undefined;
}

function literalFor(part: Attribute, value: FilterLiteral, options: ReadOptions): FilterLiteral {
  if (part.type !== 'boolean' || typeof value !== 'string') return value;
  const meant = booleanText(value);
  return meant !== undefined && acceptDeviation(options, 'booleanAsText') ? meant : value;
}
