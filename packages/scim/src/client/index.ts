export { type AdaptivePace, type AdaptivePaceOptions, createAdaptivePace, type PaceSignal } from './adaptive-pace.ts';
export type {
  ClientClock,
  ClientCredentials,
  ClientSettings,
  Exchange,
  LearntTarget,
  ScimClientOptions,
  UpdateMethod,
  WireShape,
} from './client-options.ts';
export type { PagingOptions } from './each-page.ts';
export { type Fetch, type FetchAnswer, type FetchRequest, TransportError, type TransportFailure } from './fetch.ts';
export { filterEq } from './filter-eq.ts';
export type { ListPage, TargetResource } from './read-answer.ts';
export { readRetryAfter } from './retry-after.ts';
export {
  type AttemptFailure,
  type AttemptMoment,
  defaultRetryPolicy,
  isAmbiguous,
  type NextAttempt,
  nextAttempt,
  type RetryPolicy,
} from './retry-policy.ts';
export { type ConnectionTest, createScimClient, type ListQuery, type ScimClient } from './scim-client.ts';
export { type AddressFlag, readTargetAddress, type TargetAddress } from './target-address.ts';
export {
  categoryOfStatus,
  type TargetCategory,
  TargetError,
  type TargetErrorFacts,
  targetCategories,
} from './target-error.ts';
export { type FeatureOverrides, learnFeatures, type TargetFeatures } from './target-features.ts';
export type { ResourceChange } from './update-resource.ts';
