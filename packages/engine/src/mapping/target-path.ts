import type { TargetAttribute } from '@lockstep/gallery';
import {
  type Attribute,
  type AttributeType,
  type Filter,
  type FoundAttribute,
  findAttribute,
  findNamed,
  isWholeExtension,
  type Json,
  type JsonObject,
  type PatchPath,
  parsePatchPath,
  type ResourceType,
  ScimError,
} from '@lockstep/scim';
import { ConfigurationError } from '../configuration-error.ts';

/**
 * What a mapping writes. `single`: one simple value. `list`: all elements of a multi-valued attribute. `reference`: ids of
 * other objects, resolved after those have accounts.
 */
export type TargetShape = 'single' | 'list' | 'reference';

/** The target of a mapping, read once. Names are spelt as in the schema. */
export interface TargetPath {
  /** As configured. */
  readonly text: string;
  /** The path as PATCH and filters use it. */
  readonly patch: PatchPath;
  /** Member of the resource that holds the attribute: an extension URN, or undefined for core attributes. */
  readonly container: string | undefined;
  readonly name: string;
  readonly sub: string | undefined;
  /** What the element of a multi-valued attribute must hold to be the one: `{type: 'work'}`. */
  readonly element: JsonObject | undefined;
  /** What a new element holds besides: `primary`, or the type of a role. */
  readonly elementExtra: JsonObject;
  readonly shape: TargetShape;
  /** Type of the simple value, or of the list's elements. */
  readonly type: AttributeType;
  readonly isMultiValued: boolean;
  /** A difference in letter case alone is a change. */
  readonly isCaseExact: boolean;
  /** Two values that differ in letter case alone are one name: so says the attribute list, else the schema (RFC 7643 section 2.2). */
  readonly foldsCase: boolean;
  /** The schema lets it be set at creation only. */
  readonly isImmutable: boolean;
  /** The schema says that it is never answered, as a password. */
  readonly isWriteOnly: boolean;
}

/** Type of the roles that Entra sends (Entra docs "Customize application attributes", app roles). */
export const ROLE_TYPE = 'WindowsAzureActiveDirectoryRole';

/**
 * Reads the target of a mapping. Attributes of unknown extensions are taken as the target attribute list describes them.
 *
 * @param row the attribute's row in the target attribute list
 * @throws {ConfigurationError} `invalidMapping` when the path cannot be a target
 */
export function readTargetPath(text: string, type: ResourceType, row: TargetAttribute | undefined): TargetPath {
  const parsed = parseTarget(text, type);
  const { urn, name, sub } = parsed.attribute;
  const found = findAttribute(type, { ...(urn === undefined ? {} : { urn }), name });
  if (found !== undefined && isWholeExtension(found)) throw invalid(text, 'a whole extension cannot be a target');
  if (found !== undefined && isUnwritable(found.attribute))
    throw invalid(text, 'the attribute belongs to the app and is not writable');
  const canonicalName = found?.attribute.name ?? name;
  if (canonicalName in Object.prototype) throw invalid(text, 'the name is reserved');
  const subName = canonicalSub(text, found, parsed.sub ?? sub);
  const element = parsed.filter === undefined ? undefined : readElement(text, parsed.filter, found);
  const leaf = subName === undefined ? found?.attribute : findNamed(found?.attribute.subAttributes ?? [], subName);
  const shape = shapeOf(text, { found, sub: subName, element, row });
  return {
    text,
    patch: canonicalPatch({ found, urn, name: canonicalName, sub: subName, element }),
    container: containerOf(found, urn, type),
    name: canonicalName,
    sub: subName,
    element,
    elementExtra: elementExtra(canonicalName, element),
    shape,
    type: leaf?.type ?? rowType(row),
    isMultiValued: found?.attribute.multiValued ?? row?.multiValued ?? false,
    isCaseExact: row?.caseExact ?? true,
    foldsCase: !(row?.caseExact ?? leaf?.caseExact ?? true),
    isImmutable: found?.attribute.mutability === 'immutable',
    isWriteOnly: found?.attribute.mutability === 'writeOnly',
  };
}

