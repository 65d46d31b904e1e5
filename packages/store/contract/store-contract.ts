import { databaseFactsContract } from './database-facts-contract.ts';
import { directoryContract } from './directory-contract.ts';
import { engineLifeContract } from './engine-life-contract.ts';
import { engineStoreContract } from './engine-store-contract.ts';
import { expiryContract } from './expiry-contract.ts';
import { feedStoreContract } from './feed-store-contract.ts';
import { keptContract } from './kept-contract.ts';
import { nestedGroupsContract } from './nested-groups-contract.ts';
import { peopleContract } from './people-contract.ts';
import { portalContract } from './portal-contract.ts';
import { realmStoreContract } from './realm-store-contract.ts';
import { requestStoreContract } from './request-store-contract.ts';
import { serverSettingContract } from './server-setting-contract.ts';
import type { OpenStore } from './store-for-suite.ts';
import { tenantStoreContract } from './tenant-store-contract.ts';
import { webhookStoreContract } from './webhook-store-contract.ts';

/** Everything a store owes, whatever database it is over. Declares suites of node:test; each opens a store of its own. */
export function storeContract(open: OpenStore): void {
  realmStoreContract(open);
  tenantStoreContract(open);
  webhookStoreContract(open);
  requestStoreContract(open);
  directoryContract(open);
  nestedGroupsContract(open);
  engineStoreContract(open);
  engineLifeContract(open);
  keptContract(open);
  feedStoreContract(open);
  peopleContract(open);
  portalContract(open);
  databaseFactsContract(open);
  expiryContract(open);
  serverSettingContract(open);
}
