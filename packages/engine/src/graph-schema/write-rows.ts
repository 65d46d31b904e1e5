import type { AttributeMapping, TargetActions, TargetAttribute } from '@lockstep/gallery';
import type { GraphAttribute, GraphPair, GraphRow } from './graph-schema.ts';
import { writeGraphSource } from './graph-source.ts';
import { isSame, plainAttribute, plainRow } from './plain-mapping.ts';
import { flowTypes } from './read-rows.ts';

/** A row that was read: as the document has it, and as it was understood. */
export interface ReadRow {
  readonly raw: GraphRow;
  readonly row: AttributeMapping;
}

/** Writes rows. Those that say what they said are given back as they came; of the others only what changed is new. */
export function writeRows(before: readonly ReadRow[], after: readonly AttributeMapping[]): readonly GraphRow[] {
  const unused = new Set(before);
  return after.map((row) => {
    const known = [...unused].find((one) => one.row.target.toLowerCase() === row.target.toLowerCase());
    if (known === undefined) return newRow(row);
    unused.delete(known);
    return changedRow(known, row);
  });
}

function newRow(row: AttributeMapping): GraphRow {
  return {
    defaultValue: row.defaultValue ?? null,
    exportMissingReferences: row.exportMissingReferences === true,
    flowBehavior: row.flowBehavior === 'always' ? 'FlowAlways' : 'FlowWhenChanged',
    flowType: flowTypes[row.apply],
    matchingPriority: row.matchingPrecedence ?? 0,
    source: writeGraphSource(row.source),
    targetAttributeName: row.target,
  };
}

function changedRow({ raw, row: before }: ReadRow, after: AttributeMapping): GraphRow {
  const [old, now] = [plainRow(before), plainRow(after)];
  const written = newRow(after);
  const isChanged: Readonly<Record<keyof typeof written & string, boolean>> = {
    defaultValue: old.defaultValue !== now.defaultValue,
    exportMissingReferences: old.exportMissingReferences !== now.exportMissingReferences,
    flowBehavior: old.flowBehavior !== now.flowBehavior,
    flowType: old.apply !== now.apply,
    matchingPriority: old.matchingPrecedence !== now.matchingPrecedence,
    source: !isSame(before.source, after.source),
    targetAttributeName: before.target !== after.target,
  };
  return { ...raw, ...Object.fromEntries(Object.entries(written).filter(([key]) => isChanged[key] === true)) };
}

/** An attribute that was read: as the document has it, and as it was understood. */
export interface ReadAttribute {
  readonly raw: GraphAttribute;
  readonly attribute: TargetAttribute;
}

/** Writes an attribute list, as `writeRows` does rows. */
export function writeAttributes(
  before: readonly ReadAttribute[],
  after: readonly TargetAttribute[],
): readonly GraphAttribute[] {
  const unused = new Set(before);
  return after.map((attribute) => {
    const known = [...unused].find((one) => one.attribute.name.toLowerCase() === attribute.name.toLowerCase());
    if (known === undefined) return newAttribute(attribute);
    unused.delete(known);
    return changedAttribute(known, attribute);
  });
}

/** An attribute in full. */
export function newAttribute(attribute: TargetAttribute): GraphAttribute {
  return {
    anchor: attribute.anchor === true,
    apiExpressions: (attribute.apiExpressions ?? []).map(writePair),
    caseExact: attribute.caseExact !== false,
    defaultValue: attribute.defaultValue ?? null,
    flowNullValues: attribute.flowNullValues === true,
    metadata: (attribute.metadata ?? []).map(writePair),
    multivalued: attribute.multiValued === true,
    mutability: attribute.mutability ?? 'ReadWrite',
    name: attribute.name,
    referencedObjects: (attribute.referencedObjects ?? []).map(({ referencedObjectName, referencedProperty }) => ({
      referencedObjectName,
      referencedProperty: referencedProperty ?? null,
    })),
    required: attribute.required === true,
    type: attribute.type,
  };
}

function writePair({ key, value }: GraphPair | { readonly key: string; readonly value: string | null }): GraphPair {
  return { key, value: value ?? null };
}

function changedAttribute({ raw, attribute }: ReadAttribute, after: TargetAttribute): GraphAttribute {
  const old = newAttribute(plainAttribute(attribute));
  const now = newAttribute(plainAttribute(after));
  return { ...raw, ...Object.fromEntries(Object.entries(now).filter(([key, value]) => !isSame(old[key], value))) };
}

/** Actions as Graph's words, separated as in the text they take the place of. */
export function writeActions(actions: TargetActions, before: string | null | undefined): string {
  const words = [
    ...(actions.create ? ['Add'] : []),
    ...(actions.update ? ['Update'] : []),
    ...(actions.delete ? ['Delete'] : []),
  ];
  if (words.length === 0) return 'None';
  return words.join(before?.includes(', ') === true ? ', ' : ',');
}
