import { applyPatch, type JsonObject, type PatchOperation } from '@lockstep/scim';
import { TargetError } from '@lockstep/scim/client';
import type { CompiledObject } from '../job/compile-job.ts';
import { withoutWriteOnly } from '../mapping/without-write-only.ts';
import { type Match, planMatch } from '../match/match-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { planObject } from '../plan/plan-object.ts';
import type { CycleRun } from './cycle-run.ts';
import { withoutMeta } from './examine-objects.ts';
import type { Examined } from './examined.ts';
import { findAccount } from './find-account.ts';
import { findConflicting } from './find-conflicting.ts';
import { rivalFailure, rivalOf } from './rivals.ts';
import type { Done } from './settle.ts';

export type WritePlan = Exclude<Plan, { readonly do: 'nothing' }>;

/** Looks for an account after an answer was lost, before anything is written again. */
const PROBES_MAX = 3;
const PROBE_WAIT_MS = 500;

/**
 * Sends what a plan says. An answer that is lost is never followed by a second blind write: the app is asked first what
 * it has.
 *
 * @throws {TargetError} when the app refuses
 */
export async function writeAccount(run: CycleRun, item: Examined, plan: WritePlan): Promise<Done> {
  switch (plan.do) {
    case 'create':
      return createAccount(run, item, plan);
    case 'update':
    case 'disable':
      return updateAccount(run, item, plan);
    case 'delete':
      return deleteAccount(run, item, plan);
  }
}

async function createAccount(run: CycleRun, item: Examined, plan: Extract<Plan, { do: 'create' }>): Promise<Done> {
  const rules = run.job.objects[item.objectType];
  try {
    const created = await run.ports.client.create(rules.endpoint, plan.resource);
    return createdDone(plan, { id: created.id, rules, isAdopted: false });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const found = error.ambiguous
      ? await stillInDoubt(probe(run, { item, rules, attempts: PROBES_MAX }))
      : await inTheWay(run, item, { rules, error });
    if (found === undefined) throw error;
    await refuseRival(run, item, found.id);
    return takeOver(run, item, { found, plan, isOwn: error.ambiguous });
  }
}

/** The account that a creation was refused for; `undefined` = it was refused for another reason, or is only to be reported. */
async function inTheWay(
  run: CycleRun,
  item: Examined,
  { rules, error }: { readonly rules: CompiledObject; readonly error: TargetError },
): Promise<FoundAccount | undefined> {
  if (error.category !== 'conflict' || run.job.definition.onConflict === 'report') return undefined;
  const found = await probe(run, { item, rules, attempts: 1 });
  return found ?? accountOf(await findConflicting(run, item, rules));
}

/** @throws {TargetError} when the account that stands in the way is linked to somebody else */
async function refuseRival(run: CycleRun, item: Examined, targetId: string): Promise<void> {
  const holder = await rivalOf(run, item, { targetId });
  if (holder === undefined) return;
  throw new TargetError({ category: 'conflict', detail: rivalFailure(holder.name, targetId).text, ambiguous: false });
}

