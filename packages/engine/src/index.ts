export type {
  AllCondition,
  AnyCondition,
  AttributeMapping,
  FlowType,
  MappingSource,
  ObjectMapping,
  ScopeClause,
  ScopeCondition,
  ScopeFilter,
  ScopeOperator,
  TargetActions,
  TargetAttribute,
  TargetAttributeType,
  TargetMutability,
} from '@lockstep/gallery';
export { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts';
export { CycleError, type CycleErrorCode, JobBusyError } from './cycle/cycle-error.ts';
export type { CycleEvent, CyclePorts } from './cycle/cycle-ports.ts';
export type { SourceObjectOf } from './cycle/examined.ts';
export { type Foreseen, foreseeObject } from './cycle/foresee-object.ts';
export { type PlannedObject, planCycle } from './cycle/plan-cycle.ts';
export { type OnDemandSubject, provisionOnDemand, UnknownSubjectError } from './cycle/provision-on-demand.ts';
export { runCycle } from './cycle/run-cycle.ts';
export {
  type AccountClass,
  buildPeopleIndex,
  type ClassifiedAccount,
  classifyAccounts,
  type FoundPerson,
  type PeopleIndex,
} from './discovery/classify-accounts.ts';
export { compareApp, type DriftClass, type DriftFinding } from './drift/compare-app.ts';
export { type DriftOutcome, fixDrift } from './drift/fix-drift.ts';
export { attributeStep, type CompiledExpression, compileExpression } from './expression/compile-expression.ts';
export { type ExpressionResult, evaluate, REDACTED } from './expression/evaluate.ts';
export type { CallExpression, ComparisonOperator, Expression, ExpressionWord } from './expression/expression.ts';
export { ExpressionError, type ExpressionErrorKind } from './expression/expression-error.ts';
export { type Doubt, findDoubts, SIBLING_FUNCTIONS } from './expression/find-doubts.ts';
export type { FunctionDefinition, FunctionParameter } from './expression/functions/function-definition.ts';
export { functionSignature, functionSummaries } from './expression/functions/function-summaries.ts';
export { expressionFunctions } from './expression/functions/registry.ts';
export { type GraphExpression, graphExpression } from './expression/graph-expression.ts';
export {
  EXPRESSION_DEPTH_MAX,
  EXPRESSION_LENGTH_MAX,
  EXPRESSION_PROBLEMS_MAX,
  findProblems,
  parseExpression,
} from './expression/parse-expression.ts';
export { printExpression } from './expression/print-expression.ts';
export { compileRegex, isRegexProblem, type Regex, type RegexMatch, type RegexProblem } from './expression/regex.ts';
export {
  type ExpressionCase,
  type ExpressionCaseAnswer,
  readExpressionCase,
  runExpressionCase,
} from './expression/run-expression-case.ts';
export type { EvaluationContext, ExpressionMode, SourceObject } from './expression/step.ts';
export type { Value, ValueItem } from './expression/value.ts';
export {
  type GraphFinding,
  type GraphIssue,
  type GraphSchema,
  GraphSchemaError,
} from './graph-schema/graph-schema.ts';
export { plainMapping } from './graph-schema/plain-mapping.ts';
export { type GraphBase, type GraphReading, readGraphSchema } from './graph-schema/read-graph-schema.ts';
export { type GraphDefinition, type GraphWriteOptions, writeGraphSchema } from './graph-schema/write-graph-schema.ts';
export { type GuardLimits, type GuardVerdict, judgeCount, judgeRemovals, type RemovalCounts } from './guard/guard.ts';
export { type CompiledJob, type CompiledObject, compileJob } from './job/compile-job.ts';
export { directoryOf } from './job/directory-of.ts';
export type { JobDefinition, JobDrift, JobNotify, JobSchedule } from './job/job-definition.ts';
export { changeLife, type LifeChange, scheduleOf } from './lifecycle/change-life.ts';
export { countOrphans, type Orphans } from './lifecycle/count-orphans.ts';
export { type RestartEffects, type RestartScope, restartEffects } from './lifecycle/restart.ts';
export { type LifeEffect, type LifeEvent, type Transition, transitions } from './lifecycle/transitions.ts';
export { recommendedActionFor } from './log/recommended-action.ts';
export { shownSteps } from './log/steps.ts';
export { toWire } from './log/wire-trace.ts';
export {
  type AttributeChange,
  type AttributeListFacts,
  addAttribute,
  changeAttribute,
  deleteAttribute,
} from './mapping/attribute-list.ts';
export { buildResource } from './mapping/build-resource.ts';
export { type CompiledMapping, type CompiledObjectMapping, compileMapping } from './mapping/compile-mapping.ts';
export { deleteMappingRow, setMappingRow } from './mapping/edit-mapping.ts';
export { findRowProblems, type RowProblem } from './mapping/find-row-problems.ts';
export {
  jsonText,
  type MappedReference,
  type MappedResource,
  type MappedValue,
  type MapResult,
  mapObject,
  shownValue,
} from './mapping/map-object.ts';
export { previewRows, type RowPreview } from './mapping/preview-rows.ts';
export { readTarget } from './mapping/read-target.ts';
export { groupSource, userSource } from './mapping/source-object.ts';
export { ROLE_TYPE, readTargetPath, type TargetPath, type TargetShape } from './mapping/target-path.ts';
export { judgeMatch, type Match, type MatchLookup, type MatchPlan, planMatch } from './match/match-plan.ts';
export { type Difference, diffValues } from './plan/diff-values.ts';
export type { Change, LinkAfter, NothingBecause, Plan } from './plan/plan.ts';
export { planObject, type Seen } from './plan/plan-object.ts';
export {
  MEMBER_BATCH_DEFAULT,
  type MemberBatch,
  planMembers,
  planReference,
  type ReferencePlan,
  type WantedReference,
} from './plan/plan-references.ts';
export type * from './ports/index.ts';
export { type CycleEvidence, type CycleVerdict, judgeCycle } from './quarantine/judge-cycle.ts';
export {
  judgeFailures,
  type QuarantineCause,
  type QuarantineLimits,
  quarantineDefaults,
} from './quarantine/judge-failures.ts';
export { isQuarantineOver, nextQuarantine, QUARANTINE_DAYS_MAX } from './quarantine/quarantine-ladder.ts';
export { applyRollback, planRollback, type RollbackItem, type RollbackOutcome } from './rollback/rollback.ts';
export {
  type FailedFilter,
  filterSource,
  type JobScope,
  judgeGroupScope,
  judgeScope,
  type OutOfScope,
  passedFilter,
  type ScopeVerdict,
} from './scope/judge-scope.ts';
export { previewGroupScope, previewScope, type ScopeFailureCount, type ScopePreview } from './scope/preview-scope.ts';
export {
  CLAUSES_MAX,
  CONDITION_DEPTH_MAX,
  type CompiledClause,
  type CompiledCondition,
  type CompiledFilter,
  compileFilters,
  groupsNamedBy,
} from './scope/scoping-filter.ts';
export { unusableReason } from './scope/unusable-attribute.ts';
export { applyPlan, type ItemOutcome } from './staged-plan/apply-plan.ts';
export { type StagedPage, stageCycle } from './staged-plan/stage-cycle.ts';
export type { StagedItem } from './staged-plan/staged-item.ts';
export { createWire } from './wire/create-wire.ts';
