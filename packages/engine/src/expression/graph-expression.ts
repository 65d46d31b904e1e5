import type { CallExpression, Expression } from './expression.ts';
import { parameterOf } from './functions/function-definition.ts';
import { findFunction } from './functions/registry.ts';
import { printExpression, printText } from './print-expression.ts';

/** `attributeMappingSource` of Microsoft Graph's synchronization schema. */
export interface GraphExpression {
  readonly expression: string;
  readonly name: string;
  readonly parameters: readonly { readonly key: string; readonly value: GraphExpression }[];
  readonly type: 'Attribute' | 'Constant' | 'Function';
}

/**
 * An expression as Graph shows it. Numbers and words are constants that hold text; `parameters` lists only given
 * arguments. Graph has no node for a comparison or for `&`: both are shown as a function named by the operator.
 */
export function graphExpression(expression: Expression): GraphExpression {
  switch (expression.kind) {
    case 'attribute':
      return { expression: printExpression(expression), name: expression.name, parameters: [], type: 'Attribute' };
    case 'text':
      return constant(expression.value);
    case 'number':
      return constant(expression.written);
    case 'word':
      return constant(expression.name);
    case 'call':
      return callNode(expression);
    case 'compare':
      return operation(expression, expression.operator, [expression.left, expression.right]);
    case 'concat':
      return operation(expression, '&', expression.operands);
  }
}

function constant(text: string): GraphExpression {
  return { expression: printText(text), name: text, parameters: [], type: 'Constant' };
}

function operation(expression: Expression, name: string, operands: readonly Expression[]): GraphExpression {
  const parameters = operands.map((operand) => ({ key: 'source', value: graphExpression(operand) }));
  return { expression: printExpression(expression), name, parameters, type: 'Function' };
}

function callNode(call: CallExpression): GraphExpression {
  const definition = findFunction(call.name);
  const parameters = call.slots.flatMap((slot, index) => {
    if (slot === undefined) return [];
    const parameter = definition && parameterOf(definition, index, call.slots.length);
    const key = parameter?.graphName ?? parameter?.name ?? `argument${index + 1}`;
    return [{ key, value: graphExpression(slot) }];
  });
  return { expression: printExpression(call), name: call.name, parameters, type: 'Function' };
}
