import type { ResourceRules } from '@lockstep/gallery';
import { type Attribute, findAttribute, parsePatchPath, type ResourceType, type Schema } from '@lockstep/scim';

/** Sub-attributes to keep of an attribute; `all` keeps every one. */
type Kept = Map<string, 'all' | Set<string>>;

/**
 * The resource type as one app keeps it: only the attributes of its profile, with those it requires marked so. Reading,
 * `/Schemas` and filters all follow from this one type.
 */
export function restrictType(type: ResourceType, rules: ResourceRules): ResourceType {
  const required = new Set(rules.required);
  if (rules.attributes === 'all') return { ...type, schema: requireOnly(type.schema, required) };
  const kept = collectKept(type, rules.attributes);
  return {
    ...type,
    schema: requireOnly(restrictSchema(type.schema, kept), required),
    extensions: type.extensions
      .map((extension) => ({ ...extension, schema: restrictSchema(extension.schema, kept) }))
      .filter((extension) => extension.schema.attributes.length > 0),
  };
}

function collectKept(type: ResourceType, paths: readonly string[]): Kept {
  const kept: Kept = new Map();
  for (const text of paths) {
    const path = parsePatchPath(text, { type });
    const found = findAttribute(type, path.attribute);
    if (found === undefined) throw new Error(`the profile names ${text}, which ${type.name} does not have`);
    const key = keyOf(found.schemaId, found.attribute.name);
    const sub = found.sub?.name;
    const known = kept.get(key);
    if (sub === undefined || found.attribute.multiValued) kept.set(key, 'all');
    else if (known === undefined) kept.set(key, new Set([sub]));
    else if (known !== 'all') known.add(sub);
  }
  return kept;
}

function keyOf(schemaId: string, name: string): string {
  return `${schemaId} ${name}`;
}

function restrictSchema(schema: Schema, kept: Kept): Schema {
  const attributes = schema.attributes.flatMap((attribute): Attribute[] => {
    const subs = kept.get(keyOf(schema.id, attribute.name));
    if (subs === undefined) return [];
    if (subs === 'all' || attribute.subAttributes === undefined) return [attribute];
    return [{ ...attribute, subAttributes: attribute.subAttributes.filter((sub) => subs.has(sub.name)) }];
  });
  return { ...schema, attributes };
}

function requireOnly(schema: Schema, required: ReadonlySet<string>): Schema {
  const attributes = schema.attributes.map((attribute) => {
    const isRequired = required.has(attribute.name);
    return attribute.required === isRequired ? attribute : { ...attribute, required: isRequired };
  });
  return { ...schema, attributes };
}
