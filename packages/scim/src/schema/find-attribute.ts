import type { Attribute, ResourceType, Schema } from './attribute.ts';
import { commonAttributes } from './common-attributes.ts';
import { defineAttribute } from './define-attribute.ts';

/** A name to look up: the shape of an attribute path, taken structurally because paths build on schemas. */
export interface AttributeName {
  readonly urn?: string;
  readonly name: string;
  readonly sub?: string;
}

/** Where a path leads in the schemas of a resource type. */
export interface FoundAttribute {
  readonly attribute: Attribute;
  /** The sub-attribute, when the path names one. */
  readonly sub?: Attribute;
  /** The schema that `attribute` belongs to, in its canonical spelling; for common attributes the core schema. */
  readonly schemaId: string;
  readonly isExtension: boolean;
}

interface Entry {
  readonly found: FoundAttribute;
  readonly subs: ReadonlyMap<string, FoundAttribute>;
}

type Entries = ReadonlyMap<string, Entry>;

interface TypeIndex {
  readonly plain: Entries;
  readonly bySchema: ReadonlyMap<string, Entries>;
}

const indexes: WeakMap<ResourceType, TypeIndex> = new WeakMap();
const namedAttributes: WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>> = new WeakMap();

/**
 * Finds the attribute a path names, without regard to case. A URN may be that of the core schema or of an extension;
 * without one the path names a core or common attribute. A path whose name is the URN of an extension, and nothing
 * else, finds the extension as one complex attribute (`isWholeExtension`).
 *
 * The same objects come back for every spelling, so results can be compared and cached by identity.
 *
 * @returns undefined when the resource type has no such attribute
 */
export function findAttribute(type: ResourceType, path: AttributeName): FoundAttribute | undefined {
  const index = indexOf(type);
  const entries = path.urn === undefined ? index.plain : lookUp(index.bySchema, path.urn);
  const entry = entries === undefined ? undefined : lookUp(entries, path.name);
  if (entry === undefined) return path.urn === undefined ? undefined : findExtension(index, path);
  return path.sub === undefined ? entry.found : lookUp(entry.subs, path.sub);
}

/** Whether a path led to an extension as a whole rather than to one of its attributes. */
export function isWholeExtension(found: FoundAttribute): boolean {
  return found.isExtension && found.attribute.name === found.schemaId;
}

/** Finds an attribute of a list by name, without regard to case: the sub-attributes of one, or those of a schema. */
export function findNamed(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let names = namedAttributes.get(attributes);
  if (names === undefined) {
    names = bothSpellings(attributes.map((attribute) => [attribute.name, attribute]));
    namedAttributes.set(attributes, names);
  }
  return lookUp(names, name);
}

/** A URN taken apart at its last colon by a reader that did not know the schemas still names the extension. */
function findExtension(index: TypeIndex, path: AttributeName): FoundAttribute | undefined {
  if (path.sub !== undefined) return undefined;
  const entry = lookUp(index.plain, `${path.urn}:${path.name}`);
  return entry !== undefined && isWholeExtension(entry.found) ? entry.found : undefined;
}

function lookUp<Value>(map: ReadonlyMap<string, Value>, name: string): Value | undefined {
  return map.get(name) ?? map.get(name.toLowerCase());
}

/** Keys every value by its canonical and its lower-case name; the first of two equal names wins. */
function bothSpellings<Value>(pairs: readonly (readonly [string, Value])[]): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const [name, value] of pairs.toReversed()) {
    map.set(name.toLowerCase(), value);
    map.set(name, value);
  }
  return map;
}

function indexOf(type: ResourceType): TypeIndex {
  const known = indexes.get(type);
  if (known !== undefined) return known;
  const core = entriesOf([...commonAttributes, ...type.schema.attributes], type.schema.id, false);
  const extensions = type.extensions.map(({ schema }) => schema);
  const index = {
    plain: bothSpellings([...core, ...extensions.map(wholeExtension)]),
    bySchema: bothSpellings([
      [type.schema.id, bothSpellings(core)] as const,
      ...extensions.map((schema) => [schema.id, extensionEntries(schema)] as const),
    ]),
  };
  indexes.set(type, index);
  return index;
}

function extensionEntries(schema: Schema): Entries {
  return bothSpellings(entriesOf(schema.attributes, schema.id, true));
}

function entriesOf(
  attributes: readonly Attribute[],
  schemaId: string,
  isExtension: boolean,
): readonly (readonly [string, Entry])[] {
  return attributes.map((attribute) => {
    const found: FoundAttribute = { attribute, schemaId, isExtension };
    const subs = (attribute.subAttributes ?? []).map((sub) => [sub.name, { ...found, sub }] as const);
    return [attribute.name, { found, subs: bothSpellings(subs) }] as const;
  });
}

function wholeExtension(schema: Schema): readonly [string, Entry] {
  const attribute = extensionAttribute(schema);
  return [schema.id, { found: { attribute, schemaId: schema.id, isExtension: true }, subs: new Map() }];
}

/** An extension seen as one complex attribute, named by its URN, with the attributes of the schema inside. */
function extensionAttribute(schema: Schema): Attribute {
  return defineAttribute({
    name: schema.id,
    type: 'complex',
    description: schema.description,
    subAttributes: schema.attributes,
  });
}
