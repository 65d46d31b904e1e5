export type * from './client-store.ts';
export type * from './observed-exchange.ts';
export type * from './realm-store.ts';
export type * from './tenant-store.ts';
