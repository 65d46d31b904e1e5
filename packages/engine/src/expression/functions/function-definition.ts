import type { CallExpression } from '../expression.ts';
import { ExpressionError } from '../expression-error.ts';
import type { EvaluationContext, SourceObject, Step } from '../step.ts';
import { isFlow, itemText, type Outcome, type Value } from '../value.ts';

/** One parameter, as Graph's `GET /schema/functions` lists it. */
export interface FunctionParameter {
  /** As the reference names it. */
  readonly name: string;
  /** As Graph names it in trees and in its list of functions, where that differs. */
  readonly graphName?: string;
  readonly required: boolean;
  /** The last parameter of a function may be given again and again. */
  readonly allowMultipleOccurrences: boolean;
  readonly type: 'Boolean' | 'Binary' | 'Reference' | 'Integer' | 'String';
}

/** A function of the expression language. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** Other signatures by the number of slots, such as FormatDateTime with three arguments. */
  readonly parametersFor?: (slotCount: number) => readonly FunctionParameter[] | undefined;
  /** Only allowed as the outermost function. */
  readonly isRootOnly?: boolean;
  /** Checks beyond the parameters. The answer is what is wrong, in words. */
  readonly check?: (call: CallExpression) => string | undefined;
  /** Makes the step of one call; a slot that is not given has no step. */
  readonly compile: (slots: readonly (Step | undefined)[], call: CallExpression) => Step;
}

/** Values of the slots; `undefined` is an argument that is not given, null one whose value is absent. */
export type Arguments = readonly (Value | undefined)[];

/** A function that needs all of its arguments before it starts. */
export type Apply = (values: Arguments, context: EvaluationContext) => Value;

/**
 * Parameters from a short form: `source`, `culture?`, `source*`, `start:Integer`, `switchValue*?`, and `oldValue?=Find` for
 * one that Graph names otherwise.
 */
export function parameters(...specs: readonly string[]): readonly FunctionParameter[] {
  return specs.map((spec) => {
    const [written = '', graphName] = spec.split('=');
    const [name = '', type = 'String'] = written.split(':');
    return {
      name: name.replace(/[?*]/g, ''),
      required: !name.includes('?'),
      allowMultipleOccurrences: name.includes('*'),
      type: parameterType(type),
      ...(graphName === undefined ? {} : { graphName }),
    };
  });
}

function parameterType(type: string): FunctionParameter['type'] {
  switch (type) {
    case 'Boolean':
    case 'Binary':
    case 'Reference':
    case 'Integer':
      return type;
    default:
      return 'String';
  }
}

/** The parameter a slot belongs to. */
export function parameterOf(
  definition: FunctionDefinition,
  index: number,
  slotCount: number,
): FunctionParameter | undefined {
  const list = definition.parametersFor?.(slotCount) ?? definition.parameters;
  const last = list.at(-1);
  return list[index] ?? (last?.allowMultipleOccurrences ? last : undefined);
}

/** Whether the last parameter may be given again and again. */
export function isRepeating(definition: FunctionDefinition): boolean {
  return definition.parameters.at(-1)?.allowMultipleOccurrences ?? false;
}

/** A function whose arguments are all evaluated first, from left to right. */
export function define(name: string, list: readonly FunctionParameter[], apply: Apply): FunctionDefinition {
  return { name, parameters: list, compile: (slots, call) => strictStep(slots, call, apply) };
}

/**
 * A function over one text. Null stays null, and a list is taken value by value (Entra documents this for Trim; it is the
 * natural reading elsewhere).
 */
export function defineText(
  name: string,
  list: readonly FunctionParameter[],
  apply: (text: string, values: Arguments, context: EvaluationContext) => string,
): FunctionDefinition {
  return define(name, list, (values, context) => {
    const source = values[0];
    if (source === null || source === undefined) return null;
    if (typeof source === 'string') return apply(source, values, context);
    return source.map((item) => apply(itemText(item), values, context));
  });
}

/** Evaluates the slots and applies the function to their values. A decision about the flow passes straight through. */
export function strictStep(slots: readonly (Step | undefined)[], call: CallExpression, apply: Apply): Step {
  return (source, context) => {
    const values: (Value | undefined)[] = [];
    for (const slot of slots) {
      const outcome = slot?.(source, context);
      if (outcome !== undefined && isFlow(outcome)) return outcome;
      values.push(outcome);
    }
    return inPlace(call, () => apply(values, context));
  };
}

/** Runs a part of a call or operator and gives errors without a place the name and place of it. */
export function inPlace<T>(call: Pick<CallExpression, 'name' | 'position'>, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.position !== undefined) throw error;
    throw new ExpressionError(error.kind, `${call.name}: ${error.message}`, call.position);
  }
}

/** The step of a slot that must be given; the static checks make sure that it is. */
export function requiredStep(slots: readonly (Step | undefined)[], index: number, call: CallExpression): Step {
  const step = slots[index];
  if (step === undefined) {
    throw new ExpressionError('parse', `${call.name}: argument ${index + 1} is missing`, call.position);
  }
  return step;
}

/** Evaluates an optional step; an argument that is not given is null. */
export function runOptional(step: Step | undefined, source: SourceObject, context: EvaluationContext): Outcome {
  return step === undefined ? null : step(source, context);
}
