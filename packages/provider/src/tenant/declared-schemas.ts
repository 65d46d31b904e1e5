import {
  type Attribute,
  type ResourceType,
  readSchema,
  type Schema,
  type SchemaExtension,
  ScimError,
} from '@lockstep/scim';
import type { TenantSettings } from '../ports/tenant-store.ts';

/** Schemas a tenant may declare in all. */
export const DECLARED_SCHEMAS_MAX = 20;
/** Attributes a declared schema may have, sub-attributes counted. */
export const DECLARED_ATTRIBUTES_MAX = 200;

/** What a tenant declares beside what its profile has. */
export interface DeclaredSchemas {
  /** Extensions by the name of their resource type in lower case. */
  readonly extensions: ReadonlyMap<string, readonly SchemaExtension[]>;
  /** Resource types of the tenant's own, with their extensions. */
  readonly types: readonly ResourceType[];
}

/** Endpoints that mean something else, and names of types that exist. */
const TAKEN_ENDPOINTS: ReadonlySet<string> = new Set(
  ['Users', 'Groups', 'Me', 'Bulk', 'Schemas', 'ResourceTypes', 'ServiceProviderConfig', 'oauth'].map((name) =>
    `/${name}`.toLowerCase(),
  ),
);
const TAKEN_NAMES: ReadonlySet<string> = new Set(['user', 'group', 'resourcetype', 'schema', 'serviceproviderconfig']);
const TYPE_NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
const ENDPOINT = /^\/[A-Za-z][A-Za-z0-9-]{0,63}$/;

/**
 * Reads the schemas a tenant declares: extensions of resource types, and resource types of its own (RFC 7643 §3.2,
 * §3.3 and §6).
 *
 * @param served the resource types of the tenant's profile
 * @throws {ScimError} `invalidValue` saying where it is wrong and what would be right
 */
export function readDeclaredSchemas(settings: TenantSettings, served: readonly ResourceType[]): DeclaredSchemas {
  const declared = { extensions: settings.extensions ?? [], types: settings.resourceTypes ?? [] };
  const count = declared.extensions.length + declared.types.length;
  if (count > DECLARED_SCHEMAS_MAX) {
    throw wrong('schemas', `a tenant may declare ${DECLARED_SCHEMAS_MAX} at most, and these are ${count}`);
  }
  const names = new Set(TAKEN_NAMES);
  const endpoints = new Set(TAKEN_ENDPOINTS);
  const ids = new Set(served.flatMap(schemasOf).map(({ id }) => id.toLowerCase()));
  const own = declared.types.map((type, index) => {
    const where = `resourceTypes[${index}]`;
    if (!TYPE_NAME.test(type.name)) throw wrong(`${where}.name`, 'letters and digits, at most 64, a letter first');
    if (!ENDPOINT.test(type.endpoint)) throw wrong(`${where}.endpoint`, 'one path segment with its slash, as /Devices');
    claim(names, type.name, `${where}.name`);
    claim(endpoints, type.endpoint, `${where}.endpoint`);
    const schema = readOwnSchema(type.schema, `${where}.schema`, ids);
    refuseRelations(schema, `${where}.schema`);
    return { id: type.name, name: type.name, endpoint: type.endpoint, description: type.description ?? '', schema };
  });
  const extensions = new Map([...served, ...own].map(({ name }) => [name.toLowerCase(), [] as SchemaExtension[]]));
  for (const [index, extension] of declared.extensions.entries()) {
    const where = `extensions[${index}]`;
    const ofType = extensions.get(extension.resourceType.toLowerCase());
    if (ofType === undefined) {
      const known = [...served, ...own].map(({ name }) => name).join(', ');
      throw wrong(
        `${where}.resourceType`,
        `there is no resource type ${JSON.stringify(extension.resourceType)}; there are ${known}`,
      );
    }
    const schema = readOwnSchema(extension.schema, `${where}.schema`, ids);
    ofType.push({ schema, required: extension.required ?? false });
  }
  return {
    extensions,
    types: own.map((type) => ({ ...type, extensions: extensions.get(type.name.toLowerCase()) ?? [] })),
  };
}

function schemasOf(type: ResourceType): readonly Schema[] {
  return [type.schema, ...type.extensions.map(({ schema }) => schema)];
}

function claim(taken: Set<string>, name: string, where: string): void {
  if (taken.has(name.toLowerCase())) throw wrong(where, `${name} is taken`);
  taken.add(name.toLowerCase());
}

function readOwnSchema(body: unknown, where: string, ids: Set<string>): Schema {
  const schema = readAt(body, where);
  if (!schema.id.toLowerCase().startsWith('urn:')) throw wrong(`${where}.id`, 'a URN, such as urn:example:2.0:User');
  claim(ids, schema.id, `${where}.id`);
  const subs = schema.attributes.flatMap((attribute) => attribute.subAttributes ?? []);
  const count = schema.attributes.length + subs.length;
  if (count > DECLARED_ATTRIBUTES_MAX) {
    throw wrong(where, `a schema may have ${DECLARED_ATTRIBUTES_MAX} attributes at most, and this one has ${count}`);
  }
  for (const attribute of schema.attributes) checkAttribute(attribute, where);
  for (const sub of subs) checkSubAttribute(sub, where);
  return schema;
}

function readAt(body: unknown, where: string): Schema {
  try {
    return readSchema(body);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw wrong(where, error.message, error);
  }
}

/** What cannot be kept is refused when it is declared, not ignored when it is used. */
function checkAttribute({ name, type, uniqueness }: Attribute, where: string): void {
  if (uniqueness === 'global')
    throw wrong(where, `${name}: a value can be unique within the tenant (server), not beyond`);
  if (uniqueness === 'server' && type !== 'string' && type !== 'reference') {
    throw wrong(where, `${name}: only text can be kept unique`);
  }
}

function checkSubAttribute({ name, uniqueness, mutability, returned }: Attribute, where: string): void {
  if (uniqueness !== 'none') throw wrong(where, `${name}: sub-attributes cannot be kept unique`);
  if (mutability === 'writeOnly') throw wrong(where, `${name}: only a whole attribute can be writeOnly`);
  if (returned === 'never') throw wrong(where, `${name}: only a whole attribute can be returned never`);
}

/** Memberships are relations between users and groups; another type cannot have attributes of these names. */
function refuseRelations(schema: Schema, where: string): void {
  const taken = schema.attributes.find(({ name }) => ['members', 'groups'].includes(name.toLowerCase()));
  if (taken !== undefined)
    throw wrong(where, `${taken.name} is for memberships of users and groups; choose another name`);
}

function wrong(where: string, what: string, cause?: ScimError): ScimError {
  return new ScimError('invalidValue', `${where}: ${what}`, cause === undefined ? {} : { cause });
}
