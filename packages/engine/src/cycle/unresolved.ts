import type { LogRecord } from '../log/log-record.ts';
import { makeRecord } from '../log/make-record.ts';
import type { ObjectType, PendingReference } from '../ports/engine-store.ts';
import type { CycleRun } from './cycle-run.ts';

const CODE = 'UnableToResolveReferenceAttributeValue';
const NAMES_MAX = 20;
const PAGE = 500;

/** Names of people of the directory, the first twenty, for the log. */
export async function namesOf(run: CycleRun, ids: readonly string[]): Promise<string> {
  const users = await run.ports.directory.users(run.job.definition.id, ids.slice(0, NAMES_MAX));
  const names = new Map(
    users.map(({ id, attributes }) => [id, String(attributes['displayName'] ?? attributes['userPrincipalName'] ?? id)]),
  );
  const shown = ids.slice(0, NAMES_MAX).map((id) => names.get(id) ?? id);
  return ids.length > NAMES_MAX ? `${shown.join(', ')} and ${ids.length - NAMES_MAX} more` : shown.join(', ');
}

/** Tells that references of an object wait, and for whom (Entra: UnableToResolveReferenceAttributeValue). */
export async function unresolvedRecord(
  run: CycleRun,
  subject: { readonly objectType: ObjectType; readonly id: string; readonly displayName: string },
  waiting: readonly PendingReference[],
): Promise<LogRecord> {
  const attributes = [...new Set(waiting.map((one) => one.attribute))].join(', ');
  const names = await namesOf(run, [...new Set(waiting.map((one) => one.referencedId))]);
  const reason = `${attributes}: ${names} have no account in the app yet. The reference is written when they have one.`;
  return makeRecord(run, subject, {
    action: 'other',
    status: 'warning',
    error: { code: CODE, reason },
    steps: [
      {
        name: 'EntrySynchronizationSkip',
        type: 'referenceResolution',
        status: 'warning',
        description: reason,
        details: { SkipReason: CODE },
      },
    ],
    startedMs: run.ports.clock.nowMs(),
  });
}

/** At the end of a cycle: tells which people it handled still wait for somebody, such as their manager. */
export async function tellUnresolved(run: CycleRun): Promise<void> {
  const ids = [...run.referrers.keys()];
  for (let at = 0; at < ids.length; at += PAGE) {
    const part = ids.slice(at, at + PAGE);
    const waiting = await run.ports.store.pendingReferences(run.job.definition.id, 'user', part);
    const bySource = Map.groupBy(waiting, (one) => one.sourceId);
    const outcomes = [];
    for (const [id, references] of bySource) {
      const displayName = run.referrers.get(id) ?? id;
      const log = await unresolvedRecord(run, { objectType: 'user', id, displayName }, references);
      outcomes.push({ objectType: 'user' as const, sourceId: id, log });
    }
    if (outcomes.length > 0) await run.record(outcomes);
  }
  run.referrers.clear();
}
