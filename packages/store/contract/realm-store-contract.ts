import { feedContract } from './feed-contract.ts';
import { realmBatchContract } from './realm-batch-contract.ts';
import { realmConcurrencyContract } from './realm-concurrency-contract.ts';
import { realmFilterContract } from './realm-filter-contract.ts';
import { realmHistoryContract } from './realm-history-contract.ts';
import { realmMemberContract } from './realm-member-contract.ts';
import { realmPagingContract } from './realm-paging-contract.ts';
import { realmQueryContract } from './realm-query-contract.ts';
import { realmWriteContract } from './realm-write-contract.ts';
import type { OpenStore } from './store-for-suite.ts';

/** Everything a realm store owes, on any database. */
export function realmStoreContract(open: OpenStore): void {
  realmWriteContract(open);
  realmBatchContract(open);
  realmMemberContract(open);
  realmQueryContract(open);
  realmPagingContract(open);
  realmFilterContract(open);
  realmConcurrencyContract(open);
  realmHistoryContract(open);
  feedContract(open);
}
