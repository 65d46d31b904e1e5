import type { AppProfile, ResourceRules } from '@lockstep/gallery';
import { findAttribute, groupType, type PatchPath, parsePatchPath, type ResourceType, userType } from '@lockstep/scim';
import type { IndexedPaths } from '../ports/realm-store.ts';
import { restrictType } from './restrict-type.ts';

/** A path whose values no two resources may share, beside the unique name. */
export interface UniquePath {
  /** As the profile writes it; the name the value is indexed under. */
  readonly text: string;
  readonly path: PatchPath;
}

/** One resource type as an app serves it, with everything that follows from its profile worked out once. */
export interface TypeShape {
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
  /** Paths a filter may name besides the common attributes; `all` = every served one. */
  readonly filterable: 'all' | ReadonlySet<string>;
  readonly hasMembers: boolean;
  readonly hasGroups: boolean;
  /** True when an attribute is only shown on request or never: such resources cannot be sent as stored. */
  readonly needsProjection: boolean;
}

/** An app's SCIM service as data worked out from its profile. */
export interface TenantShape {
  readonly profile: AppProfile;
  readonly users: TypeShape;
  /** Absent when the app has no groups over SCIM. */
  readonly groups: TypeShape | undefined;
  readonly types: readonly TypeShape[];
}

/** Works out an app's shape. Done once per profile, when the provider is made. */
export function shapeOf(profile: AppProfile): TenantShape {
  const users = typeShape(userType, profile.users);
  const groups = profile.groups.enabled ? typeShape(groupType, profile.groups) : undefined;
  return { profile, users, groups, types: groups === undefined ? [users] : [users, groups] };
}

function typeShape(fullType: ResourceType, rules: ResourceRules): TypeShape {
  const type = restrictType(fullType, rules);
  const nameAttribute = fullType.name === 'Group' ? 'displayName' : 'userName';
  const isNameUnique = rules.unique.includes(nameAttribute);
  const others = rules.unique.filter((path) => path !== nameAttribute && path !== 'externalId');
  const uniquePaths = others.map((text) => ({ text, path: parsePatchPath(text, { type: fullType }) }));
  return {
    type,
    fullType,
    rules,
    indexed: {
      uniqueName: isNameUnique ? nameAttribute : null,
      values: indexedPaths(type, isNameUnique ? undefined : nameAttribute),
    },
    isExternalIdUnique: rules.unique.includes('externalId'),
    keepsExternalId: rules.attributes === 'all' || rules.attributes.includes('externalId'),
    uniquePaths,
    filterable: rules.filterable === 'all' ? 'all' : new Set(rules.filterable),
    hasMembers: findAttribute(type, { name: 'members' }) !== undefined,
    hasGroups: findAttribute(type, { name: 'groups' }) !== undefined,
    needsProjection: hasHiddenAttributes(type),
  };
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
