import type { Escrow, LifeState } from '@lockstep/engine/ports';
import { z } from 'zod';
import type { App } from '../apps/app-service.ts';
import type { Explanation } from '../explain/explain-object.ts';
import type { AppExplanation } from '../explain/explain-service.ts';
import { optionalKey } from '../optional-key.ts';
import { type LogShape, logSchema, showLog } from './log-shape.ts';
import { timeText } from './shapes.ts';
import { type StagedShape, showStaged, stagedSchema } from './staged-shape.ts';
import { codeOf } from './status-shape.ts';

/** A stored failure that is tried again. */
export interface FailureShape {
  readonly errorCode: string;
  readonly message: string;
  readonly failures: number;
  readonly nextAttempt: string;
}

/** Whether the job of an app goes on by itself, and if not, why. */
export interface StandingShape {
  readonly state: LifeState;
  /** One sentence; absent where the state says all. */
  readonly because?: string;
  /** In quarantine: not before this does the schedule run a cycle. */
  readonly nextAttempt?: string;
}

/** Everything that decides about one person or group. */
export interface ExplanationShape
  extends Omit<Explanation, 'failure' | 'referenceFailure' | 'staged' | 'records' | 'life'> {
  readonly failure?: FailureShape;
  readonly referenceFailure?: FailureShape;
  readonly staged: readonly StagedShape[];
  readonly records: readonly LogShape[];
  readonly standing: StandingShape;
}

/** What one app does with somebody. */
export interface AppExplanationShape {
  readonly appId: string;
  readonly app: string;
  /** Absent when the app cannot be judged; then `fault` says why. */
  readonly explanation?: ExplanationShape;
  readonly fault?: string;
}

const failureSchema: z.ZodType<FailureShape> = z.object({
  errorCode: z.string(),
  message: z.string(),
  failures: z.number(),
  nextAttempt: z.string(),
});

const standingSchema: z.ZodType<StandingShape> = z.object({
  state: z.enum(['NotConfigured', 'NotRun', 'Active', 'Paused', 'Quarantine', 'Disabled']),
  because: optionalKey(z.string()),
  nextAttempt: optionalKey(z.string()),
});

const changeSchema = z.object({
  attribute: z.string(),
  oldValue: z.string().nullable(),
  newValue: z.string().nullable(),
});

const assignedSchema = z.object({
  objectId: z.string(),
  displayName: z.string().nullable(),
  how: z.enum(['direct', 'group', 'nested']),
  counts: z.boolean(),
});

const nextSchema = z.object({
  do: z.enum(['match', 'create', 'update', 'disable', 'delete', 'nothing', 'skip', 'fail']),
  text: z.string(),
  changes: z.array(changeSchema),
});

/** The form of an explanation. */
export const explanationSchema: z.ZodType<ExplanationShape> = z.object({
  objectType: z.enum(['user', 'group']),
  sourceId: z.string(),
  displayName: z.string(),
  inScope: z.boolean(),
  scope: z.string(),
  because: optionalKey(z.enum(['not-assigned', 'filter', 'soft-deleted', 'hard-deleted', 'disabled'])),
  filter: optionalKey(z.string()),
  assignedBy: z.array(assignedSchema),
  targetId: optionalKey(z.string()),
  account: optionalKey(z.string()),
  linkState: optionalKey(z.enum(['managed', 'released'])),
  roles: z.array(z.string()),
  failure: optionalKey(failureSchema),
  referenceFailure: optionalKey(failureSchema),
  staged: z.array(stagedSchema),
  waitsFor: z.array(z.object({ attribute: z.string(), referencedId: z.string() })),
  records: z.array(logSchema),
  next: optionalKey(nextSchema),
  standing: standingSchema,
  sentences: z.array(z.string()),
});

/** The form of what one app does with somebody. */
export const appExplanationSchema: z.ZodType<AppExplanationShape> = z.object({
  appId: z.string(),
  app: z.string(),
  explanation: optionalKey(explanationSchema),
  fault: optionalKey(z.string()),
});

/** Shows an explanation. */
export function showExplanation(
  explanation: Explanation,
  app: Pick<App, 'definition' | 'hasSecret'>,
): ExplanationShape {
  const { failure, referenceFailure, staged, records, life, ...rest } = explanation;
  return {
    ...rest,
    ...(failure === undefined ? {} : { failure: showFailure(failure) }),
    ...(referenceFailure === undefined ? {} : { referenceFailure: showFailure(referenceFailure) }),
    staged: staged.map(showStaged),
    records: records.map((record) => showLog(record, app.definition.name)),
    standing: standingOf(app, life),
  };
}

/** Shows what one app does; of the log only what was done and when, since the log itself has the rest. */
export function showAppExplanation(one: AppExplanation): AppExplanationShape {
  const { app } = one;
  const named = { appId: app.id, app: app.definition.name };
  if ('fault' in one) return { ...named, fault: one.fault };
  const explanation = showExplanation(one.explanation, app);
  const records = explanation.records.map(({ wire: _wire, ...record }) => ({ ...record, steps: [] }));
  return { ...named, explanation: { ...explanation, records } };
}

function standingOf(app: Pick<App, 'definition' | 'hasSecret'>, life: Explanation['life']): StandingShape {
  const { quarantine, because } = life;
  // Told of a paused app too: what is wrong with it stays wrong.
  if (app.hasSecret && life.state === 'Quarantine' && quarantine !== undefined) {
    return { state: life.state, because: quarantine.message, nextAttempt: timeText(quarantine.nextAttemptMs) };
  }
  const state = codeOf(app, life);
  return state === 'Disabled' && because !== undefined ? { state, because } : { state };
}

function showFailure({ errorCode, message, failures, nextAttemptMs }: Escrow): FailureShape {
  return { errorCode, message, failures, nextAttempt: timeText(nextAttemptMs) };
}
