import { type Acceptance, acceptDeviation } from '../dialect/accept-deviation.ts';
import { ScimError } from '../error.ts';
import type { AttributePath } from '../path/path.ts';
import { printAttributePath } from '../path/print-attribute-path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { type FoundAttribute, findAttribute, findNamed, isWholeExtension } from '../schema/find-attribute.ts';
import type { Filter } from './filter.ts';
import { resolveLiteral } from './resolve-literal.ts';
import type { ResolvedComparison, ResolvedFilter } from './resolved-filter.ts';

type Find = (path: AttributePath) => FoundAttribute | undefined;
type Comparison = Extract<Filter, { readonly kind: 'compare' }>;

const strict: Acceptance = {};

/**
 * Ties a filter to the schemas of a resource type.
 *
 * A leaf about an attribute the type does not have becomes `unknown` and matches nothing: the attribute has no value
 * in any resource (RFC 7644 §3.4.2.1), and a misspelt name must not select everything through `ne`. A multi-valued
 * complex attribute without a sub-attribute is compared by its `value`, as the examples of RFC 7644 §3.4.2.2 do.
 *
 * @throws {ScimError} `invalidFilter` for operators and literals that do not fit the type of their attribute, and for
 *   comparisons with a complex attribute that has no `value`
 */
export function resolveFilter(filter: Filter, type: ResourceType, acceptance: Acceptance = strict): ResolvedFilter {
  return resolveWith(
    filter,
    (path) => findAttribute(type, path) ?? findInExtensions(type, path, acceptance),
    acceptance,
  );
}

/** A name of an extension without its URN, as some samples have it. Core attributes go first, so nothing is shadowed. */
function findInExtensions(type: ResourceType, path: AttributePath, acceptance: Acceptance): FoundAttribute | undefined {
  if (path.urn !== undefined) return undefined;
  for (const { schema } of type.extensions) {
    const found = findAttribute(type, { ...path, urn: schema.id });
    if (found !== undefined && acceptDeviation(acceptance, 'unknownSchemas')) return found;
  }
  return undefined;
}

/**
 * Ties a filter that stands in the brackets behind an attribute to the parts of that attribute. For an attribute with
 * simple values the name `value` means the element itself.
 *
 * @throws {ScimError} as `resolveFilter` does
 */
export function resolveElementFilter(
  filter: Filter,
  found: FoundAttribute,
  acceptance: Acceptance = strict,
): ResolvedFilter {
  return resolveWith(filter, (path) => findPart(found, path), acceptance);
}

/**
 * The parts that all have to hold for the filter to match: those of the outermost `and`, or the filter alone. For
 * choosing an index.
 */
export function conjuncts(filter: ResolvedFilter): readonly ResolvedFilter[] {
  return filter.kind === 'and' ? filter.filters.flatMap(conjuncts) : [filter];
}

function resolveWith(filter: Filter, find: Find, acceptance: Acceptance): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, filters: filter.filters.map((inner) => resolveWith(inner, find, acceptance)) };
    case 'not':
      return { kind: 'not', filter: resolveWith(filter.filter, find, acceptance) };
    case 'compare':
      return resolveComparison(filter, find, acceptance);
    case 'present': {
      const found = find(filter.path);
      return found === undefined ? { kind: 'unknown', path: filter.path } : { kind: 'present', found };
    }
    case 'valuePath': {
      const found = find(filter.path);
      if (found === undefined) return { kind: 'unknown', path: filter.path };
      return { kind: 'valuePath', found, filter: resolveElementFilter(filter.filter, found, acceptance) };
    }
  }
}

function findPart(found: FoundAttribute, path: AttributePath): FoundAttribute | undefined {
  if (path.urn !== undefined || path.sub !== undefined || found.sub !== undefined) return undefined;
  const { subAttributes } = found.attribute;
  if (subAttributes === undefined) return path.name.toLowerCase() === 'value' ? found : undefined;
  const sub = findNamed(subAttributes, path.name);
  return sub === undefined ? undefined : { ...found, sub };
}

function resolveComparison(filter: Comparison, find: Find, acceptance: Acceptance): ResolvedFilter {
  const named = find(filter.path);
  if (named === undefined) return { kind: 'unknown', path: filter.path };
  const name = printAttributePath(filter.path);
  const found = isComplex(named) ? valuePartOf(named, name, acceptance) : named;
  const use = { name, operator: filter.operator, value: filter.value };
  const value = resolveLiteral(use, leafOf(found), acceptance);
  const comparison: ResolvedComparison = { kind: 'compare', found, operator: filter.operator, value };
  return comparison;
}

function leafOf(found: FoundAttribute): Attribute {
  return found.sub ?? found.attribute;
}

function isComplex(found: FoundAttribute): boolean {
  return leafOf(found).type === 'complex';
}

function valuePartOf(found: FoundAttribute, name: string, acceptance: Acceptance): FoundAttribute {
  const sub = isWholeExtension(found) ? undefined : findNamed(found.attribute.subAttributes ?? [], 'value');
  const isAccepted = found.attribute.multiValued || acceptDeviation(acceptance, 'bareComplexComparison');
  if (sub !== undefined && isAccepted) return { ...found, sub };
  throw new ScimError('invalidFilter', `${name} has parts; name one of them to compare with`);
}
