import type { ObjectMapping, TargetAttribute } from '@lockstep/gallery';
import { findMapping, isOutbound, type MappingPart } from './find-parts.ts';
import { writeFilterGroups } from './graph-filters.ts';
import type { GraphObjectDefinition, GraphObjectMapping, GraphSchema } from './graph-schema.ts';
import { bareGraphSchema, newObjectMapping, targetNames } from './new-graph-schema.ts';
import { extrasOf, type OwnExtras, withExtras } from './own-extras.ts';
import { isSame } from './plain-mapping.ts';
import { readGraphSchema } from './read-graph-schema.ts';
import { newAttribute, writeActions, writeAttributes, writeRows } from './write-rows.ts';

/** What of a job goes into a schema. */
export interface GraphDefinition {
  /** Id of the job. */
  readonly id?: string;
  readonly users?: ObjectMapping;
  readonly groups?: ObjectMapping;
}

export interface GraphWriteOptions {
  /**
   * Whether what Graph has no place for (filterable attributes, rows that are switched off, `clearWhenNull`, nested filters) goes
   * into a metadata entry of the object mapping. Default true; false makes a document for Entra itself.
   */
  readonly hasExtras?: boolean;
}

/**
 * Writes a job as a `synchronizationSchema`. With the document it was read from, only what has changed since differs: an unchanged
 * job gives a deep-equal document.
 *
 * @throws {ConfigurationError} `invalidFilter` when a nested filter multiplies out to too many groups
 * @throws {GraphSchemaError} when the document is none
 */
export function writeGraphSchema(
  definition: GraphDefinition,
  document?: GraphSchema,
  options: GraphWriteOptions = {},
): GraphSchema {
  const { users, groups } = definition;
  let written = document ?? bareGraphSchema(definition);
  if (users !== undefined) written = writeMapping(written, users, definition);
  if (groups !== undefined) written = writeMapping(written, groups, definition);
  return options.hasExtras === false ? withoutExtras(written) : written;
}

function writeMapping(document: GraphSchema, after: ObjectMapping, definition: GraphDefinition): GraphSchema {
  const sourceName = after.objectType === 'user' ? 'User' : 'Group';
  const found = findMapping(document, sourceName);
  if (found === undefined) {
    // A document without groups is how groups are off.
    if (!after.enabled) return document;
    return writeMapping(withMappingOf(document, after.objectType), after, definition);
  }
  const reading = readGraphSchema(document, definition);
  const before = after.objectType === 'user' ? reading.users : reading.groups;
  if (before === undefined || isSame(before, after)) return document;
  const mapping = changedMapping(found, before, after);
  const withMapping: GraphSchema = {
    ...document,
    synchronizationRules: document.synchronizationRules.map((rule, at) => {
      if (at !== found.ruleIndex) return rule;
      const others = rule.objectMappings ?? [];
      return { ...rule, objectMappings: others.map((one, index) => (index === found.mappingIndex ? mapping : one)) };
    }),
  };
  return isSame(before.targetAttributes, after.targetAttributes)
    ? withMapping
    : withAttributes(withMapping, { found, before: before.targetAttributes, after: after.targetAttributes });
}

function changedMapping({ mapping }: MappingPart, before: ObjectMapping, after: ObjectMapping): GraphObjectMapping {
  const raw = mapping.attributeMappings ?? [];
  const readRows = before.mappings.flatMap((row, at) => {
    const own = raw[at];
    return own === undefined ? [] : [{ raw: own, row }];
  });
  const areFiltersSame = isSame(before.filters, after.filters);
  const areInputsSame = isSame(before.inputFilters ?? [], after.inputFilters ?? []);
  const scope = {
    ...mapping.scope,
    ...(areFiltersSame ? {} : { groups: writeFilterGroups(after.filters) }),
    ...(areInputsSame ? {} : { inputFilterGroups: writeFilterGroups(after.inputFilters ?? []) }),
  };
  const extras = extrasOf(after);
  return {
    ...mapping,
    ...(before.enabled === after.enabled ? {} : { enabled: after.enabled }),
    ...(isSame(before.actions, after.actions) ? {} : { flowTypes: writeActions(after.actions, mapping.flowTypes) }),
    ...(areFiltersSame && areInputsSame ? {} : { scope }),
    ...(isSame(before.mappings, after.mappings) ? {} : { attributeMappings: writeRows(readRows, after.mappings) }),
    ...(isSame(leftOf(extrasOf(before), after), extras) ? {} : { metadata: withExtras(mapping.metadata, extras) }),
  };
}

