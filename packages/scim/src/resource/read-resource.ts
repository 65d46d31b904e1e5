import { acceptDeviation, noteUnknown } from '../dialect/accept-deviation.ts';
import type { Dialect, NoteDeviation } from '../dialect/dialect.ts';
import { ScimError } from '../error.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseAttributePath } from '../path/parse-attribute-path.ts';
import type { Attribute, ResourceType } from '../schema/attribute.ts';
import { commonAttributes } from '../schema/common-attributes.ts';
import { type FoundAttribute, findAttribute } from '../schema/find-attribute.ts';
import { checkSchemas } from './check-schemas.ts';
import { readValue } from './read-value.ts';

/** How to read a resource. */
export interface ReadResourceOptions {
  readonly accepts: Dialect;
  readonly note?: NoteDeviation;
  /** What the resource is sent for; names the act in refusals. */
  readonly purpose: 'create' | 'replace';
}

/** What the client gave, by the attribute it is for; extensions are there as a whole. */
type GivenValues = Map<Attribute, Json>;

/**
 * Reads a resource from an untrusted body into its canonical form: the names of the schema in their spelling, values
 * of their types, `schemas` first and true to the extensions present, core attributes in schema order, extensions
 * last. What is unknown or readOnly is left out, so there is neither `id` nor `meta`. Only names that a schema holds
 * are ever written, and nothing is read deeper than the schema goes.
 *
 * @throws {ScimError} `invalidSyntax` for a body that is no object or whose `schemas` do not fit; `invalidValue`
 *   naming the attribute for a value of the wrong type or a required one that is missing
 */
export function readResource(body: unknown, type: ResourceType, options: ReadResourceOptions): JsonObject {
  if (!isJsonObject(body)) throw new ScimError('invalidSyntax', 'the body has to be a JSON object');
  const given = collect(body, type, options);
  const core = readAttributes([...commonAttributes, ...type.schema.attributes], given, options);
  const extensions = readExtensions(type, given, options);
  const extensionIds = Object.keys(extensions);
  checkSchemas(schemasOf(body), { type, extensions: extensionIds }, options);
  const resource = { schemas: [type.schema.id, ...extensionIds], ...core, ...extensions };
  requireAttributes(resource, type, options);
  return resource;
}

function collect(body: JsonObject, type: ResourceType, options: ReadResourceOptions): GivenValues {
  const given: GivenValues = new Map();
  const rest: [string, Json][] = [];
  for (const [name, value] of Object.entries(body)) {
    const found = findAttribute(type, { name });
    if (found === undefined) rest.push([name, value]);
    else given.set(found.attribute, value);
  }
  for (const [name, value] of rest) placeDotted(given, { name, value, type }, options);
  return given;
}

interface UnknownMember {
  readonly name: string;
  readonly value: Json;
  readonly type: ResourceType;
}

/** Puts a member whose name is a path, such as `name.givenName`, where the path leads. Other names are ignored, and noted. */
function placeDotted(given: GivenValues, member: UnknownMember, options: ReadResourceOptions): void {
  const found = findByPath(member);
  if (found === undefined || found.attribute.multiValued) {
    noteUnknown(member.value, options);
    return;
  }
  if (!acceptDeviation(options, 'dottedKey')) return;
  const { attribute, sub } = found;
  if (!found.isExtension) {
    given.set(attribute, sub === undefined ? member.value : withMember(given.get(attribute), sub, member.value));
    return;
  }
  const extension = findAttribute(member.type, { name: found.schemaId })?.attribute;
  if (extension === undefined) return;
  const whole = given.get(extension);
  const inner = isJsonObject(whole) ? whole[attribute.name] : undefined;
  const value = sub === undefined ? member.value : withMember(inner, sub, member.value);
  given.set(extension, withMember(whole, attribute, value));
}

function findByPath({ name, type }: UnknownMember): FoundAttribute | undefined {
  if (!name.includes('.') && !name.includes(':')) return undefined;
  try {
    return findAttribute(type, parseAttributePath(name, { type }));
  } catch {
    // A name that is no path is an unknown attribute like any other, and those are ignored.
    return undefined;
  }
}

function withMember(whole: Json | undefined, attribute: Attribute, value: Json): JsonObject {
  return isJsonObject(whole) ? { ...whole, [attribute.name]: value } : { [attribute.name]: value };
}

function readAttributes(
  attributes: readonly Attribute[],
  given: GivenValues,
  options: ReadResourceOptions,
): JsonObject {
  const result: Record<string, Json> = {};
  for (const attribute of attributes) {
    if (attribute.mutability === 'readOnly') continue;
    const value = given.has(attribute) ? readValue(given.get(attribute), attribute, options) : undefined;
    if (value !== undefined) result[attribute.name] = value;
  }
  return result;
}

function readExtensions(type: ResourceType, given: GivenValues, options: ReadResourceOptions): JsonObject {
  const wholes = type.extensions.flatMap(({ schema }) => {
    const found = findAttribute(type, { name: schema.id });
    return found === undefined ? [] : [found.attribute];
  });
  return readAttributes(wholes, given, options);
}

function schemasOf(body: JsonObject): Json | undefined {
  return body['schemas'] ?? Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas')?.[1];
}

function requireAttributes(resource: JsonObject, type: ResourceType, options: ReadResourceOptions): void {
  const missing = missingOf(resource, type.schema.attributes);
  for (const { schema, required } of type.extensions) {
    const extension = resource[schema.id];
    if (extension === undefined && required) missing.push(schema.id);
    if (isJsonObject(extension)) missing.push(...missingOf(extension, schema.attributes));
  }
  if (missing.length === 0) return;
  const verb = missing.length === 1 ? 'is' : 'are';
  const message = `${missing.join(', ')} ${verb} required to ${options.purpose} a ${type.name}`;
  throw new ScimError('invalidValue', message);
}

/** Names of the required attributes that have no value, those within complex values included. */
function missingOf(values: JsonObject, attributes: readonly Attribute[]): string[] {
  const missing: string[] = [];
  for (const attribute of attributes) {
    const value = values[attribute.name];
    if (value === undefined || value === '') {
      if (attribute.required) missing.push(attribute.name);
    } else if (attribute.subAttributes !== undefined) {
      missing.push(...missingWithin(value, attribute.subAttributes).map((name) => `${attribute.name}.${name}`));
    }
  }
  return missing;
}

function missingWithin(value: Json, subAttributes: readonly Attribute[]): readonly string[] {
  if (!subAttributes.some((sub) => sub.required)) return [];
  const elements = Array.isArray(value) ? value : [value];
  return [...new Set(elements.flatMap((element) => (isJsonObject(element) ? missingOf(element, subAttributes) : [])))];
}
