import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import type { DeclaredExtension, TenantSettings } from '../ports/tenant-store.ts';
import type { InferredAttribute, InferredExtensions } from './infer-extensions.ts';

/** Extensions a tenant may take from its clients, over all resource types. */
export const LEARNT_EXTENSIONS_MAX = 10;
/** Attributes of each. What comes beyond is ignored, as it is by a tenant that learns nothing. */
export const LEARNT_ATTRIBUTES_MAX = 50;

/**
 * The settings with what clients sent taken up: new extensions, and new attributes of those that were learnt before. What
 * the operator declared is never touched.
 *
 * @returns `undefined` when there is nothing new, or no room for it
 */
export function learnExtensions(
  settings: TenantSettings,
  resourceType: string,
  seen: InferredExtensions,
): TenantSettings | undefined {
  let extensions = settings.extensions ?? [];
  for (const [urn, attributes] of seen) extensions = withExtension(extensions, { resourceType, urn, attributes });
  return extensions === settings.extensions || extensions.length === 0 ? undefined : { ...settings, extensions };
}

interface Seen {
  readonly resourceType: string;
  readonly urn: string;
  readonly attributes: readonly InferredAttribute[];
}

function withExtension(extensions: readonly DeclaredExtension[], seen: Seen): readonly DeclaredExtension[] {
  const known = extensions.find((one) => idOf(one) === seen.urn.toLowerCase());
  if (known !== undefined) return withAttributes(extensions, known, seen);
  if (extensions.filter(({ isLearnt }) => isLearnt === true).length >= LEARNT_EXTENSIONS_MAX) return extensions;
  const schema: JsonObject = {
    id: seen.urn,
    name: seen.urn.split(':').at(-1) ?? seen.urn,
    description: 'Taken from what a client sent.',
    attributes: seen.attributes.slice(0, LEARNT_ATTRIBUTES_MAX),
  };
  return [...extensions, { resourceType: seen.resourceType, schema, isLearnt: true }];
}

function withAttributes(
  extensions: readonly DeclaredExtension[],
  known: DeclaredExtension,
  seen: Seen,
): readonly DeclaredExtension[] {
  const isSameType = known.resourceType.toLowerCase() === seen.resourceType.toLowerCase();
  if (known.isLearnt !== true || !isSameType) return extensions;
  const before = isJsonArray(known.schema['attributes']) ? known.schema['attributes'] : [];
  const names = new Set(before.map(nameOf));
  const added = seen.attributes.filter(({ name }) => !names.has(name.toLowerCase()));
  const attributes = [...before, ...added].slice(0, LEARNT_ATTRIBUTES_MAX);
  if (attributes.length === before.length) return extensions;
  const grown = { ...known, schema: { ...known.schema, attributes } };
  return extensions.map((one) => (one === known ? grown : one));
}

function idOf({ schema }: DeclaredExtension): string {
  return typeof schema['id'] === 'string' ? schema['id'].toLowerCase() : '';
}

function nameOf(attribute: Json): string {
  const name = isJsonObject(attribute) ? attribute['name'] : undefined;
  return typeof name === 'string' ? name.toLowerCase() : '';
}
