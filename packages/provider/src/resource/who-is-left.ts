import type { JsonObject } from '@lockstep/scim';
import type { ResourceChange, StoredResource } from '../ports/realm-store.ts';
import type { Call } from '../request/call.ts';
import { keepsAdministrator } from '../role/administrators.ts';
import type { TypeShape } from '../tenant/tenant-shape.ts';
import { readObject } from './read-object.ts';

/** The part of a change that keeps a tenant's last administrator; empty when the change takes nobody's rights away. */
export function whoIsLeft(
  call: Pick<Call, 'tenant' | 'shape'>,
  shape: TypeShape,
  change: { readonly current: StoredResource; readonly after: JsonObject | undefined },
): Pick<ResourceChange, 'keeps'> {
  const { settings } = call.tenant;
  const hasAdministrators = settings.adminRoles !== undefined || settings.administrators !== undefined;
  // Most tenants have none, and pay nothing.
  if (shape.kind !== 'user' || !hasAdministrators) return {};
  const guard = { tenant: call.tenant, profile: call.shape.profile, users: shape };
  const before = { id: change.current.id, resource: readObject(change.current.text) };
  const keeps = keepsAdministrator(guard, before, change.after);
  return keeps === undefined ? {} : { keeps };
}
