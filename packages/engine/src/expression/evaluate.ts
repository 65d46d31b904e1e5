import type { CompiledExpression } from './compile-expression.ts';
import { ExpressionError } from './expression-error.ts';
import type { EvaluationContext, SourceObject } from './step.ts';
import { isFlow, type Outcome, type Value } from './value.ts';

/** What an expression gives for one source object. */
export type ExpressionResult =
  | {
      readonly kind: 'value';
      readonly value: Value;
      /** Redact took part: every log, preview and mail shows `[Redact]` instead. The value still flows. */
      readonly isRedacted: boolean;
    }
  /** Candidates of SelectUniqueValue, in order: the caller takes the first that is free in the target. */
  | { readonly kind: 'candidates'; readonly values: readonly string[]; readonly isRedacted: boolean }
  /** The attribute is left out of the operation. */
  | { readonly kind: 'ignoreFlow' }
  /** The object is left out of the cycle. */
  | { readonly kind: 'ignoreObject' };

/** What a log shows for a redacted value. */
export const REDACTED = '[Redact]';

/**
 * Runs a compiled expression over one complete source object.
 * @throws {ExpressionError} `eval`, with the call that failed. Values are left out of the message when Redact is involved.
 */
export function evaluate(
  compiled: CompiledExpression,
  source: SourceObject,
  context: EvaluationContext,
): ExpressionResult {
  if (!compiled.functions.includes('Redact')) return resultOf(compiled, compiled.step(source, context), false);
  let isRedacted = false;
  const onRedact = (): void => {
    isRedacted = true;
  };
  try {
    const outcome = compiled.step(source, { ...context, onRedact });
    return resultOf(compiled, outcome, isRedacted);
  } catch (error) {
    throw error instanceof ExpressionError ? withoutValues(error) : error;
  }
}

function resultOf(compiled: CompiledExpression, outcome: Outcome, isRedacted: boolean): ExpressionResult {
  if (isFlow(outcome)) return { kind: outcome.flow === 'attribute' ? 'ignoreFlow' : 'ignoreObject' };
  const { expression } = compiled;
  const offersCandidates = expression.kind === 'call' && expression.name === 'SelectUniqueValue';
  if (offersCandidates && outcome !== null && typeof outcome !== 'string') {
    return { kind: 'candidates', values: outcome.filter((item) => typeof item === 'string'), isRedacted };
  }
  return { kind: 'value', value: outcome, isRedacted };
}

function withoutValues(error: ExpressionError): ExpressionError {
  return new ExpressionError(error.kind, error.message.replace(/"(?:[^"\\]|\\.)*"/g, REDACTED), error.position);
}
