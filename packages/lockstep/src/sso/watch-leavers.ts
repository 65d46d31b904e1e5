import type { Store } from '@lockstep/store';

const PAGE = 500;
const LEAVING: ReadonlySet<string> = new Set(['deactivated', 'deleted']);

/**
 * Makes the chore that ends sessions of accounts which were deactivated or removed: it reads on in the change feed of each
 * tenant that has sessions. So it does not matter which process took the SCIM request, and an account that was switched
 * on again meanwhile does not get its old sessions back.
 */
export function createLeaverWatch(store: Pick<Store, 'sessions' | 'realms' | 'tenants'>): () => Promise<void> {
  const positions = new Map<string, number>();
  return async () => {
    const watched = await store.sessions.watched();
    const open = new Set(watched.map((one) => one.tenantId));
    for (const tenantId of [...positions.keys()]) if (!open.has(tenantId)) positions.delete(tenantId);
    for (const { tenantId, fromEntry } of watched) {
      const after = positions.get(tenantId) ?? fromEntry;
      positions.set(tenantId, await readOn(store, tenantId, after));
    }
  };
}

async function readOn(
  { sessions, realms, tenants }: Pick<Store, 'sessions' | 'realms' | 'tenants'>,
  tenantId: string,
  from: number,
): Promise<number> {
  const tenant = await tenants.findTenant(tenantId);
  if (tenant === undefined) {
    await sessions.endAll({ kind: 'portal', tenantId });
    return from;
  }
  let after = from;
  for (;;) {
    const page = await realms.feed(tenant.realm, after, PAGE);
    for (const entry of page) {
      if (LEAVING.has(entry.kind)) await sessions.endBefore(tenantId, entry.resourceId, entry.entry);
      after = entry.entry;
    }
    if (page.length < PAGE) return after;
  }
}
