export * from './ports/index.ts';
export { createProvider, defaultLimits, type Provider, type ProviderOptions } from './provider.ts';
export type { Limits } from './request/call.ts';
export type { ScimRequest, ScimResponse } from './request/exchange.ts';
export { resourceKeys } from './resource/resource-keys.ts';
export { type Connection, createFetchHandler } from './scim-handler.ts';
export type { IssuedToken, LocalAccount, NewTenant, NewTokenOptions, TenantAdmin } from './tenant/tenant-admin.ts';
