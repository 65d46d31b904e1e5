import { shownSteps } from '@lockstep/engine';
import type { LogRecord, WireExchange } from '@lockstep/engine/ports';
import { z } from 'zod';
import { optionalKey } from '../optional-key.ts';
import { timeText } from './shapes.ts';

/** A record of the provisioning log, with the app's name. */
export interface LogShape extends Omit<LogRecord, 'atMs'> {
  readonly app: string;
  readonly at: string;
}

const identity = z.object({ id: z.string(), displayName: z.string(), type: z.string() });

/** The form of a request and its answer. */
export const exchangeSchema: z.ZodType<WireExchange> = z.object({
  method: z.string(),
  path: z.string(),
  attempt: z.number(),
  durationMs: z.number(),
  status: optionalKey(z.number()),
  failure: optionalKey(z.string()),
  requestBody: optionalKey(z.string()),
  responseBody: optionalKey(z.string()),
});

/** The form of a log record. */
export const logSchema: z.ZodType<LogShape> = z.object({
  number: z.number(),
  id: z.string(),
  app: z.string(),
  jobId: z.string(),
  cycleId: z.string(),
  changeId: z.string(),
  at: z.string(),
  durationMs: z.number(),
  action: z.enum(['create', 'update', 'delete', 'disable', 'stagedDelete', 'other']),
  status: z.enum(['success', 'warning', 'failure', 'skipped']),
  error: optionalKey(z.object({ code: z.string(), reason: z.string(), recommendedAction: optionalKey(z.string()) })),
  source: identity,
  target: identity.nullable(),
  steps: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['import', 'scoping', 'matching', 'processing', 'referenceResolution', 'export']),
      status: z.enum(['success', 'warning', 'failure', 'skipped']),
      description: z.string(),
      details: optionalKey(z.record(z.string(), z.string())),
    }),
  ),
  modifiedProperties: z.array(
    z.object({ displayName: z.string(), oldValue: z.string().nullable(), newValue: z.string().nullable() }),
  ),
  isLinked: z.boolean(),
  wire: optionalKey(z.array(exchangeSchema)),
});

/** Shows a log record. */
export function showLog(record: LogRecord, app: string): LogShape {
  const { atMs, ...rest } = record;
  return { ...rest, steps: shownSteps(record), app, at: timeText(atMs) };
}
