import { foldText, isJsonArray, isJsonObject, type JsonObject, parseFilter, resolveFilter } from '@lockstep/scim';
import type { StoredResource } from '../ports/realm-store.ts';
import type { Call } from '../request/call.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { prepareResource } from './prepare-resource.ts';
import { readObject } from './read-object.ts';
import { whoIsLeft } from './who-is-left.ts';

/**
 * Takes over an account that exists in the app, when the profile links by e-mail address: exactly one account has the
 * address, and no directory leads it yet. Afterwards the directory leads: its values replace the account's, and the
 * user name becomes the e-mail address. Accounts that are linked already, fixed, or ambiguous are left alone, and the
 * create goes on to its conflict. Only work addresses link, on both sides: people choose their private ones themselves.
 *
 * @returns the linked account, or `undefined` when there is none to link
 */
export async function linkAccount(
  call: Call,
  shape: TypeShape,
  resource: JsonObject,
): Promise<StoredResource | undefined> {
  if (call.shape.profile.linking.by !== 'email' || shape.kind !== 'user') return undefined;
  const addresses = workAddresses(resource);
  const found = await Promise.all([...addresses.keys()].map((address) => accountsWith(call, shape, address)));
  const accounts = new Map(found.flat().map((account) => [account.id, account]));
  const [account] = accounts.values();
  if (account === undefined || accounts.size > 1 || account.isManaged) return undefined;
  const outcome = await call.realms.update(call.tenant.realm, { type: shape.type.name, id: account.id }, (current) => {
    const before = readObject(current.text);
    const shared = [...workAddresses(before).keys()].find((address) => addresses.has(address));
    // Another request may have linked it or changed its address meanwhile: then this create is one like any other.
    if (current.isManaged || shared === undefined) return undefined;
    const linked = { ...withoutIdentity(before), ...resource, userName: addresses.get(shared) ?? shared };
    const { text, keys } = prepareResource(call, shape, { id: current.id, resource: linked, before });
    const keeps = whoIsLeft(call, shape, { current, after: linked });
    return { text, keys, ...keeps, isManaged: true, nowMs: call.nowMs };
  });
  return outcome?.isChanged === true ? outcome.resource : undefined;
}

async function accountsWith(call: Call, shape: TypeShape, address: string): Promise<readonly StoredResource[]> {
  const filter = parseFilter(`emails[value eq ${JSON.stringify(address)} and (type eq "work" or not (type pr))]`);
  const page = await call.realms.query(call.tenant.realm, {
    type: shape.type,
    indexed: shape.indexed,
    filter: resolveFilter(filter, shape.fullType),
    startIndex: 1,
    count: 2,
    include: { members: false, groups: false },
  });
  return page.resources;
}

/** Addresses of a resource for work, or without a type, as they are written, by their folded form. */
function workAddresses(resource: JsonObject): ReadonlyMap<string, string> {
  const emails = resource['emails'];
  const addresses = new Map<string, string>();
  for (const email of isJsonArray(emails) ? emails.filter(isJsonObject) : []) {
    const { value, type } = email;
    const isWork = type === undefined || (typeof type === 'string' && foldText(type) === 'work');
    if (isWork && typeof value === 'string') addresses.set(foldText(value), value);
  }
  return addresses;
}

function withoutIdentity(resource: JsonObject): JsonObject {
  const { id: _id, schemas: _schemas, ...rest } = resource;
  return rest;
}
