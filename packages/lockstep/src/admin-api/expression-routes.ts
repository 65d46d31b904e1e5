import { createRoute } from '@hono/zod-openapi';
import {
  type CompiledExpression,
  compileExpression,
  ExpressionError,
  type ExpressionResult,
  evaluate,
  findProblems,
  type Value,
} from '@lockstep/engine';
import { z } from 'zod';
import { doubtsOf } from '../apps/check-definition.ts';
import { LockstepError } from '../lockstep-error.ts';
import { optionalKey } from '../optional-key.ts';
import type { Services } from '../server/services.ts';
import type { AdminApi } from './create-admin-api.ts';
import { attributesSchema } from './entry-shape.ts';
import { answers, jsonSchema, problems, takes } from './shapes.ts';

const valueSchema: z.ZodType<Value> = z.union([
  z.string(),
  z.null(),
  z.array(z.union([z.string(), z.record(z.string(), jsonSchema)])),
]);

const resultSchema: z.ZodType<ExpressionResult> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: valueSchema, isRedacted: z.boolean() }),
  z.object({ kind: z.literal('candidates'), values: z.array(z.string()), isRedacted: z.boolean() }),
  z.object({ kind: z.literal('ignoreFlow') }),
  z.object({ kind: z.literal('ignoreObject') }),
]);

const warned = z.object({ warnings: z.array(z.string()) });

const run = createRoute({
  method: 'post',
  path: '/expressions/run',
  tags: ['expressions'],
  summary: 'Evaluates an expression over attributes that are given, or over those of a person',
  request: {
    body: takes(
      z.strictObject({
        expression: z.string().max(10_000),
        input: optionalKey(attributesSchema),
        user: optionalKey(z.string().max(1_000)),
      }),
    ),
  },
  responses: {
    200: answers('What it gives; warnings name what is doubtful in Entra', z.intersection(resultSchema, warned)),
    ...problems,
  },
});

/** Adds the route that evaluates expressions. */
export function addExpressionRoutes(api: AdminApi, services: Services): void {
  const { clock, random, directory } = services;
  api.openapi(run, async (context) => {
    const { expression, input, user } = context.req.valid('json');
    const compiled = compileWhole(expression);
    const person = user === undefined ? undefined : await directory.find('User', user);
    const source = { ...(person === undefined ? {} : { ...person.attributes, objectId: person.objectId }), ...input };
    const { defaultDomain } = services.settings;
    const result = evaluate(compiled, source, {
      nowMs: clock.nowMs(),
      random: () => random.fraction(),
      randomGuid: () => random.guid(),
      ...(defaultDomain === undefined ? {} : { defaultDomain }),
    });
    return context.json({ ...result, warnings: [...doubtsOf(expression)] }, 200);
  });
}

/** @throws {LockstepError} `invalidValue` with every problem */
function compileWhole(text: string): CompiledExpression {
  try {
    return compileExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const issues = findProblems(text).map(({ message, position }) => ({
      place: position === undefined ? 'expression' : `character ${position + 1}`,
      message,
    }));
    throw new LockstepError('invalidValue', error.message, { cause: error, issues });
  }
}
