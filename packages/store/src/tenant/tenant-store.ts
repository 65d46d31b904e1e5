import type { TenantStore } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import {
  addToken,
  countDeviations,
  createTenant,
  deleteTenant,
  deviations,
  findTenant,
  findToken,
  listTenants,
  listTokens,
  revokeToken,
  touchToken,
  updateTenant,
} from './tenant-operations.ts';

/** Tenants and tokens over a database. */
export function createTenantStore(database: Database): TenantStore {
  const { read, write } = database;
  return {
    createTenant: (tenant) =>
      refuseDuplicate(
        write(() => createTenant(tenant)),
        () => new ScimError('uniqueness', `there is a tenant with id ${tenant.id} already`),
      ),
    findTenant: (id) => read(() => findTenant(id)),
    listTenants: (page) => read(() => listTenants(page)),
    updateTenant: (id, change) => write(() => updateTenant(id, change)),
    deleteTenant: (id) => write(() => deleteTenant(id)),
    addToken: (token) => write(() => addToken(token)),
    findToken: (tokenId) => read(() => findToken(tokenId)),
    listTokens: (tenantId) => read(() => listTokens(tenantId)),
    revokeToken: (tenantId, tokenId, nowMs) => write(() => revokeToken(tenantId, tokenId, nowMs)),
    touchToken: (tokenId, nowMs) => write(() => touchToken(tokenId, nowMs)),
    countDeviations: (tokenId, counts) => write(() => countDeviations(tokenId, counts)),
    deviations: (tenantId) => read(() => deviations(tenantId)),
  };
}
