import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';

/** An attribute in the form of `/Schemas` (RFC 7643 §7). */
export type InferredAttribute = JsonObject & { readonly name: string };

/** Attributes by the URN of the extension they were seen in. */
export type InferredExtensions = ReadonlyMap<string, readonly InferredAttribute[]>;

const URN = /^urn:[a-z0-9][a-z0-9-]{0,31}:[^\s[\]()"]{1,300}$/i;
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const TAKEN: ReadonlySet<string> = new Set(['schemas', 'id', 'externalid', 'meta', 'constructor', '__proto__']);

/** What a tenant has of a schema: nothing, one of its profile or of its operator, or one taken from a client. */
export type KnownAs = 'declared' | 'learnt' | undefined;

/** Schemas of the RFCs that no client can give a meaning of its own. */
const RESERVED = /^urn:ietf:params:scim:(schemas:core|api):/i;

/**
 * Finds extensions nobody has declared in a resource, or in the operations of a PATCH request, and the attributes their
 * values tell of. Values that tell no type, such as null and empty lists, tell of no attribute.
 *
 * @param knownAs what the tenant has of a schema
 */
export function inferExtensions(body: unknown, knownAs: (urn: string) => KnownAs): InferredExtensions {
  const found = new Map<string, Map<string, InferredAttribute>>();
  const note = (urn: string, name: string, value: Json): void => {
    if (!URN.test(urn) || RESERVED.test(urn) || knownAs(urn) === 'declared') return;
    const attribute = inferAttribute(name, value);
    if (attribute === undefined) return;
    const attributes = found.get(urn) ?? new Map<string, InferredAttribute>();
    if (!attributes.has(name.toLowerCase())) attributes.set(name.toLowerCase(), attribute);
    found.set(urn, attributes);
  };
  if (!isJsonObject(body)) return new Map();
  for (const [name, value] of membersOf(body)) {
    if (name.toLowerCase().startsWith('urn:')) noteMember({ name, value, knownAs }, note);
  }
  return new Map([...found].map(([urn, attributes]) => [urn, [...attributes.values()]]));
}

type Note = (urn: string, name: string, value: Json) => void;

/** The members of a resource, or those that the operations of a PATCH request set. */
function membersOf(body: JsonObject): readonly (readonly [string, Json])[] {
  const operations = Object.entries(body).find(([name]) => name.toLowerCase() === 'operations')?.[1];
  if (!isJsonArray(operations)) return Object.entries(body);
  return operations.flatMap((operation): readonly (readonly [string, Json])[] => {
    if (!isJsonObject(operation)) return [];
    const { op, path, value } = operation;
    if (value === undefined || (typeof op === 'string' && op.toLowerCase() === 'remove')) return [];
    if (typeof path === 'string' && path !== '') return [[path, value]];
    return isJsonObject(value) ? Object.entries(value) : [];
  });
}

/** `{"urn:...:User": {"tag": "blue"}}`, and `urn:...:User:tag` as a path or a member name. */
function noteMember(member: { name: string; value: Json; knownAs: (urn: string) => KnownAs }, note: Note): void {
  const { name, value, knownAs } = member;
  const end = name.lastIndexOf(':');
  const isOfKnown = knownAs(name) === undefined && knownAs(name.slice(0, end)) !== undefined;
  if (isJsonObject(value) && !isOfKnown) {
    for (const [inner, part] of Object.entries(value)) note(name, plainName(inner, name), part);
    return;
  }
  const [attribute = '', sub, more] = name.slice(end + 1).split('.');
  // A version number ends in dots too, so only a name behind it is one.
  if (more !== undefined || !NAME.test(attribute)) return;
  note(name.slice(0, end), attribute, sub === undefined ? value : { [sub]: value });
}

function plainName(name: string, urn: string): string {
  return name.toLowerCase().startsWith(`${urn.toLowerCase()}:`) ? name.slice(urn.length + 1) : name;
}

function inferAttribute(name: string, value: Json): InferredAttribute | undefined {
  if (!NAME.test(name) || TAKEN.has(name.toLowerCase())) return undefined;
  if (!isJsonArray(value)) return inferOne(name, value);
  const objects = value.filter(isJsonObject);
  const merged: Json | undefined = objects.length > 0 ? Object.assign({}, ...objects) : value[0];
  const one = merged === undefined ? undefined : inferOne(name, merged);
  return one === undefined ? undefined : { ...one, multiValued: true };
}

function inferOne(name: string, value: Json): InferredAttribute | undefined {
  const type = simpleType(value);
  if (type !== undefined) return { name, type };
  if (!isJsonObject(value)) return undefined;
  const subAttributes = Object.entries(value).flatMap(([part, inner]) => {
    const partType = NAME.test(part) || part === '$ref' ? simpleType(inner) : undefined;
    return partType === undefined ? [] : [{ name: part, type: partType }];
  });
  return subAttributes.length === 0 ? undefined : { name, type: 'complex', subAttributes };
}

function simpleType(value: Json): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  return undefined;
}
