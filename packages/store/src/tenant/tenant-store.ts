import type { TenantStore } from '@lockstep/provider/ports';
import { ScimError } from '@lockstep/scim';
import { type Database, refuseDuplicate } from '../database/database.ts';
import { addAccessToken, addClient, findClient, listClients, removeClient } from './client-operations.ts';
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
  recentDeviations,
  revokeToken,
  revokeTokensOf,
  touchToken,
  updateTenant,
} from './tenant-operations.ts';

/** Tenants, tokens and clients over a database. */
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
    revokeTokensOf: (tenantId, holder, nowMs) => write(() => revokeTokensOf(tenantId, holder, nowMs)),
    touchToken: (tokenId, nowMs) => write(() => touchToken(tokenId, nowMs)),
    countDeviations: (tokenId, counts, nowMs) => write(() => countDeviations(tokenId, counts, nowMs)),
    recentDeviations: (tenantId, sinceMs) => read(() => recentDeviations(tenantId, sinceMs)),
    addClient: (client) => write(() => addClient(client)),
    findClient: (clientId) => read(() => findClient(clientId)),
    listClients: (tenantId) => read(() => listClients(tenantId)),
    removeClient: (tenantId, clientId) => write(() => removeClient(tenantId, clientId)),
    addAccessToken: (token) => write(() => addAccessToken(token)),
    deviations: (tenantId) => read(() => deviations(tenantId)),
  };
}
