import type { Exchange } from '@lockstep/scim/client';
import type { CycleRun } from '../cycle/cycle-run.ts';
import type { Examined } from '../cycle/examined.ts';
import type { Change } from '../plan/plan.ts';
import type { LogIdentity, LogRecord, LogStep } from './log-record.ts';
import { recommendedActionFor } from './recommended-action.ts';
import { toModifiedProperties } from './steps.ts';
import { toWire } from './wire-trace.ts';

/** What became of an object, as the log tells it. */
export interface RecordFacts {
  readonly action: LogRecord['action'];
  readonly status: LogRecord['status'];
  readonly targetId?: string | undefined;
  readonly error?: LogRecord['error'];
  readonly changes?: readonly Change[];
  readonly isLinked?: boolean;
  readonly steps: readonly LogStep[];
  readonly startedMs: number;
  /** What went over the wire for it. */
  readonly wire?: readonly Exchange[] | undefined;
  /** Texts the log must not hold. */
  readonly secrets?: readonly string[];
}

/** Builds the log entry of one object in one cycle. */
export function makeRecord(
  run: CycleRun,
  of: Pick<Examined, 'objectType' | 'id' | 'displayName'>,
  facts: RecordFacts,
): LogRecord {
  const { clock, random } = run.ports;
  const nowMs = clock.nowMs();
  const type = run.job.objects[of.objectType].mapping.type.schema.id;
  const target: LogIdentity | null =
    facts.targetId === undefined ? null : { id: facts.targetId, displayName: of.displayName, type };
  return {
    number: 0,
    id: random.guid(),
    jobId: run.job.definition.id,
    cycleId: run.cycleId,
    changeId: random.guid(),
    atMs: nowMs,
    durationMs: nowMs - facts.startedMs,
    action: facts.action,
    status: facts.status,
    ...(facts.error === undefined ? {} : { error: withAction(facts.error) }),
    source: { id: of.id, displayName: of.displayName, type: of.objectType === 'user' ? 'User' : 'Group' },
    target,
    steps: facts.steps,
    modifiedProperties: toModifiedProperties(facts.changes ?? []),
    isLinked: facts.isLinked ?? false,
    ...(facts.wire === undefined || facts.wire.length === 0 ? {} : { wire: toWire(facts.wire, facts.secrets ?? []) }),
  };
}

function withAction(error: NonNullable<LogRecord['error']>): NonNullable<LogRecord['error']> {
  return error.recommendedAction === undefined
    ? { ...error, recommendedAction: recommendedActionFor(error.code) }
    : error;
}
