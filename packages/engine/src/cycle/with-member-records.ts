import type { LogRecord } from '../log/log-record.ts';

const BY_WEIGHT = ['skipped', 'success', 'warning', 'failure'] as const;

/**
 * What happened to a group on demand, as one record: members are compared after the group itself and logged batch by
 * batch. A group that is equal but for its members was changed.
 *
 * @param own the record of the group itself
 * @param members records of its members, in the order they were written
 */
export function withMemberRecords(own: LogRecord, members: readonly LogRecord[]): LogRecord {
  if (members.length === 0) return own;
  const isOnlyMembers = own.error?.code === 'RedundantExport';
  const all = isOnlyMembers ? members : [own, ...members];
  const worst = all.reduce((worse, one) => (weight(one) > weight(worse) ? one : worse));
  const { error: _own, wire: _wire, ...rest } = own;
  const wire = [own, ...members].flatMap((one) => one.wire ?? []);
  const ownSteps = isOnlyMembers ? own.steps.filter((step) => step.name !== 'EntrySynchronizationSkip') : own.steps;
  return {
    ...rest,
    action: isOnlyMembers ? worst.action : own.action,
    status: worst.status,
    ...(worst.error === undefined ? {} : { error: worst.error }),
    durationMs: [own, ...members].reduce((sum, one) => sum + one.durationMs, 0),
    steps: [...ownSteps, ...members.flatMap((one) => one.steps)],
    modifiedProperties: [own, ...members].flatMap((one) => one.modifiedProperties),
    ...(wire.length === 0 ? {} : { wire }),
  };
}

function weight({ status }: LogRecord): number {
  return BY_WEIGHT.indexOf(status);
}
