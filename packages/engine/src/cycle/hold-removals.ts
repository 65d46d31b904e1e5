import { fingerprintOf } from '../guard/fingerprint.ts';
import { type GuardLimits, judgeCount, judgeRemovals } from '../guard/guard.ts';
import { makeRecord } from '../log/make-record.ts';
import { skipStep } from '../log/steps.ts';
import type { Change } from '../plan/plan.ts';
import type { ObjectType, Outcome } from '../ports/engine-store.ts';
import type { RemovalKind, StagedRemoval } from '../ports/staged-removal.ts';
import type { CycleRun, HeldRemoval } from './cycle-run.ts';
import { examineObjects } from './examine-objects.ts';
import type { Examined } from './examined.ts';
import { fingerprintSource } from './pass-gate.ts';
import { readObjects } from './read-objects.ts';
import { processIds } from './recover.ts';
import { AWAITING_GUARD, settleStaged } from './settle.ts';
import { syncMembers } from './sync-members.ts';

const PAGE = 256;
const DAY_MS = 86_400_000;
const EXPIRES_AFTER_DAYS_DEFAULT = 14;

/**
 * At the end of a cycle the removals that were kept back are judged, each kind by its own limit: all of a kind are sent, or
 * none is. Those held are stored and wait for a word, and the job goes into quarantine (rules DEL-1, DEL-2).
 */
export async function judgeHeldRemovals(run: CycleRun): Promise<void> {
  const held = run.heldBack ?? [];
  run.heldBack = undefined;
  if (held.length === 0) return;
  const verdicts = await judgeKinds(run, held);
  for (const [kind, text] of verdicts) {
    const ofKind = held.filter((one) => one.kind === kind);
    if (text === undefined) await sendHeld(run, ofKind);
    else await stageHeld(run, ofKind, text);
  }
}

/** The guard's words for each kind; `undefined` = it may be sent. */
async function judgeKinds(
  run: CycleRun,
  held: readonly HeldRemoval[],
): Promise<ReadonlyMap<RemovalKind, string | undefined>> {
  const limits: GuardLimits = run.job.definition.guard ?? {};
  const linked = await run.ports.store.countLinks(run.job.definition.id);
  const countOf = (...kinds: readonly RemovalKind[]): number =>
    new Set(held.filter((one) => kinds.includes(one.kind)).flatMap(keysOf)).size;
  const accounts = judgeRemovals(countOf('disable', 'delete'), linked.users + linked.groups, limits);
  const verdicts = {
    disable: accounts,
    delete: accounts,
    membership: judgeCount('membershipRemovals', countOf('membership'), limits),
    identity: judgeCount('identityChanges', countOf('identity'), limits),
    roleRaise: judgeCount('roleRaises', countOf('roleRaise'), limits),
  };
  const kinds = ['membership', 'disable', 'delete', 'identity', 'roleRaise'] as const;
  return new Map(kinds.map((kind) => [kind, verdicts[kind].do === 'hold' ? verdicts[kind].text : undefined]));
}

function keysOf(held: HeldRemoval): readonly string[] {
  const key = `${held.objectType} ${held.sourceId}`;
  return held.memberIds === undefined ? [key] : held.memberIds.map((id) => `${key} ${id}`);
}

async function sendHeld(run: CycleRun, held: readonly HeldRemoval[]): Promise<void> {
  const groupIds = held.filter((one) => one.kind === 'membership').map((one) => one.sourceId);
  await syncMembers(run, { groupIds: [...new Set(groupIds)] });
  const accounts = held.filter((one) => one.kind !== 'membership');
  for (const objectType of ['user', 'group'] as const) {
    await processIds(run, { objectType, ids: idsOf(accounts, objectType) });
  }
}

async function stageHeld(run: CycleRun, held: readonly HeldRemoval[], text: string): Promise<void> {
  if (held.length === 0) return;
  run.guardText = text;
  run.hasStaged = true;
  for (const one of held) if (one.memberIds !== undefined) await stageMembers(run, one, text);
  const accounts = held.filter((one) => one.kind !== 'membership');
  for (const objectType of ['user', 'group'] as const) await stageObjects(run, { objectType, accounts, text });
  const { id: jobId } = run.job.definition;
  const count = held.reduce((sum, one) => sum + (one.memberIds?.length ?? 1), 0);
  run.ports.onEvent?.({ kind: 'removalsHeld', jobId, cycleId: run.cycleId, count, text });
}

