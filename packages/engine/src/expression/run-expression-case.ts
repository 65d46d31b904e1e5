import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@lockstep/scim';
import { compileExpression } from './compile-expression.ts';
import { readDate } from './date/read-date.ts';
import { type ExpressionResult, evaluate, REDACTED } from './evaluate.ts';
import { ExpressionError, type ExpressionErrorKind } from './expression-error.ts';
import { type GraphExpression, graphExpression } from './graph-expression.ts';
import type { EvaluationContext } from './step.ts';
import { itemText } from './value.ts';

/** One case of `lockstep expression run --cases`. */
export interface ExpressionCase {
  readonly id: string;
  /** `_parse` asks for the expression's tree instead of its value. */
  readonly fn?: string;
  readonly expression: string;
  readonly inputs: JsonObject;
  readonly env?: {
    /** ISO date and time, UTC. */
    readonly now?: string;
    readonly defaultDomain?: string;
    /** Values that are taken in the target. */
    readonly existing?: readonly string[];
  };
}

/** The answer to one case: one JSON line of `lockstep expression run --cases`. */
export interface ExpressionCaseAnswer {
  readonly id: string;
  readonly result:
    | { readonly value: string | null | readonly string[] }
    | { readonly ignoreFlow: true }
    | { readonly ignoreObject: true }
    | { readonly ast: GraphExpression }
    | { readonly error: { readonly kind: ExpressionErrorKind; readonly message: string; readonly position?: number } };
  /** What a log shows, when it differs from the value. */
  readonly log?: string;
}

/** Runs one case. A mistake in the expression is an answer too; only a broken invariant throws. */
export function runExpressionCase(one: ExpressionCase, base: EvaluationContext): ExpressionCaseAnswer {
  try {
    const compiled = compileExpression(one.expression);
    if (one.fn === '_parse') return { id: one.id, result: { ast: graphExpression(compiled.expression) } };
    return answerOf(one.id, evaluate(compiled, one.inputs, caseContext(one, base)));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { kind, message, position } = error;
    return { id: one.id, result: { error: position === undefined ? { kind, message } : { kind, message, position } } };
  }
}

function caseContext(one: ExpressionCase, base: EvaluationContext): EvaluationContext {
  const now = one.env?.now === undefined ? undefined : readDate(one.env.now, base.nowMs);
  const taken = new Set((one.env?.existing ?? []).map((value) => value.toLowerCase()));
  const { nowMs, random, randomGuid, mode } = base;
  const defaultDomain = one.env === undefined ? base.defaultDomain : one.env.defaultDomain;
  return {
    nowMs: now?.ms ?? nowMs,
    random,
    randomGuid,
    isTaken: (value) => taken.has(value.toLowerCase()),
    ...(defaultDomain === undefined ? {} : { defaultDomain }),
    ...(mode === undefined ? {} : { mode }),
  };
}

function answerOf(id: string, result: ExpressionResult): ExpressionCaseAnswer {
  switch (result.kind) {
    case 'ignoreFlow':
      return { id, result: { ignoreFlow: true } };
    case 'ignoreObject':
      return { id, result: { ignoreObject: true } };
    case 'candidates':
      return withLog({ id, result: { value: result.values } }, result.isRedacted);
    case 'value': {
      const { value } = result;
      const shown = value === null || typeof value === 'string' ? value : value.map(itemText);
      return withLog({ id, result: { value: shown } }, result.isRedacted);
    }
  }
}

function withLog(answer: ExpressionCaseAnswer, isRedacted: boolean): ExpressionCaseAnswer {
  return isRedacted ? { ...answer, log: REDACTED } : answer;
}

/**
 * Reads one case from JSON.
 * @throws {ExpressionError} `parse` when id, expression or inputs are missing
 */
export function readExpressionCase(json: Json): ExpressionCase {
  if (!isJsonObject(json)) throw new ExpressionError('parse', 'a case must be a JSON object');
  const { id, fn, expression, inputs, env } = {
    id: json['id'],
    fn: json['fn'],
    expression: json['expression'],
    inputs: json['inputs'] ?? {},
    env: json['env'],
  };
  if (typeof id !== 'string' || typeof expression !== 'string' || !isJsonObject(inputs)) {
    throw new ExpressionError('parse', 'a case needs id, expression and inputs');
  }
  return {
    id,
    expression,
    inputs,
    ...(typeof fn === 'string' ? { fn } : {}),
    ...(isJsonObject(env) ? { env: readEnvironment(env) } : {}),
  };
}

function readEnvironment(env: JsonObject): NonNullable<ExpressionCase['env']> {
  const now = env['now'];
  const domain = env['defaultDomain'];
  const existing = env['existing'];
  return {
    ...(typeof now === 'string' ? { now } : {}),
    ...(typeof domain === 'string' ? { defaultDomain: domain } : {}),
    ...(isJsonArray(existing) ? { existing: existing.filter((value) => typeof value === 'string') } : {}),
  };
}
