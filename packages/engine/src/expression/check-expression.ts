import type { CallExpression, Expression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { type FunctionDefinition, isRepeating } from './functions/function-definition.ts';
import { findFunction, suggestFunction } from './functions/registry.ts';

/**
 * Static checks of a parsed expression.
 * @throws {ExpressionError} `parse`, with the position of the call that is wrong
 */
export function checkExpression(expression: Expression): void {
  checkNode(expression, true);
}

function checkNode(expression: Expression, isRoot: boolean): void {
  switch (expression.kind) {
    case 'call':
      checkCall(expression, isRoot);
      for (const slot of expression.slots) if (slot) checkNode(slot, false);
      return;
    case 'compare':
      checkNode(expression.left, false);
      checkNode(expression.right, false);
      return;
    case 'concat':
      for (const operand of expression.operands) checkNode(operand, false);
      return;
    default:
      return;
  }
}

function checkCall(call: CallExpression, isRoot: boolean): void {
  const definition = findFunction(call.name);
  if (definition === undefined) {
    const suggestion = suggestFunction(call.name);
    const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
    throw new ExpressionError('parse', `there is no function ${call.name}${hint}`, call.position);
  }
  if (definition.isRootOnly && !isRoot) {
    throw new ExpressionError('parse', `${call.name} must be the outermost function`, call.position);
  }
  checkArity(call, definition);
  const problem = definition.check?.(call);
  if (problem !== undefined) throw new ExpressionError('parse', `${call.name}: ${problem}`, call.position);
}

function checkArity(call: CallExpression, definition: FunctionDefinition): void {
  const { slots } = call;
  const parameters = definition.parametersFor?.(slots.length) ?? definition.parameters;
  if (slots.length > slotsMax(definition, slots, parameters.length)) {
    const count = parameters.length === 0 ? 'no argument' : `at most ${parameters.length}`;
    throw new ExpressionError('parse', `${call.name} takes ${count}, but ${slots.length} are given`, call.position);
  }
  parameters.forEach((parameter, index) => {
    if (!parameter.required || slots[index] !== undefined) return;
    const missing = index < slots.length ? 'is blank' : 'is missing';
    throw new ExpressionError(
      'parse',
      `${call.name}: argument ${index + 1} (${parameter.name}) ${missing}`,
      call.position,
    );
  });
}

/** One blank slot behind the last argument is tolerated: `ToLower(Mid([a], 1, 2), )` is written in Entra's own guides. */
function slotsMax(definition: FunctionDefinition, slots: CallExpression['slots'], count: number): number {
  if (isRepeating(definition)) return Number.POSITIVE_INFINITY;
  const hasBlankEnd = count > 0 && slots.length === count + 1 && slots.at(-1) === undefined;
  return hasBlankEnd ? count + 1 : count;
}