function idsOf(held: readonly HeldRemoval[], objectType: ObjectType): readonly string[] {
  return [...new Set(held.filter((one) => one.objectType === objectType).map((one) => one.sourceId))];
}

async function stageObjects(
  run: CycleRun,
  held: { readonly objectType: ObjectType; readonly accounts: readonly HeldRemoval[]; readonly text: string },
): Promise<void> {
  const kinds = new Map(held.accounts.map((one) => [one.sourceId, one.kind]));
  const ids = idsOf(held.accounts, held.objectType);
  for (let at = 0; at < ids.length; at += PAGE) {
    const objects = await readObjects(run, held.objectType, ids.slice(at, at + PAGE));
    const examined = await examineObjects(run.job, run.ports, { objects });
    const startedMs = run.ports.clock.nowMs();
    const outcomes = examined.map((item) => {
      const told = tellPlan(item);
      const about = {
        ...told,
        kind: kinds.get(item.id) ?? 'disable',
        fingerprint: fingerprintOf(fingerprintSource(item)),
      };
      const removal = stagedRemoval(run, item, about);
      return settleStaged(run, item, { removal, text: held.text, changes: told.changes, startedMs });
    });
    await run.record(outcomes);
  }
}

function tellPlan(item: Examined): { readonly reason: string; readonly changes: readonly Change[] } {
  const plan = item.finding.kind === 'plan' ? item.finding.plan : undefined;
  if (plan === undefined || plan.do === 'nothing') return { reason: '', changes: [] };
  const changes = plan.do === 'delete' ? [] : plan.changes;
  const attributes = changes.map((change) => change.attribute).join(', ');
  return { reason: 'text' in plan ? plan.text : `${attributes} would change.`, changes };
}

function stagedRemoval(
  run: CycleRun,
  item: Pick<Examined, 'objectType' | 'id' | 'displayName'>,
  about: Pick<StagedRemoval, 'kind' | 'reason' | 'changes' | 'fingerprint' | 'memberId'>,
): StagedRemoval {
  const nowMs = run.ports.clock.nowMs();
  const days = run.job.definition.guard?.expiresAfterDays ?? EXPIRES_AFTER_DAYS_DEFAULT;
  return {
    id: run.ports.random.guid(),
    objectType: item.objectType,
    sourceId: item.id,
    displayName: item.displayName,
    ...about,
    stagedMs: nowMs,
    expiresMs: nowMs + days * DAY_MS,
    state: 'pending',
    cycleId: run.cycleId,
  };
}

/** One row for each member, so that each can be decided on. */
async function stageMembers(run: CycleRun, held: HeldRemoval, text: string): Promise<void> {
  const [group] = await readObjects(run, 'group', [held.sourceId]);
  const name = group?.objectType === 'group' ? group.group.attributes['displayName'] : undefined;
  const displayName = typeof name === 'string' ? name : held.sourceId;
  const item = { objectType: 'group', id: held.sourceId, displayName } as const;
  const members = held.memberIds ?? [];
  const staged = members.map((memberId) => {
    const changes = [{ attribute: 'members', oldValue: memberId, newValue: null }];
    const reason = 'The member is no longer in the group.';
    return stagedRemoval(run, item, { kind: 'membership', memberId, reason, changes, fingerprint: '' });
  });
  run.tally.add('skipped', 'TooManyDeletes');
  const startedMs = run.ports.clock.nowMs();
  const log = makeRecord(run, item, {
    action: 'stagedDelete',
    status: 'warning',
    error: { code: 'TooManyDeletes', reason: text },
    changes: [{ attribute: 'members', oldValue: members.join(', '), newValue: null }],
    steps: [{ ...skipStep('TooManyDeletes', text), status: 'warning' }],
    startedMs,
  });
  const { store } = run.ports;
  const [escrow] = await store.referenceEscrows(run.job.definition.id, 'group', [held.sourceId]);
  const settled = escrow?.errorCode === AWAITING_GUARD ? { referenceEscrow: null } : {};
  const outcome: Outcome = { objectType: 'group', sourceId: held.sourceId, staged, log, ...settled };
  await run.record([outcome]);
}
