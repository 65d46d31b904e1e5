import type { Exchange } from '@lockstep/scim/client';
import { makeRecord, type RecordFacts } from '../log/make-record.ts';
import { exportStep, skipStep } from '../log/steps.ts';
import type { Change, LinkAfter } from '../plan/plan.ts';
import type { Escrow, IntentAction, Link, Outcome, PendingReference } from '../ports/engine-store.ts';
import type { StagedRemoval } from '../ports/staged-removal.ts';
import { type CycleRun, type Effect, escrowKey } from './cycle-run.ts';
import { secretsOf } from './examine-objects.ts';
import type { Examined } from './examined.ts';
import { type Failure, nextAttemptMs } from './failure.ts';

/** A write that was carried out. */
export interface Done {
  readonly action: IntentAction;
  readonly targetId: string;
  /** The account as it is now; absent after a delete. */
  readonly view?: Link['view'];
  readonly changes: readonly Change[];
  readonly linkAfter: LinkAfter;
  readonly text: string;
  /** True when an account that was there already was taken over. */
  readonly isLinked: boolean;
  /** The linked account was gone from the app. */
  readonly isReplaced?: boolean;
}

export interface SettleOptions {
  readonly intentId?: string;
  readonly startedMs: number;
  /** What went over the wire for it. */
  readonly wire?: readonly Exchange[];
  /** Staged removals that are carried out or no longer true. */
  readonly unstaged?: readonly string[];
}

const EFFECTS: Readonly<Record<IntentAction, Effect>> = {
  create: 'created',
  update: 'updated',
  disable: 'disabled',
  delete: 'deleted',
};

/** What to store about an object whose write was carried out. */
export function settleDone(run: CycleRun, item: Examined, given: { readonly done: Done } & SettleOptions): Outcome {
  const { done } = given;
  run.tally.add(done.isLinked ? 'linked' : EFFECTS[done.action]);
  const link = linkOf(item, done);
  return {
    ...base(item, given),
    link,
    ...(done.isLinked && link !== null ? { takesOver: { atMs: run.ports.clock.nowMs() } } : {}),
    ...(done.isReplaced === true ? { isReplaced: true } : {}),
    escrow: null,
    ...referenceEscrowAfter(run, item, link),
    pending: link === null || link.state === 'released' ? [] : pendingOf(run, item),
    log: record(run, item, given, {
      action: done.action,
      status: 'success',
      targetId: done.targetId,
      changes: done.changes,
      isLinked: done.isLinked,
      steps: [...item.steps, exportStep(done.action, 'success', done.text)],
    }),
  };
}

/**
 * A group that has just got its account waits for its members. That is stored with the account: whatever happens before they
 * are sent, they come. What stands about the members of a group that had one is none of its own change's business.
 */
function referenceEscrowAfter(run: CycleRun, item: Examined, link: Link | null): Pick<Outcome, 'referenceEscrow'> {
  if (item.objectType === 'user' || link === null) return { referenceEscrow: null };
  return item.link === undefined ? { referenceEscrow: membersDue(run, item) } : {};
}

function pendingAfterSkip(
  run: CycleRun,
  item: Examined,
  isTakenOver: boolean,
): Pick<Outcome, 'pending' | 'referenceEscrow'> {
  if (item.objectType === 'user') return { pending: pendingOf(run, item), referenceEscrow: null };
  return isTakenOver ? { referenceEscrow: membersDue(run, item) } : {};
}

function membersDue(run: CycleRun, item: EscrowSubject): Escrow {
  const nowMs = run.ports.clock.nowMs();
  const shared = { objectType: item.objectType, sourceId: item.id, firstFailedMs: nowMs, nextAttemptMs: nowMs };
  return {
    ...shared,
    failures: 0,
    errorCode: 'MembersDue',
    message: 'The members of the group have not been sent yet.',
  };
}

/**
 * What brings a removal back that the guard has yet to count: the position of the job moves on before the verdict, and a
 * cycle that breaks off in between must not lose it.
 */
export function awaitingGuard(run: CycleRun, item: EscrowSubject): Escrow {
  const due = membersDue(run, item);
  return { ...due, errorCode: AWAITING_GUARD, message: 'The removal waits until the whole cycle is known.' };
}

/** Code of an escrow that waits for the guard. */
export const AWAITING_GUARD = 'AwaitingGuard';

/** Whether an escrow only says that something has yet to be done for the first time. */
export function isFirstTime(escrow: Pick<Escrow, 'failures'>): boolean {
  return escrow.failures === 0;
}

function linkOf(item: Examined, done: Done): Link | null {
  if (done.linkAfter === 'dropped' || done.view === undefined) return null;
  const state = done.linkAfter === 'released' ? 'released' : 'managed';
  return { sourceId: item.id, objectType: item.objectType, targetId: done.targetId, view: done.view, state };
}

/** What to store about an object nothing was written for. */
export function settleSkip(
  run: CycleRun,
  item: Examined,
  given: { readonly code: string; readonly text: string; readonly linkAfter: LinkAfter } & SettleOptions,
): Outcome {
  const isTakenOver = item.link === undefined && item.matched !== undefined && given.linkAfter === 'managed';
  if (isTakenOver) run.tally.add('linked');
  else run.tally.add('skipped', given.code);
  const link = linkWithoutWrite(item, given.linkAfter);
  return {
    ...base(item, given),
    ...(link === undefined ? {} : { link }),
    ...(isTakenOver ? { takesOver: { atMs: run.ports.clock.nowMs() } } : {}),
    escrow: null,
    ...(item.verdict.inScope && item.mapped !== undefined ? pendingAfterSkip(run, item, isTakenOver) : {}),
    log: record(run, item, given, {
      action: 'other',
      status: 'skipped',
      targetId: item.link?.targetId ?? item.matched?.id,
      error: { code: given.code, reason: given.text },
      isLinked: isTakenOver,
      steps: [...item.steps, skipStep(given.code, given.text)],
    }),
  };
}

