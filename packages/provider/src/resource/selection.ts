import { type GivenProjection, type Projection, parseProjection } from '@lockstep/scim';
import type { Include } from '../ports/realm-store.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';

/** What a request wants to see of a resource, and which rows have to be read for it. */
export interface Selection {
  readonly projection: Projection | undefined;
  readonly include: Include;
}

/** Works out the projection, so that a group's members are not even read when nobody wants them. */
export function selectionOf(shape: TypeShape, given: GivenProjection): Selection {
  const projection = parseProjection(given, shape.fullType);
  return {
    projection,
    include: {
      members: shape.hasMembers && isWanted('members', projection),
      groups: shape.hasGroups && isWanted('groups', projection),
    },
  };
}

function isWanted(name: string, projection: Projection | undefined): boolean {
  if (projection === undefined) return true;
  const named = projection.named.get(name);
  return projection.mode === 'only' ? named !== undefined : named !== 'whole';
}

/** The projection of a request without a query, read from its URL. */
export function readSelection(shape: TypeShape, query: URLSearchParams): Selection {
  return selectionOf(shape, readProjectionParameters(query));
}

function readProjectionParameters(query: URLSearchParams): GivenProjection {
  if (query.size === 0) return {};
  const given: { attributes?: readonly string[]; excludedAttributes?: readonly string[] } = {};
  for (const [name, value] of query) {
    const paths = (): readonly string[] =>
      value
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== '');
    const key = name.toLowerCase();
    // A parameter that comes twice asks for both.
    if (key === 'attributes' && paths().length > 0) given.attributes = [...(given.attributes ?? []), ...paths()];
    if (key === 'excludedattributes' && paths().length > 0) {
      given.excludedAttributes = [...(given.excludedAttributes ?? []), ...paths()];
    }
  }
  return given;
}
