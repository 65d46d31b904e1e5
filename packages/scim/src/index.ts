export {
  bulkIdsIn,
  referredBulkId,
  resolveBulkIds,
  type SplitResource,
  splitLateReferences,
} from './bulk/bulk-references.ts';
export { type BulkStep, orderBulk } from './bulk/order-bulk.ts';
export {
  type BrokenOperation,
  BULK_REQUEST_SCHEMA,
  BULK_RESPONSE_SCHEMA,
  type BulkEntry,
  type BulkMethod,
  type BulkOperation,
  type BulkRequest,
  type ReadBulkOptions,
  readBulkRequest,
} from './bulk/read-bulk.ts';
export { parseDateTime } from './date-time.ts';
export { type Acceptance, acceptDeviation } from './dialect/accept-deviation.ts';
export { type DeviationFacts, deviationFacts, isDeviation } from './dialect/deviations.ts';
export type { Deviation, Dialect, DialectRule, NoteDeviation, Oddity } from './dialect/dialect.ts';
export { type DialectRuleFacts, type DialectRuleRow, dialectRuleFacts, dialectRules } from './dialect/dialect-rules.ts';
export { lenientDialect } from './dialect/lenient.ts';
export { strictDialect } from './dialect/strict.ts';
export {
  ERROR_SCHEMA,
  errorBody,
  type HttpRefusal,
  ScimError,
  type ScimErrorCode,
  type ScimErrorOptions,
  type ScimType,
  scimErrors,
} from './error.ts';
export { isAbsent } from './filter/compile-comparison.ts';
export type { CompareOperator, Filter, FilterLiteral } from './filter/filter.ts';
export { compileElementMatcher, compileMatcher, type MatchElement, type MatchResource } from './filter/match-filter.ts';
export { FILTER_DEPTH_MAX, FILTER_LENGTH_MAX, type FilterOptions, parseFilter } from './filter/parse-filter.ts';
export { printFilter } from './filter/print-filter.ts';
export { conjuncts, resolveElementFilter, resolveFilter } from './filter/resolve-filter.ts';
export type { ResolvedComparison, ResolvedFilter } from './filter/resolved-filter.ts';
export { equalsFolded, foldText } from './fold-text.ts';
export { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
export { type ApplyPatchOptions, applyPatch, type PatchedResource } from './patch/apply-patch.ts';
export { diffResources } from './patch/diff-resources.ts';
export { idsOfFilter } from './patch/ids-of-filter.ts';
export { PATCH_SCHEMA, type PatchOperation, type PatchVerb } from './patch/patch-operation.ts';
export { type PatchShape, patchBody } from './patch/print-patch.ts';
export { type ReadPatchOptions, readPatchRequest } from './patch/read-patch.ts';
export { sameJson } from './patch/same-json.ts';
export { type RelationOperation, type SplitPatch, splitRelations } from './patch/split-relations.ts';
export { type PathOptions, parseAttributePath } from './path/parse-attribute-path.ts';
export { parsePatchPath } from './path/parse-patch-path.ts';
export type { AttributePath, PatchPath } from './path/path.ts';
export { printAttributePath } from './path/print-attribute-path.ts';
export { printPath } from './path/print-path.ts';
export { type EntityTags, entityTag, parseEntityTags, passesIfMatch, passesIfNoneMatch } from './query/entity-tag.ts';
export { LIST_RESPONSE_SCHEMA, listResponse, listResponseText, type Page } from './query/list-response.ts';
export { type GivenPaging, readPaging } from './query/paging.ts';
export { type GivenProjection, type Projection, parseProjection, project } from './query/projection.ts';
export type { PageLimits, Query, SortOrder } from './query/query.ts';
export { readQuery } from './query/read-query.ts';
export { readSearchRequest, SEARCH_REQUEST_SCHEMA, type SearchRequestOptions } from './query/search-request.ts';
export { compileSort, readSort, type Sort, type SortKey, sortKey } from './query/sort.ts';
export { type ReadResourceOptions, readResource } from './resource/read-resource.ts';
export type { ReadOptions } from './resource/read-simple-value.ts';
export { readElement, readValue } from './resource/read-value.ts';
export { elementKey, settleElements } from './resource/settle-elements.ts';
export type { Attribute, AttributeType, ResourceType, Schema, SchemaExtension } from './schema/attribute.ts';
export { commonAttributes } from './schema/common-attributes.ts';
export { type AttributeDefinition, defineAttribute } from './schema/define-attribute.ts';
export { describeResourceType, RESOURCE_TYPE_SCHEMA } from './schema/describe-resource-type.ts';
export { describeSchema, SCHEMA_SCHEMA } from './schema/describe-schema.ts';
export {
  resourceTypeSchema,
  SERVICE_PROVIDER_CONFIG_SCHEMA,
  schemaSchema,
  serviceProviderConfigSchema,
} from './schema/discovery.ts';
export { ENTERPRISE_USER_SCHEMA, enterpriseUserSchema } from './schema/enterprise-user.ts';
export {
  type AttributeName,
  type FoundAttribute,
  findAttribute,
  findNamed,
  isWholeExtension,
} from './schema/find-attribute.ts';
export { GROUP_SCHEMA, groupSchema } from './schema/group.ts';
export { readSchema } from './schema/read-schema.ts';
export { groupType, userType } from './schema/resource-types.ts';
export { USER_SCHEMA, userSchema } from './schema/user.ts';
