import { type JsonObject, readResource, ScimError } from '@lockstep/scim';
import type { StoredResource } from '../ports/realm-store.ts';
import { type Call, readJson, requireScope } from '../request/call.ts';
import type { ScimResponse } from '../request/exchange.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { linkAccount } from './link-account.ts';
import { prepareResource } from './prepare-resource.ts';
import { refuse } from './refuse.ts';
import { locationOf, tagOf } from './render-resource.ts';
import { resourceAnswer } from './resource-answer.ts';
import { readSelection } from './selection.ts';

/** `POST /Users`, `POST /Groups` (RFC 7644 §3.3). */
export async function createResource(call: Call, shape: TypeShape): Promise<ScimResponse> {
  requireScope(call, 'create');
  const { profile } = call.shape;
  if (!shape.rules.actions.create) {
    throw refuse(
      profile,
      'createUser',
      new ScimError('methodNotAllowed', `${profile.title} creates no ${shape.type.name} over SCIM`),
    );
  }
  const body = await readJson(call);
  const resource = readResource(body, shape.type, { accepts: call.accepts, note: call.note, purpose: 'create' });
  const selection = readSelection(shape, call.query);
  const stored = (await linkAccount(call, shape, resource)) ?? (await insert(call, shape, resource));
  const shown = await withRows(call, shape, stored, selection.include);
  const headers = { location: locationOf(call.base, shape.type.endpoint, stored.id), etag: tagOf(stored) };
  return resourceAnswer(call, shape, { stored: shown, projection: selection.projection, status: 201, headers });
}

async function insert(call: Call, shape: TypeShape, resource: JsonObject): Promise<StoredResource> {
  const id = call.newId();
  const { text, keys, memberIds } = prepareResource(call, shape, { id, resource });
  try {
    return await call.realms.insert(call.tenant.realm, {
      id,
      type: shape.type.name,
      text,
      keys,
      isManaged: true,
      ...(memberIds === undefined ? {} : { memberIds }),
      nowMs: call.nowMs,
    });
  } catch (error) {
    throw inAppWords(call, shape, error);
  }
}

/** A duplicate is refused in the app's words, unless it is of an attribute the tenant declared: the store names that one. */
export function inAppWords(call: Call, shape: TypeShape, error: unknown): unknown {
  if (!(error instanceof ScimError) || error.code !== 'uniqueness') return error;
  const isOfTenant = shape.kind === 'own' || shape.declaredUnique.some((path) => error.message.endsWith(` ${path}`));
  if (isOfTenant) return error;
  return refuse(call.shape.profile, shape.kind === 'group' ? 'duplicateGroup' : 'duplicateUser', error);
}

/** Reads members and groups along, where they are shown; a new user is in no group, and an empty group has no members. */
export async function withRows(
  call: Call,
  shape: TypeShape,
  stored: StoredResource,
  include: { readonly members: boolean; readonly groups: boolean },
): Promise<StoredResource> {
  if (!include.members && !(include.groups && stored.version > 1)) return stored;
  return (await call.realms.read(call.tenant.realm, stored.id, { type: shape.type.name, include })) ?? stored;
}
