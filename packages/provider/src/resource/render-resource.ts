import { entityTag, isJsonObject, type Json, type JsonObject, type Projection, project } from '@lockstep/scim';
import type { Member, StoredResource } from '../ports/realm-store.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { timeText } from './time-text.ts';
import { visibleText } from './visible-text.ts';

/** Where a tenant's resources live, and how a resource is to be shown. */
export interface RenderOptions {
  /** Base address of the tenant without a slash at the end. */
  readonly base: string;
  readonly shape: TypeShape;
  readonly projection?: Projection | undefined;
}

/** The address of a resource: `meta.location`, `Location` and `$ref`. */
export function locationOf(base: string, endpoint: string, id: string): string {
  return `${base}${endpoint}/${encodeURIComponent(id)}`;
}

/**
 * A resource as JSON text. Without a projection the stored text goes out as it is, with `meta` and what is kept as
 * rows behind it; nothing is parsed.
 */
export function renderResource(stored: StoredResource, options: RenderOptions): string {
  const { base, shape, projection } = options;
  if (projection === undefined && !shape.needsProjection) return wholeText(stored, base, shape);
  return JSON.stringify(project(toObject(stored, options), projection, shape.type));
}

/** The same as an object, before any projection. */
function toObject(stored: StoredResource, { base, shape }: RenderOptions): JsonObject {
  const whole: unknown = JSON.parse(wholeText(stored, base, shape));
  return isJsonObject(whole) ? whole : {};
}

function wholeText(stored: StoredResource, base: string, shape: TypeShape): string {
  const attributes = visibleText(stored.text, shape).slice(0, -1);
  return `${attributes}${relationText(stored, base, shape)},"meta":${metaText(stored, base, shape)}}`;
}

function metaText(stored: StoredResource, base: string, shape: TypeShape): string {
  const created = timeText(stored.createdMs);
  const modified = stored.modifiedMs === stored.createdMs ? created : timeText(stored.modifiedMs);
  const location = JSON.stringify(locationOf(base, shape.type.endpoint, stored.id));
  return `{"resourceType":"${stored.type}","created":"${created}","lastModified":"${modified}","location":${location},"version":"W/\\"${stored.version}\\""}`;
}

/** `members` of a group or `groups` of a user, as JSON text with a comma in front; empty when there are none. */
function relationText(stored: StoredResource, base: string, shape: TypeShape): string {
  const members = stored.members?.map((member) => JSON.stringify(memberReference(member, base, shape)));
  const groups = stored.groups?.map((group) =>
    JSON.stringify(
      reference(group.id, { $ref: locationOf(base, '/Groups', group.id), display: group.display, type: 'direct' }),
    ),
  );
  return listText('members', members) + listText('groups', groups);
}

/** A member of a group as it is shown. */
export function memberReference(member: Member, base: string, shape: TypeShape): JsonObject {
  return reference(member.id, {
    $ref: locationOf(base, shape.endpoints.get(member.type) ?? '/Users', member.id),
    display: member.display,
    type: member.type,
  });
}

function reference(value: string, rest: Readonly<Record<string, Json>>): JsonObject {
  const { display, ...plain } = rest;
  return display === null ? { value, ...plain } : { value, ...rest };
}

function listText(name: string, elements: readonly string[] | undefined): string {
  return elements === undefined || elements.length === 0 ? '' : `,"${name}":[${elements.join(',')}]`;
}

/** The entity tag of a stored resource, as header and `meta.version` carry it. */
export function tagOf(stored: StoredResource): string {
  return entityTag(stored.version);
}
