import type { CallExpression, Expression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type FunctionDefinition, isRepeating } from './functions/function-definition.ts';
import { findFunction, suggestFunction } from './functions/registry.ts';

/** Static checks of a parsed expression: every call that is wrong, in the order they are written. */
export function checkExpression(expression: Expression): readonly ExpressionError[] {
  const problems: ExpressionError[] = [];
  checkNode(expression, { isRoot: true, problems });
  return problems;
}

interface Checking {
  readonly isRoot: boolean;
  readonly problems: ExpressionError[];
}

function checkNode(expression: Expression, { isRoot, problems }: Checking): void {
  const inner = { isRoot: false, problems };
  switch (expression.kind) {
    case 'call': {
      const problem = callProblem(expression, isRoot);
      if (problem !== undefined) problems.push(new ExpressionError('parse', problem, expression.position));
      for (const slot of expression.slots) if (slot) checkNode(slot, inner);
      return;
    }
    case 'compare':
      checkNode(expression.left, inner);
      checkNode(expression.right, inner);
      return;
    case 'concat':
      for (const operand of expression.operands) checkNode(operand, inner);
      return;
    default:
      return;
  }
}

function callProblem(call: CallExpression, isRoot: boolean): string | undefined {
  const definition = findFunction(call.name);
  if (definition === undefined) {
    const suggestion = suggestFunction(call.name);
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    return `there is no function ${call.name}${hint}`;
  }
  if (definition.isRootOnly && !isRoot) return `${call.name} must be the outermost function`;
  const arity = arityProblem(call, definition);
  if (arity !== undefined) return arity;
  const problem = definition.check?.(call);
  return problem === undefined ? undefined : `${call.name}: ${problem}`;
}

function arityProblem(call: CallExpression, definition: FunctionDefinition): string | undefined {
  const { slots } = call;
  const parameters = definition.parametersFor?.(slots.length) ?? definition.parameters;
  if (slots.length > slotsMax(definition, slots, parameters.length)) {
    const count = parameters.length === 0 ? 'no argument' : `at most ${parameters.length}`;
    return `${call.name} takes ${count}, but ${slots.length} are given`;
  }
  const index = parameters.findIndex((parameter, at) => parameter.required && slots[at] === undefined);
  if (index === -1) return undefined;
  const missing = index < slots.length ? 'is blank' : 'is missing';
  return `${call.name}: argument ${index + 1} (${parameters[index]?.name ?? ''}) ${missing}`;
}

/** One blank slot behind the last argument is tolerated: `ToLower(Mid([a], 1, 2), )` is written in Entra's own guides. */
function slotsMax(definition: FunctionDefinition, slots: CallExpression['slots'], count: number): number {
  if (isRepeating(definition)) return Number.POSITIVE_INFINITY;
  const hasBlankEnd = count > 0 && slots.length === count + 1 && slots.at(-1) === undefined;
  return hasBlankEnd ? count + 1 : count;
}
