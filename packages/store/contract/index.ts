export { directoryContract } from './directory-contract.ts';
export { engineStoreContract } from './engine-store-contract.ts';
export { realmStoreContract } from './realm-store-contract.ts';
export { T0 } from './sample-realm.ts';
export { storeContract } from './store-contract.ts';
export { type OpenStore, storeForSuite } from './store-for-suite.ts';
export { tenantStoreContract } from './tenant-store-contract.ts';
