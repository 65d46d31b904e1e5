import type { AppProfile, ResourceRules } from '@lockstep/gallery';
import {
  findAttribute,
  groupType,
  type PatchPath,
  parsePatchPath,
  type ResourceType,
  type SchemaExtension,
  userType,
} from '@lockstep/scim';
import type { IndexedPaths } from '../ports/realm-store.ts';
import type { TenantSettings } from '../ports/tenant-store.ts';
import { readDeclaredSchemas } from './declared-schemas.ts';
import { restrictType } from './restrict-type.ts';

/** A path whose values no two resources may share, beside the unique name. */
export interface UniquePath {
  /** As the profile writes it; the name the value is indexed under. */
  readonly text: string;
  readonly path: PatchPath;
}

/** One resource type as an app serves it, with everything that follows from its profile worked out once. */
export interface TypeShape {
  /** `own`: declared by the tenant, without the rules that apps have for users and groups. */
  readonly kind: 'user' | 'group' | 'own';
  /** What is kept and shown. */
  readonly type: ResourceType;
  /** What the protocol knows: a client may name these without an error, even when the app does not keep them. */
  readonly fullType: ResourceType;
  readonly rules: ResourceRules;
  readonly indexed: IndexedPaths;
  readonly isExternalIdUnique: boolean;
  /** False when the app keeps no `externalId`, although every resource may have one (RFC 7643 §3.1). */
  readonly keepsExternalId: boolean;
  readonly uniquePaths: readonly UniquePath[];
  /** Those of the unique paths that the tenant declared, as `UniquePath.text`. */
  readonly declaredUnique: readonly string[];
  /** Paths a filter may name besides the common attributes; `all` = every served one. */
  readonly filterable: 'all' | ReadonlySet<string>;
  readonly hasMembers: boolean;
  readonly hasGroups: boolean;
  /** True when an attribute is only shown on request or never: such resources cannot be sent as stored. */
  readonly needsProjection: boolean;
  /** Attributes that are read and never kept, by schema; `undefined` stands for the core schema. */
  readonly secrets: readonly { readonly extension: string | undefined; readonly name: string }[];
  /** Endpoints of the tenant's resource types, by the name of the type. */
  readonly endpoints: ReadonlyMap<string, string>;
}

/** An app's SCIM service as data worked out from its profile. */
export interface TenantShape {
  readonly profile: AppProfile;
  readonly users: TypeShape;
  /** Absent when the app has no groups over SCIM. */
  readonly groups: TypeShape | undefined;
  readonly types: readonly TypeShape[];
}

/**
 * Works out the shape of an app, with what a tenant of it declares beside its profile.
 *
 * @throws {ScimError} `invalidValue` for declared schemas that do not fit
 */
export function shapeOf(profile: AppProfile, settings: TenantSettings = {}): TenantShape {
  const served = profile.groups.enabled ? [userType, groupType] : [userType];
  const declared = readDeclaredSchemas(settings, served);
  const endpoints = new Map([...served, ...declared.types].map(({ name, endpoint }) => [name, endpoint]));
  const shape = (kind: TypeShape['kind'], base: ResourceType, rules: ResourceRules): TypeShape =>
    typeShape({ kind, base, rules, extensions: declared.extensions.get(base.name.toLowerCase()) ?? [], endpoints });
  const users = shape('user', userType, profile.users);
  const groups = profile.groups.enabled ? shape('group', groupType, profile.groups) : undefined;
  const own = declared.types.map((type) => shape('own', type, OWN_RULES));
  return { profile, users, groups, types: [users, ...(groups === undefined ? [] : [groups]), ...own] };
}

/** A type of the tenant's own keeps whatever its schema says. */
const OWN_RULES: ResourceRules = {
  enabled: true,
  attributes: 'all',
  required: [],
  filterable: 'all',
  unique: [],
  actions: { create: true, read: true, update: true, delete: true },
};

interface ShapeParts {
  readonly kind: TypeShape['kind'];
  readonly base: ResourceType;
  readonly rules: ResourceRules;
  readonly extensions: readonly SchemaExtension[];
  readonly endpoints: ReadonlyMap<string, string>;
}

