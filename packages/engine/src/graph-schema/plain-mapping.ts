import type { AttributeMapping, ObjectMapping, TargetAttribute } from '@lockstep/gallery';
import { plainSource } from './graph-source.ts';

/** A row without what is said by default, so that equal rows look equal. */
export function plainRow(row: AttributeMapping): AttributeMapping {
  const { target, source, defaultValue, defaultOn, apply, flowBehavior, clearWhenNull, enabled } = row;
  const { matchingPrecedence = 0, exportMissingReferences } = row;
  const hasDefault = defaultValue !== undefined && defaultValue !== '';
  return {
    target,
    source: plainSource(source),
    ...(hasDefault ? { defaultValue } : {}),
    ...(defaultOn === 'create-and-update' ? { defaultOn } : {}),
    apply,
    ...(flowBehavior === 'always' ? { flowBehavior } : {}),
    ...(clearWhenNull === true ? { clearWhenNull } : {}),
    ...(enabled === false ? { enabled } : {}),
    ...(matchingPrecedence > 0 ? { matchingPrecedence } : {}),
    ...(exportMissingReferences === true ? { exportMissingReferences } : {}),
  };
}

/** An attribute without what is said by default. */
export function plainAttribute(attribute: TargetAttribute): TargetAttribute {
  const { name, type, caseExact, mutability, defaultValue, referencedObjects, apiExpressions, metadata } = attribute;
  const flags = ['multiValued', 'required', 'filterable', 'anchor', 'flowNullValues'] as const;
  return {
    name,
    type,
    ...Object.fromEntries(flags.filter((flag) => attribute[flag] === true).map((flag) => [flag, true])),
    ...(caseExact === false ? { caseExact } : {}),
    ...(mutability === undefined || mutability === 'ReadWrite' ? {} : { mutability }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(referencedObjects === undefined || referencedObjects.length === 0
      ? {}
      : { referencedObjects: referencedObjects.map(plainReference) }),
    ...(apiExpressions === undefined || apiExpressions.length === 0 ? {} : { apiExpressions }),
    ...(metadata === undefined || metadata.length === 0 ? {} : { metadata }),
  };
}

function plainReference(one: NonNullable<TargetAttribute['referencedObjects']>[number]): typeof one {
  const { referencedObjectName, referencedProperty } = one;
  return typeof referencedProperty === 'string'
    ? { referencedObjectName, referencedProperty }
    : { referencedObjectName };
}

/** An object mapping without what is said by default: two that say the same are deep-equal in this form. */
export function plainMapping(mapping: ObjectMapping): ObjectMapping {
  const { inputFilters = [], ...rest } = mapping;
  return {
    ...rest,
    mappings: mapping.mappings.map(plainRow),
    targetAttributes: mapping.targetAttributes.map(plainAttribute),
    ...(inputFilters.length === 0 ? {} : { inputFilters }),
  };
}

/** Whether two plain values are deep-equal; the order of members does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  return sortedText(one) === sortedText(other);
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
