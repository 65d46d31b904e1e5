export type {
  AttributeMapping,
  MappingSource,
  ObjectMapping,
  ScopeClause,
  ScopeFilter,
  ScopeOperator,
  TargetActions,
  TargetAttribute,
} from '@lockstep/gallery';
export { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts';
export { CycleError, type CycleErrorCode, JobBusyError } from './cycle/cycle-error.ts';
export type { CycleEvent, CyclePorts } from './cycle/cycle-ports.ts';
export { type PlannedObject, planCycle } from './cycle/plan-cycle.ts';
export { type OnDemandSubject, provisionOnDemand, UnknownSubjectError } from './cycle/provision-on-demand.ts';
export { runCycle } from './cycle/run-cycle.ts';
export { attributeStep, type CompiledExpression, compileExpression } from './expression/compile-expression.ts';
export { type ExpressionResult, evaluate, REDACTED } from './expression/evaluate.ts';
export type { CallExpression, ComparisonOperator, Expression, ExpressionWord } from './expression/expression.ts';
export { ExpressionError, type ExpressionErrorKind } from './expression/expression-error.ts';
export type { FunctionDefinition, FunctionParameter } from './expression/functions/function-definition.ts';
export { expressionFunctions } from './expression/functions/registry.ts';
export { type GraphExpression, graphExpression } from './expression/graph-expression.ts';
export { EXPRESSION_DEPTH_MAX, EXPRESSION_LENGTH_MAX, parseExpression } from './expression/parse-expression.ts';
export { printExpression } from './expression/print-expression.ts';
export { compileRegex, isRegexProblem, type Regex, type RegexMatch, type RegexProblem } from './expression/regex.ts';
export {
  type ExpressionCase,
  type ExpressionCaseAnswer,
  readExpressionCase,
  runExpressionCase,
} from './expression/run-expression-case.ts';
export type { EvaluationContext, SourceObject } from './expression/step.ts';
export type { Value, ValueItem } from './expression/value.ts';
export { type GuardLimits, type GuardVerdict, judgeRemovals } from './guard/guard.ts';
export { type CompiledJob, type CompiledObject, compileJob } from './job/compile-job.ts';
export type { JobDefinition, JobSchedule } from './job/job-definition.ts';
export { buildResource } from './mapping/build-resource.ts';
export { type CompiledMapping, type CompiledObjectMapping, compileMapping } from './mapping/compile-mapping.ts';
export {
  jsonText,
  type MappedReference,
  type MappedResource,
  type MappedValue,
  type MapResult,
  mapObject,
  shownValue,
} from './mapping/map-object.ts';
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
export {
  type FailedFilter,
  type JobScope,
  judgeGroupScope,
  judgeScope,
  type OutOfScope,
  type ScopeVerdict,
} from './scope/judge-scope.ts';
export { type CompiledClause, type CompiledFilter, compileFilters } from './scope/scoping-filter.ts';