function typeShape({ kind, base, rules, extensions, endpoints }: ShapeParts): TypeShape {
  const isOwn = kind === 'own';
  const fullType = isOwn ? base : { ...base, extensions: [...base.extensions, ...extensions] };
  const restricted = isOwn ? base : restrictType(base, rules);
  const type = isOwn ? base : { ...restricted, extensions: [...restricted.extensions, ...extensions] };
  const nameAttribute = { user: 'userName', group: 'displayName', own: undefined }[kind];
  const isNameUnique = nameAttribute !== undefined && rules.unique.includes(nameAttribute);
  const others = rules.unique.filter((path) => path !== nameAttribute && path !== 'externalId');
  const declaredUnique = uniqueOf(isOwn ? base : undefined, extensions);
  return {
    kind,
    type,
    fullType,
    rules,
    indexed: {
      uniqueName: isNameUnique ? nameAttribute : null,
      values: isOwn ? [] : indexedPaths(type, isNameUnique ? undefined : nameAttribute),
    },
    isExternalIdUnique: rules.unique.includes('externalId'),
    keepsExternalId: rules.attributes === 'all' || rules.attributes.includes('externalId'),
    declaredUnique,
    uniquePaths: [...others, ...declaredUnique].map((text) => ({
      text,
      path: parsePatchPath(text, { type: fullType }),
    })),
    filterable: rules.filterable === 'all' ? 'all' : new Set([...rules.filterable, ...attributePaths(extensions)]),
    hasMembers: kind === 'group' && findAttribute(type, { name: 'members' }) !== undefined,
    hasGroups: kind === 'user' && findAttribute(type, { name: 'groups' }) !== undefined,
    needsProjection: hasHiddenAttributes(type),
    secrets: secretsOf(fullType),
    endpoints,
  };
}

/** Paths of the attributes a tenant declares unique: those of its extensions, and of the core schema of its own type. */
function uniqueOf(own: ResourceType | undefined, extensions: readonly SchemaExtension[]): readonly string[] {
  const core = (own?.schema.attributes ?? []).filter(({ uniqueness }) => uniqueness === 'server');
  const extended = extensions.flatMap(({ schema }) =>
    schema.attributes.filter(({ uniqueness }) => uniqueness === 'server').map(({ name }) => `${schema.id}:${name}`),
  );
  return [...core.map(({ name }) => name), ...extended];
}

function attributePaths(extensions: readonly SchemaExtension[]): readonly string[] {
  return extensions.flatMap(({ schema }) => schema.attributes.map(({ name }) => `${schema.id}:${name}`));
}

function secretsOf(type: ResourceType): TypeShape['secrets'] {
  const schemas = [
    { extension: undefined, schema: type.schema },
    ...type.extensions.map(({ schema }) => ({ extension: schema.id, schema })),
  ];
  return schemas.flatMap(({ extension, schema }) =>
    schema.attributes.filter(({ mutability }) => mutability === 'writeOnly').map(({ name }) => ({ extension, name })),
  );
}

/** Attributes whose values are indexed beside the unique name: e-mail addresses, since clients match by them. */
function indexedPaths(type: ResourceType, nameAttribute: string | undefined): readonly string[] {
  const hasEmails = findAttribute(type, { name: 'emails' }) !== undefined;
  return [...(nameAttribute === undefined ? [] : [nameAttribute]), ...(hasEmails ? ['emails.value'] : [])];
}

/** Whether stored resources may hold something that is not shown by default. Passwords are never stored. */
function hasHiddenAttributes(type: ResourceType): boolean {
  const schemas = [type.schema, ...type.extensions.map((extension) => extension.schema)];
  const all = schemas.flatMap((schema) => schema.attributes.flatMap((one) => [one, ...(one.subAttributes ?? [])]));
  return all.some((one) => one.mutability !== 'writeOnly' && (one.returned === 'never' || one.returned === 'request'));
}