/** Extensions of SCIM 1.x join URN and attribute by a dot, such as `urn:scim:schemas:extension:enterprise:1.0.manager`. */
const DOTTED_EXTENSION = /^(urn:(?:[^:[]+:)*extension:[^:[]+:1\.\d+)\.(?=[A-Za-z$])/i;

function parseTarget(text: string, type: ResourceType): PatchPath {
  try {
    return parsePatchPath(text.replace(DOTTED_EXTENSION, '$1:'), { type });
  } catch (error) {
    if (error instanceof ScimError) throw new ConfigurationError('invalidMapping', text, error.message, error);
    throw error;
  }
}

function invalid(text: string, message: string): ConfigurationError {
  return new ConfigurationError('invalidMapping', text, message);
}

function isUnwritable(attribute: Attribute): boolean {
  return attribute.mutability === 'readOnly';
}

function canonicalSub(text: string, found: FoundAttribute | undefined, sub: string | undefined): string | undefined {
  if (sub === undefined || found === undefined) return sub;
  const known = findNamed(found.attribute.subAttributes ?? [], sub);
  if (known === undefined) throw invalid(text, `${found.attribute.name} has no part ${sub}`);
  return known.name;
}

/** A filter must say what an element holds: one `eq`, or several joined by `and`. */
function readElement(text: string, filter: Filter, found: FoundAttribute | undefined): JsonObject {
  if (filter.kind === 'and') {
    const parts = filter.filters.map((part) => readElement(text, part, found));
    return Object.assign({}, ...parts);
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.sub !== undefined) {
    throw invalid(text, 'the brackets may hold only comparisons with eq, joined by and');
  }
  const attribute = findNamed(found?.attribute.subAttributes ?? [], filter.path.name);
  if (found?.attribute.subAttributes !== undefined && attribute === undefined) {
    throw invalid(text, `${found.attribute.name} has no part ${filter.path.name}`);
  }
  return { [attribute?.name ?? filter.path.name]: literalFor(attribute, filter.value) };
}

/** `roles[primary eq "True"]` is how Entra writes a boolean here. */
function literalFor(attribute: Attribute | undefined, value: Json): Json {
  if (attribute?.type !== 'boolean' || typeof value !== 'string') return value;
  return value.toLowerCase() === 'true';
}

interface ShapeFacts {
  readonly found: FoundAttribute | undefined;
  readonly sub: string | undefined;
  readonly element: JsonObject | undefined;
  readonly row: TargetAttribute | undefined;
}

function shapeOf(text: string, { found, sub, element, row }: ShapeFacts): TargetShape {
  const attribute = found?.attribute;
  const isMultiValued = attribute?.multiValued ?? row?.multiValued ?? false;
  const isComplex = attribute?.subAttributes !== undefined;
  if (isReference(attribute, row) && element === undefined && (sub === undefined || sub === 'value'))
    return 'reference';
  if (element !== undefined && !isMultiValued) throw invalid(text, 'brackets need a multi-valued attribute');
  if (element !== undefined && isComplex && sub === undefined)
    throw invalid(text, 'a part is missing behind the brackets');
  if (element !== undefined) return 'single';
  if (isMultiValued && sub !== undefined)
    throw invalid(text, 'a multi-valued attribute needs brackets before its part');
  if (isMultiValued) return 'list';
  if (isComplex && sub === undefined) throw invalid(text, 'a complex attribute needs a part, such as name.givenName');
  return 'single';
}

/** Managers and members: the schema gives them an address of another resource. */
function isReference(attribute: Attribute | undefined, row: TargetAttribute | undefined): boolean {
  if (attribute === undefined) return row?.type === 'Reference';
  return attribute.subAttributes?.some(({ name, type }) => name === '$ref' && type === 'reference') ?? false;
}

function containerOf(
  found: FoundAttribute | undefined,
  urn: string | undefined,
  type: ResourceType,
): string | undefined {
  if (found !== undefined) return found.isExtension ? found.schemaId : undefined;
  return urn === undefined || urn.toLowerCase() === type.schema.id.toLowerCase() ? undefined : urn;
}

interface PatchFacts {
  readonly found: FoundAttribute | undefined;
  readonly urn: string | undefined;
  readonly name: string;
  readonly sub: string | undefined;
  readonly element: JsonObject | undefined;
}

function canonicalPatch({ found, urn, name, sub, element }: PatchFacts): PatchPath {
  const schema = found === undefined ? urn : found.isExtension ? found.schemaId : undefined;
  const front = schema === undefined ? {} : { urn: schema };
  if (element === undefined) return { attribute: { ...front, name, ...(sub === undefined ? {} : { sub }) } };
  const path: PatchPath = { attribute: { ...front, name }, filter: filterOf(element) };
  return sub === undefined ? path : { ...path, sub };
}

function filterOf(element: JsonObject): Filter {
  const parts = Object.entries(element).map(
    ([name, value]): Filter => ({
      kind: 'compare',
      path: { name },
      operator: 'eq',
      value: typeof value === 'object' ? null : value,
    }),
  );
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind: 'and', filters: parts };
}

/** The work address is the primary one in Entra's create sample; a single role carries the type of all Entra roles. */
function elementExtra(name: string, element: JsonObject | undefined): JsonObject {
  if (name === 'emails' && element?.['type'] === 'work') return { primary: true };
  return name === 'roles' && element !== undefined ? { type: ROLE_TYPE } : {};
}

const ROW_TYPES: Readonly<Record<TargetAttribute['type'], AttributeType>> = {
  String: 'string',
  Boolean: 'boolean',
  Integer: 'integer',
  Reference: 'reference',
  DateTime: 'dateTime',
  Binary: 'binary',
};

function rowType(row: TargetAttribute | undefined): AttributeType {
  return row === undefined ? 'string' : ROW_TYPES[row.type];
}