/** A look that fails leaves open whether the write before it was carried out. */
async function stillInDoubt<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { category, status, detail, retryAfterMs } = error;
    throw new TargetError({
      category,
      detail,
      ambiguous: true,
      cause: error,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
}

function createdDone(
  plan: Extract<Plan, { do: 'create' }>,
  { id, rules, isAdopted }: { readonly id: string; readonly rules: CompiledObject; readonly isAdopted: boolean },
): Done {
  return {
    action: 'create',
    targetId: id,
    view: { ...withoutWriteOnly(rules.mapping, plan.resource), id },
    changes: plan.changes,
    linkAfter: 'managed',
    text: isAdopted
      ? 'The answer to the creation was lost; the app has the account, so it was made.'
      : 'Created the account.',
    isLinked: false,
  };
}

interface FoundAccount {
  readonly id: string;
  readonly resource: JsonObject;
}

async function probe(
  run: CycleRun,
  of: { readonly item: Examined; readonly rules: CompiledObject; readonly attempts: number },
): Promise<FoundAccount | undefined> {
  for (let attempt = 0; attempt < of.attempts; attempt += 1) {
    if (attempt > 0) await run.ports.clock.wait(PROBE_WAIT_MS * 2 ** attempt);
    const { endpoint, mapping } = of.rules;
    const { match } = await findAccount(run.ports, { endpoint, lookups: of.item.lookups, matching: mapping.matching });
    const found = accountOf(match);
    if (found !== undefined || match.kind === 'several') return found;
  }
  return undefined;
}

function accountOf(match: Match): FoundAccount | undefined {
  return match.kind === 'one' ? { id: match.id, resource: withoutMeta(match.resource) } : undefined;
}

/** An account that turned out to exist: our own whose answer was lost, or one that was there before us. */
async function takeOver(
  run: CycleRun,
  item: Examined,
  taking: { readonly found: FoundAccount; readonly plan: Extract<Plan, { do: 'create' }>; readonly isOwn: boolean },
): Promise<Done> {
  const { found, plan } = taking;
  const update = planUpdate(run, item, found.resource);
  if (update === undefined) {
    const done = createdDone(plan, { id: found.id, rules: run.job.objects[item.objectType], isAdopted: true });
    return taking.isOwn
      ? done
      : { ...done, action: 'update', isLinked: true, changes: [], text: LINKED_TEXT, view: found.resource };
  }
  const matched = { ...item, matched: found };
  const done = await updateAccount(run, matched, update);
  return taking.isOwn ? { ...done, action: 'create' } : { ...done, isLinked: true, text: LINKED_TEXT };
}

const LINKED_TEXT = 'The app had the account already; it was linked.';

function planUpdate(
  run: CycleRun,
  item: Examined,
  targetView: JsonObject,
): Extract<Plan, { do: 'update' | 'disable' }> | undefined {
  const plan = planAgain(run, item, targetView);
  return plan.do === 'update' || plan.do === 'disable' ? plan : undefined;
}

/** Plans anew from what the app turned out to have. */
function planAgain(run: CycleRun, item: Examined, targetView: JsonObject | undefined): Plan {
  const { definition, objects } = run.job;
  const actions = item.objectType === 'user' ? definition.users.actions : definition.groups.actions;
  const { objectType, verdict, link, mapped } = item;
  return planObject({
    objectType,
    isEnabled: objects[objectType].isEnabled,
    actions,
    verdict,
    ...(targetView === undefined ? {} : { targetView }),
    ...(mapped === undefined ? {} : { mapped }),
    ...(link === undefined ? {} : { link }),
  });
}

async function updateAccount(
  run: CycleRun,
  item: Examined,
  plan: Extract<Plan, { do: 'update' | 'disable' }>,
): Promise<Done> {
  const rules = run.job.objects[item.objectType];
  const targetId = item.link?.targetId ?? item.matched?.id;
  const before = item.link?.view ?? item.matched?.resource ?? {};
  if (targetId === undefined) throw new Error('an update needs a linked or matched account');
  const isLinked = item.link === undefined && item.matched !== undefined;
  const done = {
    action: plan.do,
    targetId,
    view: viewAfter(before, plan.operations, rules),
    changes: plan.changes,
    linkAfter: plan.linkAfter,
    text:
      plan.do === 'disable' ? `${plan.text} Disabled the account.` : isLinked ? LINKED_TEXT : 'Updated the account.',
    isLinked,
  };
  try {
    await run.ports.client.update(rules.endpoint, targetId, {
      operations: plan.operations,
      view: before,
      type: rules.mapping.type,
    });
    return done;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    if (isVanished(run, error)) return replaceVanished(run, item, { plan, error });
    if (!error.ambiguous) throw error;
    return repeatUpdate(run, item, { error, targetId, done });
  }
}

function isVanished(run: CycleRun, error: TargetError): boolean {
  return run.job.definition.afterVanished === 'recreate' && error.category === 'notFound' && !error.ambiguous;
}

/**
 * The linked account is gone. Who is in scope is matched again and, where there is no match, gets a new account; for
 * everybody else there is nothing left to disable.
 */
async function replaceVanished(
  run: CycleRun,
  item: Examined,
  lost: { readonly plan: Extract<Plan, { do: 'update' | 'disable' }>; readonly error: TargetError },
): Promise<Done> {
  const { mapped, link: _gone, ...rest } = item;
  if (lost.plan.do === 'disable' || mapped === undefined) return goneDone(item, lost.plan);
  const matching = planMatch(mapped);
  if (matching.do === 'skip') throw lost.error;
  const unlinked: Examined = { ...rest, mapped, link: undefined, matched: undefined, lookups: matching.lookups };
  const rules = run.job.objects[item.objectType];
  const found = await probe(run, { item: unlinked, rules, attempts: 1 });
  const plan = planAgain(run, unlinked, undefined);
  if (plan.do !== 'create') throw lost.error;
  if (found !== undefined)
    return { ...(await takeOver(run, unlinked, { found, plan, isOwn: false })), isReplaced: true };
  const done = await createAccount(run, unlinked, plan);
  return { ...done, isReplaced: true, text: `The linked account was gone from the app. ${done.text}` };
}

function goneDone(item: Examined, plan: Extract<Plan, { do: 'update' | 'disable' }>): Done {
  return {
    action: plan.do,
    targetId: item.link?.targetId ?? '',
    changes: [],
    linkAfter: 'dropped',
    text: 'The linked account is gone from the app; there is nothing left to change.',
    isLinked: false,
    isReplaced: true,
  };
}

/** After a lost answer the account is read; what is still missing is sent once more. */
async function repeatUpdate(
  run: CycleRun,
  item: Examined,
  lost: { readonly error: TargetError; readonly targetId: string; readonly done: Done },
): Promise<Done> {
  const rules = run.job.objects[item.objectType];
  const query = { excludedAttributes: ['members', 'groups'] };
  const account = await stillInDoubt(run.ports.client.read(rules.endpoint, lost.targetId, query));
  if (account === undefined) throw lost.error;
  const rest = planUpdate(run, item, withoutMeta(account));
  if (rest !== undefined) {
    const change = { operations: rest.operations, view: withoutMeta(account), type: rules.mapping.type };
    await run.ports.client.update(rules.endpoint, lost.targetId, change);
  }
  return { ...lost.done, text: `${lost.done.text} The first answer was lost, so the account was read again.` };
}

async function deleteAccount(run: CycleRun, item: Examined, plan: Extract<Plan, { do: 'delete' }>): Promise<Done> {
  const targetId = item.link?.targetId;
  if (targetId === undefined) throw new Error('a delete needs a linked account');
  await run.ports.client.delete(run.job.objects[item.objectType].endpoint, targetId);
  return {
    action: 'delete',
    targetId,
    changes: [],
    linkAfter: 'dropped',
    text: `${plan.text} Deleted the account.`,
    isLinked: false,
  };
}

/**
 * The account as it should be after the operations. What the app made of them is not read back: an app that rewrites
 * values would otherwise look different for ever.
 */
export function viewAfter(
  before: JsonObject,
  operations: readonly PatchOperation[],
  rules: CompiledObject,
): JsonObject {
  const { resource } = applyPatch(before, operations, rules.mapping.type, { makeMissing: true });
  return withoutWriteOnly(rules.mapping, resource);
}
