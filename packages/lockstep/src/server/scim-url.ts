import { type AppProfile, profiles } from '@lockstep/gallery';
import type { Tenant } from '@lockstep/provider';

/** The profile behind its id; `undefined` when the gallery has none of that name. */
export function findProfile(id: string): AppProfile | undefined {
  return Object.values(profiles).find((profile) => profile.id === id);
}

/** The Tenant URL of a tenant, in the form its app shows it. */
export function scimUrl(publicUrl: string, tenant: Pick<Tenant, 'id' | 'profile'>): string {
  const profile = findProfile(tenant.profile);
  if (profile === undefined) return publicUrl;
  const path = `${profile.basePath}${profile.tenantInPath ? `${tenant.id}/` : ''}`;
  return `${publicUrl}${profile.trailingSlash ? path : path.replace(/\/$/, '')}`;
}
