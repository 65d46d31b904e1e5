import { isTrue } from '../compare.ts';
import type { CallExpression } from '../expression.ts';
import { evaluationError } from '../expression-error.ts';
import type { Step } from '../step.ts';
import { booleanText, isEmpty, isFlow, readBoolean, skipAttribute, textOrEmpty, type Value } from '../value.ts';
import {
  define,
  type FunctionDefinition,
  inPlace,
  parameters,
  requiredStep,
  runOptional,
} from './function-definition.ts';

/** Conditions, choices and tests for absence. Choices evaluate only what they need. */
export const logicFunctions: readonly FunctionDefinition[] = [
  { name: 'IIF', parameters: parameters('condition:Boolean', 'valueIfTrue', 'valueIfFalse'), compile: compileIif },
  {
    name: 'Switch',
    parameters: parameters('source', 'defaultValue?', 'switchValue*?'),
    check: checkSwitch,
    compile: compileSwitch,
  },
  { name: 'Coalesce', parameters: parameters('source*'), compile: compileCoalesce },
  {
    name: 'IgnoreFlowIfNullOrEmpty',
    parameters: parameters('expression'),
    compile: (slots, call) => {
      const inner = requiredStep(slots, 0, call);
      return (source, context) => {
        const outcome = inner(source, context);
        return !isFlow(outcome) && isEmpty(outcome) ? skipAttribute : outcome;
      };
    },
  },
  define('CBool', parameters('expression'), ([value]) => booleanText(isTrue(value ?? null))),
  define('Not', parameters('source:Boolean'), ([value]) => booleanText(readBoolean(textOrEmpty(value)) !== true)),
  define('IsNull', parameters('expression'), ([value]) => booleanText(value === null)),
  define('IsNothing', parameters('source:Boolean'), ([value]) => booleanText(value === null)),
  define('IsNullOrEmpty', parameters('expression'), ([value]) => booleanText(isEmpty(value ?? null))),
  define('IsPresent', parameters('expression'), ([value]) => booleanText(!isEmpty(value ?? null))),
  define('Error', parameters('message'), ([message]) => {
    throw evaluationError(textOrEmpty(message));
  }),
];

function compileIif(slots: readonly (Step | undefined)[], call: CallExpression): Step {
  const condition = requiredStep(slots, 0, call);
  const ifTrue = requiredStep(slots, 1, call);
  const ifFalse = requiredStep(slots, 2, call);
  return (source, context) => {
    const outcome = condition(source, context);
    if (isFlow(outcome)) return outcome;
    return inPlace(call, () => isTrue(outcome)) ? ifTrue(source, context) : ifFalse(source, context);
  };
}

function checkSwitch(call: CallExpression): string | undefined {
  if (call.slots.length < 2) return 'a default slot is missing; it may be blank';
  if (call.slots.length % 2 !== 0) return 'keys and values come in pairs, so the number of arguments is even';
  return call.slots.slice(2).includes(undefined) ? 'a key or value is blank' : undefined;
}

interface SwitchCase {
  readonly key: Step;
  readonly value: Step;
}

/** Keys compare exactly; the empty key matches an empty and an absent source. No key, no default: null. */
function compileSwitch(slots: readonly (Step | undefined)[], call: CallExpression): Step {
  const subject = requiredStep(slots, 0, call);
  const fallback = slots[1];
  const cases: SwitchCase[] = [];
  for (let at = 2; at + 1 < slots.length; at += 2) {
    cases.push({ key: requiredStep(slots, at, call), value: requiredStep(slots, at + 1, call) });
  }
  return (source, context) => {
    const outcome = subject(source, context);
    if (isFlow(outcome)) return outcome;
    const text = exactText(outcome, call);
    for (const { key, value } of cases) {
      const candidate = key(source, context);
      if (isFlow(candidate)) return candidate;
      if (exactText(candidate, call) === text) return value(source, context);
    }
    return runOptional(fallback, source, context);
  };
}

function exactText(value: Value, call: CallExpression): string {
  return typeof value === 'string' ? value : inPlace(call, () => textOrEmpty(value));
}

/** The first source that is not null; an empty text counts as a value, except in the mode `extended`. */
function compileCoalesce(slots: readonly (Step | undefined)[]): Step {
  const given = slots.filter((slot) => slot !== undefined);
  return (source, context) => {
    for (const step of given) {
      const outcome = step(source, context);
      if (outcome !== null && !(context.mode === 'extended' && !isFlow(outcome) && isEmpty(outcome))) return outcome;
    }
    return null;
  };
}
