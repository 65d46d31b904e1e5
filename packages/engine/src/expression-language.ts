/** The expression language for editors: reading, problems with their places, and what functions there are. Runs anywhere. */
export { ExpressionError } from './expression/expression-error.ts';
export { type Doubt, findDoubts } from './expression/find-doubts.ts';
export type { FunctionDefinition, FunctionParameter } from './expression/functions/function-definition.ts';
export { functionSignature, functionSummaries } from './expression/functions/function-summaries.ts';
export { expressionFunctions } from './expression/functions/registry.ts';
export { findProblems, parseExpression } from './expression/parse-expression.ts';
export { computedAttributes } from './mapping/source-object.ts';