function linkWithoutWrite(item: Examined, linkAfter: LinkAfter): Link | null | undefined {
  if (linkAfter === 'dropped') return null;
  const { link, matched, id, objectType } = item;
  if (link === undefined) {
    if (matched === undefined || linkAfter !== 'managed') return undefined;
    return { sourceId: id, objectType, targetId: matched.id, view: matched.resource, state: 'managed' };
  }
  if (linkAfter === 'keep' || linkAfter === link.state) return undefined;
  return { ...link, state: linkAfter };
}

/** What to store about an object whose removal the guard holds: it waits for a word. */
export function settleStaged(
  run: CycleRun,
  item: Examined,
  given: {
    readonly removal: StagedRemoval;
    readonly text: string;
    readonly changes: readonly Change[];
  } & SettleOptions,
): Outcome {
  run.tally.add('skipped', STAGED);
  const step = { ...skipStep(STAGED, given.text), status: 'warning' as const };
  return {
    ...base(item, given),
    escrow: null,
    staged: [given.removal],
    log: record(run, item, given, {
      action: 'stagedDelete',
      status: 'warning',
      targetId: item.link?.targetId,
      error: { code: STAGED, reason: given.text },
      changes: given.changes,
      steps: [...item.steps, step],
    }),
  };
}

/** What to store about an object whose removal waits already, or was rejected: nothing but the log. */
export function settleKept(
  run: CycleRun,
  item: Examined,
  given: { readonly code: string; readonly text: string } & SettleOptions,
): Outcome {
  run.tally.add('skipped', given.code);
  return {
    ...base(item, given),
    escrow: null,
    log: record(run, item, given, {
      action: 'other',
      status: 'skipped',
      targetId: item.link?.targetId,
      error: { code: given.code, reason: given.text },
      steps: [...item.steps, skipStep(given.code, given.text)],
    }),
  };
}

/** Entra's quarantine reason for a tripped deletion threshold. */
const STAGED = 'TooManyDeletes';

/** What to store about an object that failed: the log says why, and the escrow brings it back. */
export function settleFailure(
  run: CycleRun,
  item: Examined,
  given: { readonly failure: Failure; readonly action?: IntentAction } & SettleOptions,
): Outcome {
  run.tally.add('failed');
  const { failure, action } = given;
  const steps = action === undefined ? item.steps : [...item.steps, exportStep(action, 'failure', failure.text)];
  const { code, text, recommendedAction } = failure;
  return {
    ...base(item, given),
    escrow: escrowOf(run, item, failure),
    log: record(run, item, given, {
      action: action ?? 'other',
      status: 'failure',
      targetId: item.link?.targetId ?? item.matched?.id,
      error: { code, reason: text, ...(recommendedAction === undefined ? {} : { recommendedAction }) },
      steps,
    }),
  };
}

/** The failure of an object, counted on from the one that came up again in this cycle. */
function escrowOf(run: CycleRun, item: EscrowSubject, failure: Failure): Escrow {
  return countedOn(run, run.escrows, { item, failure });
}

/** The same for what refers to others: memberships, and managers. */
export function referenceEscrowOf(run: CycleRun, item: EscrowSubject, failure: Failure): Escrow {
  return countedOn(run, run.referenceEscrows, { item, failure });
}

type EscrowSubject = Pick<Examined, 'objectType' | 'id'>;

function countedOn(
  run: CycleRun,
  known: ReadonlyMap<string, Escrow>,
  of: { readonly item: EscrowSubject; readonly failure: Failure },
): Escrow {
  const { item, failure } = of;
  const nowMs = run.ports.clock.nowMs();
  const earlier = known.get(escrowKey(item.objectType, item.id));
  const failures = (earlier?.failures ?? 0) + 1;
  return {
    objectType: item.objectType,
    sourceId: item.id,
    failures,
    firstFailedMs: earlier?.firstFailedMs ?? nowMs,
    nextAttemptMs: nextAttemptMs(failure, failures, nowMs),
    errorCode: failure.code,
    message: failure.text,
  };
}

function base(
  item: Examined,
  { intentId, unstaged = [] }: SettleOptions,
): Pick<Outcome, 'objectType' | 'sourceId' | 'intentId' | 'unstaged'> {
  return {
    objectType: item.objectType,
    sourceId: item.id,
    ...(intentId === undefined ? {} : { intentId }),
    ...(unstaged.length === 0 ? {} : { unstaged }),
  };
}

function record(
  run: CycleRun,
  item: Examined,
  options: SettleOptions,
  facts: Omit<RecordFacts, 'startedMs'>,
): ReturnType<typeof makeRecord> {
  const wire = options.wire ?? item.wire;
  const secrets = wire === undefined ? [] : secretsOf(item.mapped);
  return makeRecord(run, item, { ...facts, startedMs: options.startedMs, wire, secrets });
}

/** References wait until the second pass, whether or not their object has an account yet (rules REF-1 and REF-2). */
function pendingOf(run: CycleRun, item: Examined): readonly PendingReference[] {
  if (item.mapped === undefined || item.objectType === 'group') return [];
  if (item.mapped.references.some(({ sourceIds }) => sourceIds.length > 0))
    run.referrers.set(item.id, item.displayName);
  return item.mapped.references.flatMap(({ row, sourceIds }) =>
    sourceIds.map((referencedId) => ({
      objectType: item.objectType,
      sourceId: item.id,
      attribute: row.path.text,
      referencedId,
    })),
  );
}
