import { compareValues } from './compare.ts';
import type { CallExpression, Expression, ExpressionWord } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import { inPlace } from './functions/function-definition.ts';
import { findFunction } from './functions/registry.ts';
import { parseExpression } from './parse-expression.ts';
import type { Step } from './step.ts';
import { booleanText, isFlow, type Outcome, skipAttribute, skipObject, sourceValue, textOrEmpty } from './value.ts';

/** An expression made ready to run many times. */
export interface CompiledExpression {
  readonly text: string;
  readonly expression: Expression;
  readonly step: Step;
  /** Source attributes the expression reads, each once, in order of first use. */
  readonly attributes: readonly string[];
  /** Functions the expression calls, each once. */
  readonly functions: readonly string[];
}

/**
 * Reads, checks and compiles an expression.
 * @throws {ExpressionError} `parse`, with the position of what does not fit
 */
export function compileExpression(text: string): CompiledExpression {
  const expression = parseExpression(text);
  const attributes = new Set<string>();
  const functions = new Set<string>();
  collect(expression, attributes, functions);
  return { text, expression, step: compileNode(expression), attributes: [...attributes], functions: [...functions] };
}

/** The step that reads a source attribute. Names that every object has by birth are looked up as own ones only. */
export function attributeStep(name: string): Step {
  if (name in Object.prototype) return (source) => sourceValue(Object.hasOwn(source, name) ? source[name] : null);
  return (source) => {
    const raw = source[name];
    return typeof raw === 'string' ? raw : sourceValue(raw);
  };
}

function compileNode(expression: Expression): Step {
  switch (expression.kind) {
    case 'attribute':
      return attributeStep(expression.name);
    case 'text':
      return constantStep(expression.value);
    case 'number':
      return constantStep(numberText(expression.written));
    case 'word':
      return constantStep(WORD_OUTCOMES[expression.name]);
    case 'call':
      return compileCall(expression);
    case 'compare':
      return compileCompare(expression);
    case 'concat':
      return compileConcat(expression);
  }
}

const WORD_OUTCOMES: Readonly<Record<ExpressionWord, Outcome>> = {
  True: 'True',
  False: 'False',
  vbTextCompare: 'vbTextCompare',
  vbBinaryCompare: 'vbBinaryCompare',
  Unicode: 'Unicode',
  ASCII: 'ASCII',
  UTF8: 'UTF8',
  IgnoreAttributeFlow: skipAttribute,
  IgnoreObjectFlow: skipObject,
};

function constantStep(outcome: Outcome): Step {
  return () => outcome;
}

/** A number counts as its written form; a hexadecimal one as its decimal form. */
function numberText(written: string): string {
  return written.startsWith('&') ? String(BigInt.asIntN(64, BigInt(`0x${written.slice(2)}`))) : written;
}

function compileCall(call: CallExpression): Step {
  const definition = findFunction(call.name);
  if (definition === undefined) throw new ExpressionError('parse', `there is no function ${call.name}`, call.position);
  const slots = call.slots.map((slot) => (slot === undefined ? undefined : compileNode(slot)));
  return definition.compile(slots, call);
}

function compileCompare(expression: Extract<Expression, { kind: 'compare' }>): Step {
  const left = compileNode(expression.left);
  const right = compileNode(expression.right);
  const place = { name: expression.operator, position: expression.position };
  return (source, context) => {
    const first = left(source, context);
    if (isFlow(first)) return first;
    const second = right(source, context);
    if (isFlow(second)) return second;
    return booleanText(inPlace(place, () => compareValues(expression.operator, first, second)));
  };
}

function compileConcat(expression: Extract<Expression, { kind: 'concat' }>): Step {
  const operands = expression.operands.map(compileNode);
  const place = { name: '&', position: expression.position };
  return (source, context) => {
    let text = '';
    for (const operand of operands) {
      const outcome = operand(source, context);
      if (isFlow(outcome)) return outcome;
      text += inPlace(place, () => textOrEmpty(outcome));
    }
    return text;
  };
}

function collect(expression: Expression, attributes: Set<string>, functions: Set<string>): void {
  switch (expression.kind) {
    case 'attribute':
      attributes.add(expression.name);
      return;
    case 'call':
      functions.add(expression.name);
      for (const slot of expression.slots) if (slot) collect(slot, attributes, functions);
      return;
    case 'compare':
      collect(expression.left, attributes, functions);
      collect(expression.right, attributes, functions);
      return;
    case 'concat':
      for (const operand of expression.operands) collect(operand, attributes, functions);
      return;
    default:
      return;
  }
}
