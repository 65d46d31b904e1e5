import type {
  AttributeMapping,
  FlowType,
  TargetAttribute,
  TargetAttributeType,
  TargetMutability,
} from '@lockstep/gallery';
import type { GraphAttribute, GraphPair, GraphRow } from './graph-schema.ts';
import { readGraphSource } from './graph-source.ts';
import type { RowExtras } from './own-extras.ts';
import { isSame, plainAttribute, plainRow } from './plain-mapping.ts';

/** Flow types by Graph's words. */
export const flowTypes: Readonly<Record<FlowType, string>> = {
  always: 'Always',
  'create-only': 'ObjectAddOnly',
  'multi-value-add-only': 'MultiValueAddOnly',
  'value-add-only': 'ValueAddOnly',
  'attribute-add-only': 'AttributeAddOnly',
};

/** Reads a row. A row of `base` that says the same is taken as it is. */
export function readRow(
  row: GraphRow,
  extras: RowExtras,
  base: readonly AttributeMapping[] | undefined,
): AttributeMapping {
  const { defaultValue, flowType, flowBehavior, matchingPriority, exportMissingReferences } = row;
  const apply = (Object.keys(flowTypes) as FlowType[]).find((one) => isWord(flowTypes[one], flowType)); // the record's own keys
  const read: AttributeMapping = {
    target: row.targetAttributeName,
    source: readGraphSource(row.source),
    ...(typeof defaultValue === 'string' && defaultValue !== '' ? { defaultValue } : {}),
    apply: apply ?? 'always',
    ...(isWord('FlowAlways', flowBehavior) ? { flowBehavior: 'always' as const } : {}),
    ...((matchingPriority ?? 0) > 0 ? { matchingPrecedence: matchingPriority ?? 0 } : {}),
    ...(exportMissingReferences === true ? { exportMissingReferences } : {}),
    ...extras,
  };
  const known = base?.find(({ target }) => target.toLowerCase() === read.target.toLowerCase());
  return known !== undefined && isSame(plainRow(known), plainRow(read)) ? known : read;
}

function isWord(word: string, given: string | null | undefined): boolean {
  return given?.toLowerCase() === word.toLowerCase();
}

const TYPES: readonly TargetAttributeType[] = ['String', 'Boolean', 'Integer', 'Reference', 'DateTime', 'Binary'];
const MUTABILITIES: readonly TargetMutability[] = ['ReadWrite', 'ReadOnly', 'Immutable', 'WriteOnly'];

/** Reads an attribute; whether it is filterable is not Graph's to say. An attribute of `base` that says the same is taken as it is. */
export function readAttribute(
  attribute: GraphAttribute,
  isFilterable: boolean,
  base: readonly TargetAttribute[] | undefined,
): TargetAttribute {
  const { name, anchor, caseExact, multivalued, required, flowNullValues, defaultValue } = attribute;
  const mutability = MUTABILITIES.find((one) => isWord(one, attribute.mutability));
  const references = attribute.referencedObjects ?? [];
  const read: TargetAttribute = plainAttribute({
    name,
    type: TYPES.find((one) => isWord(one, attribute.type)) ?? 'String',
    multiValued: multivalued === true,
    required: required === true,
    caseExact: caseExact !== false,
    filterable: isFilterable,
    anchor: anchor === true,
    flowNullValues: flowNullValues === true,
    ...(mutability === undefined ? {} : { mutability }),
    ...(typeof defaultValue === 'string' && defaultValue !== '' ? { defaultValue } : {}),
    referencedObjects: references.map(({ referencedObjectName, referencedProperty }) => ({
      referencedObjectName,
      referencedProperty: referencedProperty ?? null,
    })),
    apiExpressions: readPairs(attribute.apiExpressions),
    metadata: readPairs(attribute.metadata),
  });
  const known = base?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return known !== undefined && isSame(plainAttribute(known), read) ? known : read;
}

function readPairs(pairs: readonly GraphPair[] | null | undefined): readonly { key: string; value: string | null }[] {
  return (pairs ?? []).map(({ key, value }) => ({ key, value: value ?? null }));
}
