import type { FoundAttribute, ResolvedFilter } from '@lockstep/scim';
import { attributePathOf } from './attribute-path-of.ts';
import { type LeafSource, sourceOf } from './leaf-source.ts';
import { allOf, anyOf, type ConditionScope, negated, type SqlCondition, sql } from './sql-condition.ts';
import { type SqlJsonValue, textColumn } from './sql-value.ts';
import { holdsForNothing, type ValueTest, valueCondition } from './value-condition.ts';

/** A filter leaf that asks about an attribute. */
export type AttributeLeaf = Extract<ResolvedFilter, { readonly kind: 'compare' | 'present' | 'valuePath' }>;

/** What decides a leaf by looking into the resource's JSON and its memberships; nothing when SQL cannot tell. */
export function leafCondition(filter: AttributeLeaf, scope: ConditionScope): SqlCondition | undefined {
  if (filter.kind !== 'valuePath') {
    const column = columnOf(filter.found, scope);
    if (column !== undefined) return valueCondition(column, testOf(filter), scope.flavour);
  }
  const source = sourceOf(filter.found, scope);
  if (source === undefined) return undefined;
  if (filter.kind === 'valuePath') return elementPathCondition(filter.filter, source, scope);
  const test = testOf(filter);
  const condition = valueCondition(source.at(filter.found.sub?.name), test, scope.flavour);
  if (condition === undefined || source.kind === 'single') return condition;
  const some = source.some(condition);
  return holdsForNothing(test) ? anyOf([some, source.isEmpty]) : some;
}

function testOf(filter: Extract<AttributeLeaf, { readonly kind: 'compare' | 'present' }>): ValueTest {
  if (filter.kind === 'present') return { kind: 'present' };
  const attribute = filter.found.sub ?? filter.found.attribute;
  return { kind: 'compare', operator: filter.operator, value: filter.value, attribute };
}

/** What stands in a column of its own, so that no JSON has to be read. */
function columnOf(found: FoundAttribute, scope: ConditionScope): SqlJsonValue | undefined {
  const { flavour } = scope;
  const path = attributePathOf(found);
  if (path === 'id') return textColumn(sql`r.id`, flavour);
  if (path === 'externalId') return textColumn(sql`r.external_id`, flavour);
  if (path === 'meta.resourceType') return textColumn(sql`r.type`, flavour);
  const isFoldedName = path === scope.uniqueName && found.attribute.type === 'string' && !found.attribute.caseExact;
  return isFoldedName ? textColumn(sql`r.unique_name`, flavour, sql`r.unique_name`) : undefined;
}

function elementPathCondition(
  filter: ResolvedFilter,
  source: LeafSource,
  scope: ConditionScope,
): SqlCondition | undefined {
  const element = elementCondition(filter, source, scope);
  if (element === undefined) return undefined;
  return source.kind === 'single' ? allOf([source.isThere, element]) : source.some(allOf([source.isElement, element]));
}

function elementCondition(filter: ResolvedFilter, source: LeafSource, scope: ConditionScope): SqlCondition | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => elementCondition(part, source, scope));
      const known = parts.filter((part) => part !== undefined);
      if (known.length < parts.length) return undefined;
      return filter.kind === 'and' ? allOf(known) : anyOf(known);
    }
    case 'not': {
      const inner = elementCondition(filter.filter, source, scope);
      return inner === undefined ? undefined : negated(inner);
    }
    case 'unknown':
    case 'valuePath':
      return sql`(1 = 0)`;
    default:
      if (filter.found.sub?.multiValued === true) return undefined;
      return valueCondition(source.at(filter.found.sub?.name), testOf(filter), scope.flavour);
  }
}