/** What is left of extras when rows and attributes have gone: their going alone needs no entry. */
function leftOf(extras: OwnExtras, after: ObjectMapping): OwnExtras {
  const { rows, filterable, ...filters } = extras;
  const targets = new Set(after.mappings.map(({ target }) => target));
  const names = new Set(after.targetAttributes.map(({ name }) => name));
  const leftRows = Object.entries(rows ?? {}).filter(([target]) => targets.has(target));
  const leftNames = (filterable ?? []).filter((name) => names.has(name));
  return {
    ...filters,
    ...(leftRows.length === 0 ? {} : { rows: Object.fromEntries(leftRows) }),
    ...(leftNames.length === 0 ? {} : { filterable: leftNames }),
  };
}

interface AttributeLists {
  readonly found: MappingPart;
  readonly before: readonly TargetAttribute[];
  readonly after: readonly TargetAttribute[];
}

function withAttributes(document: GraphSchema, { found, before, after }: AttributeLists): GraphSchema {
  const { target, rule, mapping } = found;
  if (target === undefined) return withNewList(document, { found, after });
  const raw = target.definition.attributes ?? [];
  const read = before.flatMap((attribute, at) => {
    const own = raw[at];
    return own === undefined ? [] : [{ raw: own, attribute }];
  });
  const definition: GraphObjectDefinition = { ...target.definition, attributes: writeAttributes(read, after) };
  return {
    ...document,
    directories: (document.directories ?? []).map((directory) => {
      if (directory.name !== rule.targetDirectoryName) return directory;
      const objects = directory.objects ?? [];
      return {
        ...directory,
        objects: objects.map((one) => (one.name === mapping.targetObjectName ? definition : one)),
      };
    }),
  };
}

function withNewList(document: GraphSchema, { found, after }: Pick<AttributeLists, 'found' | 'after'>): GraphSchema {
  const name = found.rule.targetDirectoryName ?? '';
  const definition: GraphObjectDefinition = {
    name: found.mapping.targetObjectName ?? '',
    attributes: after.map(newAttribute),
    metadata: [],
    supportedApis: [],
  };
  const directories = document.directories ?? [];
  const isThere = directories.some((one) => one.name === name);
  const all = isThere ? directories : [...directories, { name, objects: [] }];
  return {
    ...document,
    directories: all.map((one) =>
      one.name === name ? { ...one, objects: [...(one.objects ?? []), definition] } : one,
    ),
  };
}

/** Adds an empty object mapping and an empty attribute list, to be filled. */
function withMappingOf(document: GraphSchema, objectType: ObjectMapping['objectType']): GraphSchema {
  const at = document.synchronizationRules.findIndex((rule) => isOutbound(rule, document));
  const rule = document.synchronizationRules[at];
  if (rule === undefined) {
    const bare = bareGraphSchema({});
    const rules = [...document.synchronizationRules, ...bare.synchronizationRules];
    const known = new Set((document.directories ?? []).map(({ name }) => name));
    const added = (bare.directories ?? []).filter(({ name }) => !known.has(name));
    const directories = [...(document.directories ?? []), ...added];
    return withMappingOf({ ...document, synchronizationRules: rules, directories }, objectType);
  }
  const changed = { ...rule, objectMappings: [...(rule.objectMappings ?? []), newObjectMapping(objectType)] };
  const empty: GraphObjectDefinition = {
    name: targetNames[objectType],
    attributes: [],
    metadata: [],
    supportedApis: [],
  };
  return {
    ...document,
    synchronizationRules: document.synchronizationRules.map((one, index) => (index === at ? changed : one)),
    directories: (document.directories ?? []).map((directory) => {
      const isThere = (directory.objects ?? []).some(({ name }) => name === targetNames[objectType]);
      if (directory.name !== rule.targetDirectoryName || isThere) return directory;
      return { ...directory, objects: [...(directory.objects ?? []), empty] };
    }),
  };
}

function withoutExtras(document: GraphSchema): GraphSchema {
  return {
    ...document,
    synchronizationRules: document.synchronizationRules.map((rule) => ({
      ...rule,
      objectMappings: (rule.objectMappings ?? []).map((mapping) => ({
        ...mapping,
        metadata: withExtras(mapping.metadata, undefined),
      })),
    })),
  };
}
