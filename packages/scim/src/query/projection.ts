import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseAttributePath } from '../path/parse-attribute-path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { commonAttributes } from '../schema/common-attributes.ts';
import { type FoundAttribute, findAttribute, isWholeExtension } from '../schema/find-attribute.ts';

/** What was named of one attribute: all of it, or some of its sub-attributes (of an extension: its attributes). */
type Named = 'whole' | Map<string, Named>;

/** Which attributes to return (RFC 7644 §3.9). Made by `parseProjection`, for one resource type. */
export interface Projection {
  readonly mode: 'only' | 'without';
  /** By canonical name; extensions by their URN. */
  readonly named: ReadonlyMap<string, 'whole' | ReadonlyMap<string, unknown>>;
}

/** The two parameters, split into paths. */
export interface GivenProjection {
  readonly attributes?: readonly string[];
  readonly excludedAttributes?: readonly string[];
}

type Names = ReadonlyMap<string, unknown>;

/**
 * Reads `attributes` and `excludedAttributes` (RFC 7644 §3.9). Unknown names are ignored, so `attributes` with unknown
 * names only asks for what is always returned. A filter in brackets behind a name is ignored too: elements are never
 * left out by it.
 *
 * @returns undefined when neither parameter is there
 * @throws {ScimError} `invalidValue` when both are there: the RFC makes them mutually exclusive
 */
export function parseProjection(given: GivenProjection, type: ResourceType): Projection | undefined {
  const { attributes, excludedAttributes } = given;
  if (attributes !== undefined && excludedAttributes !== undefined) {
    throw new ScimError('invalidValue', 'attributes and excludedAttributes exclude each other; send one of them');
  }
  if (attributes !== undefined) return { mode: 'only', named: collectNames(attributes, type) };
  if (excludedAttributes !== undefined) return { mode: 'without', named: collectNames(excludedAttributes, type) };
  return undefined;
}

/**
 * The part of a resource to return: what is `returned: always` stays whatever was asked, `never` is left out whatever
 * was asked, `request` comes only when named. Without a projection the default set is returned.
 */
export function project(resource: JsonObject, projection: Projection | undefined, type: ResourceType): JsonObject {
  const result: Record<string, Json> = {};
  for (const attribute of attributesOf(type)) {
    const value = resource[attribute.name];
    const kept = value === undefined ? undefined : projectAttribute(value, attribute, namedIn(projection));
    if (kept !== undefined) result[attribute.name] = kept;
  }
  return result;
}

interface Selection {
  readonly mode: 'all' | 'only' | 'without';
  readonly names: Names;
}

const everything: Selection = { mode: 'all', names: new Map() };

function namedIn(projection: Projection | undefined): Selection {
  return projection === undefined ? everything : { mode: projection.mode, names: projection.named };
}

const attributesByType: WeakMap<ResourceType, readonly Attribute[]> = new WeakMap();

/** Common and core attributes, then every extension as one attribute. */
function attributesOf(type: ResourceType): readonly Attribute[] {
  const known = attributesByType.get(type);
  if (known !== undefined) return known;
  const extensions = type.extensions.flatMap(({ schema }) => {
    const found = findAttribute(type, { name: schema.id });
    return found === undefined ? [] : [found.attribute];
  });
  const attributes = [...commonAttributes, ...type.schema.attributes, ...extensions];
  attributesByType.set(type, attributes);
  return attributes;
}

function projectAttribute(value: Json, attribute: Attribute, selection: Selection): Json | undefined {
  if (attribute.returned === 'never') return undefined;
  const named = selection.names.get(attribute.name);
  if (attribute.subAttributes === undefined) return isKept(attribute, selection, named) ? value : undefined;
  return projectComplex(value, attribute, { selection, named });
}

function isKept(attribute: Attribute, { mode }: Selection, named: unknown): boolean {
  if (attribute.returned === 'always') return true;
  if (mode === 'only') return named !== undefined;
  if (attribute.returned === 'request') return false;
  return mode === 'all' || named === undefined;
}

interface Asked {
  readonly selection: Selection;
  readonly named: unknown;
}

function projectComplex(value: Json, attribute: Attribute, asked: Asked): Json | undefined {
  const inner = innerSelection(attribute, asked);
  const subAttributes = attribute.subAttributes ?? [];
  if (Array.isArray(value)) return value.length === 0 ? undefined : keepObjects(value, subAttributes, inner);
  return isJsonObject(value) ? projectObject(value, subAttributes, inner) : value;
}

/** Which parts of a complex value to keep. With `only` and no name, what is always returned inside is still kept. */
function innerSelection(attribute: Attribute, { selection, named }: Asked): Selection {
  if (named instanceof Map) return { mode: selection.mode, names: named };
  return isKept(attribute, selection, named) ? everything : nothing;
}

const nothing: Selection = { mode: 'only', names: new Map() };

function keepObjects(
  values: readonly Json[],
  subAttributes: readonly Attribute[],
  selection: Selection,
): readonly Json[] | undefined {
  const kept = values.flatMap((value) => {
    const object = isJsonObject(value) ? projectObject(value, subAttributes, selection) : undefined;
    return object === undefined ? [] : [object];
  });
  return kept.length === 0 ? undefined : kept;
}

function projectObject(
  value: JsonObject,
  subAttributes: readonly Attribute[],
  selection: Selection,
): JsonObject | undefined {
  const result: Record<string, Json> = {};
  let isEmpty = true;
  for (const sub of subAttributes) {
    const member = value[sub.name];
    const kept = member === undefined ? undefined : projectAttribute(member, sub, selection);
    if (kept === undefined) continue;
    result[sub.name] = kept;
    isEmpty = false;
  }
  return isEmpty ? undefined : result;
}

function collectNames(paths: readonly string[], type: ResourceType): ReadonlyMap<string, Named> {
  const named = new Map<string, Named>();
  for (const path of paths) {
    const found = findPath(path, type);
    if (found !== undefined) addName(named, stepsOf(found));
  }
  return named;
}

function findPath(path: string, type: ResourceType): FoundAttribute | undefined {
  const bracket = path.indexOf('[');
  const text = bracket === -1 ? path : path.slice(0, bracket);
  try {
    return findAttribute(type, parseAttributePath(text.trim(), { type }));
  } catch {
    // What is no path names no attribute, and names of no attribute are ignored.
    return undefined;
  }
}

/** The names to go down by: URN of the extension, attribute, sub-attribute. */
function stepsOf(found: FoundAttribute): readonly string[] {
  const inSchema = found.sub === undefined ? [found.attribute.name] : [found.attribute.name, found.sub.name];
  return found.isExtension && !isWholeExtension(found) ? [found.schemaId, ...inSchema] : inSchema;
}

function addName(named: Map<string, Named>, [step, ...rest]: readonly string[]): void {
  if (step === undefined) return;
  const known = named.get(step);
  if (known === 'whole') return;
  if (rest.length === 0) {
    named.set(step, 'whole');
    return;
  }
  const inner = known ?? new Map<string, Named>();
  named.set(step, inner);
  addName(inner, rest);
}
