import { foldText, type JsonObject, parseFilter, resolveFilter } from '@lockstep/scim';
import type { StoredResource } from '../ports/realm-store.ts';
import type { Call } from '../request/call.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { prepareResource } from './prepare-resource.ts';
import { readObject } from './read-object.ts';
import { valuesAt } from './values-at.ts';

const WORK_EMAIL = { attribute: { name: 'emails' }, sub: 'value' } as const;

/**
 * Takes over an account that exists in the app, when the profile links by e-mail address: exactly one account has the
 * address, and no directory leads it yet. Afterwards the directory leads: its values replace the account's, and the
 * user name becomes the e-mail address. Accounts that are linked already, fixed, or ambiguous are left alone, and the
 * create goes on to its conflict.
 *
 * @returns the linked account, or `undefined` when there is none to link
 */
export async function linkAccount(
  call: Call,
  shape: TypeShape,
  resource: JsonObject,
): Promise<StoredResource | undefined> {
  if (call.shape.profile.linking.by !== 'email' || shape.hasMembers) return undefined;
  const addresses = [...new Set(valuesAt(resource, WORK_EMAIL, shape.fullType).map(foldText))];
  const found = await Promise.all(addresses.map((address) => accountsWith(call, shape, address)));
  const accounts = new Map(found.flat().map((account) => [account.id, account]));
  const [account] = accounts.values();
  if (account === undefined || accounts.size > 1 || account.isManaged) return undefined;
  const outcome = await call.realms.update(call.tenant.realm, { type: shape.type.name, id: account.id }, (current) => {
    // Another request may have linked it in the meantime: then this one is a duplicate like any other.
    if (current.isManaged) return undefined;
    const linked = { ...withoutIdentity(readObject(current.text)), ...resource, userName: userNameOf(resource) };
    const { text, keys } = prepareResource(call, shape, { id: current.id, resource: linked });
    return { text, keys, isManaged: true, nowMs: call.nowMs };
  });
  return outcome?.isChanged === true ? outcome.resource : undefined;
}

async function accountsWith(call: Call, shape: TypeShape, address: string): Promise<readonly StoredResource[]> {
  const filter = resolveFilter(parseFilter(`emails.value eq ${JSON.stringify(address)}`), shape.fullType);
  const page = await call.realms.query(call.tenant.realm, {
    type: shape.type,
    indexed: shape.indexed,
    filter,
    startIndex: 1,
    count: 2,
    include: { members: false, groups: false },
  });
  return page.resources;
}

/** The e-mail address that the user name becomes: the primary one, or else the first. */
function userNameOf(resource: JsonObject): string {
  const emails = resource['emails'];
  const list: readonly unknown[] = Array.isArray(emails) ? emails : [];
  const objects = list.filter((email): email is JsonObject => typeof email === 'object' && email !== null);
  const value = (objects.find((email) => email['primary'] === true) ?? objects[0])?.['value'];
  return typeof value === 'string' ? value : String(resource['userName']);
}

function withoutIdentity(resource: JsonObject): JsonObject {
  const { id: _id, schemas: _schemas, ...rest } = resource;
  return rest;
}
