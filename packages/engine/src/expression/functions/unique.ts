import type { CallExpression } from '../expression.ts';
import { evaluationError } from '../expression-error.ts';
import type { Step } from '../step.ts';
import { isFlow, oneText } from '../value.ts';
import { type FunctionDefinition, inPlace, parameters } from './function-definition.ts';

/** SelectUniqueValue: the first rule whose value no other account of the target has. */
export const uniqueFunctions: readonly FunctionDefinition[] = [
  {
    name: 'SelectUniqueValue',
    parameters: parameters('uniqueValueRule1', 'uniqueValueRule2*'),
    isRootOnly: true,
    compile: compileSelectUniqueValue,
  },
];

/**
 * With `isTaken` in the context the first free value, else all candidates in order, for a caller that has to ask the target.
 * Rules without a value are passed over.
 */
function compileSelectUniqueValue(slots: readonly (Step | undefined)[], call: CallExpression): Step {
  const rules = slots.filter((slot) => slot !== undefined);
  return (source, context) => {
    const candidates: string[] = [];
    for (const rule of rules) {
      const outcome = rule(source, context);
      if (isFlow(outcome)) return outcome;
      const value = inPlace(call, () => oneText(outcome));
      if (value === null || value === '') continue;
      if (context.isTaken !== undefined && !context.isTaken(value)) return value;
      candidates.push(value);
    }
    if (context.isTaken === undefined) return candidates;
    return inPlace(call, () => {
      throw evaluationError(`all ${candidates.length} values are taken in the target`);
    });
  };
}
