import {
  applyPlan,
  applyRollback,
  type ItemOutcome,
  planRollback,
  type RollbackItem,
  type StagedItem,
  stageCycle,
} from '@lockstep/engine';
import type { LogRecord } from '@lockstep/engine/ports';
import type { KeptItem, KeptPlan, Store } from '@lockstep/store';
import type { JobRunner } from '../apps/job-runner.ts';
import { LockstepError } from '../lockstep-error.ts';
import { addCounts, keptJson } from './kept-json.ts';

/** What carrying out a plan came to. */
export interface PlanOutcome {
  readonly planId: string;
  /** Cycle id of the log records. */
  readonly cycleId: string;
  /** Items by what became of them. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Plans of whole cycles, and of their undoing, kept until they are carried out. */
export interface PlanService {
  /** Plans the next cycle of an app; sends nothing that writes. */
  planSync(appId: string): Promise<KeptPlan>;
  /** Plans the undoing of a cycle from its log. @throws {LockstepError} `notFound` when the log has nothing of it */
  planRollback(appId: string, cycleId: string): Promise<KeptPlan>;
  /** @throws {LockstepError} `notFound` */
  find(planId: string): Promise<KeptPlan>;
  items(planId: string, page: { readonly after: number; readonly limit: number }): Promise<readonly KeptItem[]>;
  /**
   * Carries a plan out, once. A rollback pauses the job, since the next cycle would do again what was undone.
   * @throws {LockstepError} `notFound`, `conflict` when it has expired or was carried out, `busy`
   */
  apply(planId: string): Promise<PlanOutcome>;
}

export interface PlanServiceOptions {
  readonly store: Pick<Store, 'plans' | 'engine'>;
  readonly jobs: Pick<JobRunner, 'use' | 'pause'>;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

/** How long a plan may be carried out. */
const PLAN_LIFE_MS = 86_400_000;
const ITEMS_PAGE = 500;
const LOG_PAGE = 1_000;

export function createPlanService(options: PlanServiceOptions): PlanService {
  const { plans } = options.store;
  const find = async (planId: string): Promise<KeptPlan> => {
    const plan = await plans.find(planId);
    if (plan !== undefined) return plan;
    const hint = 'Plans are dropped a day after they expired.';
    throw new LockstepError('notFound', `there is no plan ${JSON.stringify(planId)}`, { hint });
  };
  return {
    planSync: async (appId) => find(await keepSync(appId, options)),
    planRollback: async (appId, cycleId) => find(await keepRollback({ appId, cycleId }, options)),
    find,
    items: (planId, page) => plans.items(planId, page),
    apply: async (planId) => apply(await find(planId), options),
  };
}

async function create(
  plan: Pick<KeptPlan, 'jobId' | 'kind' | 'detail'>,
  { store, nowMs, newId }: PlanServiceOptions,
): Promise<string> {
  const [id, createdMs] = [newId(), nowMs()];
  await store.plans.create({ ...plan, id, createdMs, expiresMs: createdMs + PLAN_LIFE_MS });
  return id;
}

async function keepSync(appId: string, options: PlanServiceOptions): Promise<string> {
  const { plans } = options.store;
  const id = await create({ jobId: appId, kind: 'sync', detail: {} }, options);
  const counts: Record<string, number> = {};
  let position = 0;
  await options.jobs.use(appId, { isExclusive: false }, async (job, ports) => {
    for await (const page of stageCycle(job, ports)) {
      addCounts(counts, page.counts);
      await plans.addItems(
        id,
        page.items.map((item, at) => ({ position: position + at, item: keptJson(item) })),
      );
      position += page.items.length;
    }
  });
  await plans.move(id, { from: 'making', to: 'ready', detail: { counts, items: position } });
  return id;
}

async function keepRollback(
  of: { readonly appId: string; readonly cycleId: string },
  options: PlanServiceOptions,
): Promise<string> {
  const { appId, cycleId } = of;
  const records = await readCycle(of, options);
  if (records.length === 0) {
    const hint = '`lockstep logs APP` shows cycles; old ones are pruned.';
    throw new LockstepError('notFound', `the log has nothing of a cycle ${cycleId} of this app`, { hint });
  }
  const items = planRollback(records);
  const counts: Record<string, number> = {};
  for (const item of items) addCounts(counts, { [item.do]: 1 });
  const id = await create({ jobId: appId, kind: 'rollback', detail: {} }, options);
  const { plans } = options.store;
  await plans.addItems(
    id,
    items.map((item, position) => ({ position, item: keptJson(item) })),
  );
  await plans.move(id, { from: 'making', to: 'ready', detail: { counts, items: items.length, cycleId } });
  return id;
}

async function readCycle(
  { appId, cycleId }: { readonly appId: string; readonly cycleId: string },
  { store }: PlanServiceOptions,
): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  for (let after = 0; ; ) {
    const page = await store.engine.log({ jobId: appId, cycleId, after, limit: LOG_PAGE });
    records.push(...page);
    if (page.length < LOG_PAGE) return records;
    after = page.at(-1)?.number ?? after;
  }
}

async function apply(plan: KeptPlan, options: PlanServiceOptions): Promise<PlanOutcome> {
  const { store, jobs, nowMs } = options;
  if (plan.expiresMs <= nowMs()) {
    throw new LockstepError('conflict', 'the plan has expired', { hint: 'Make a new one; plans hold for 24 hours.' });
  }
  if (!(await store.plans.move(plan.id, { from: 'ready', to: 'applying' }))) {
    throw new LockstepError('conflict', 'the plan was carried out already, or is being carried out now');
  }
  try {
    const items = await readItems(plan.id, options);
    const done = await jobs.use(plan.jobId, { isExclusive: true }, (job, ports) => {
      // Both were written by the planning above from such items, and by nobody else.
      if (plan.kind === 'sync')
        return applyPlan(
          job,
          ports,
          items.map((one) => one.item as unknown as StagedItem),
        );
      return applyRollback(
        job,
        ports,
        items.map((one) => one.item as unknown as RollbackItem),
      );
    });
    return await settle(plan, done, options);
  } catch (error) {
    // Nothing of it is known to be done: what is done is refused the next time, since it is no longer as planned.
    await store.plans.move(plan.id, { from: 'applying', to: 'ready' });
    throw error;
  } finally {
    if (plan.kind === 'rollback') await jobs.pause(plan.jobId);
  }
}

async function settle(
  plan: KeptPlan,
  done: { readonly cycleId: string; readonly outcomes: readonly ItemOutcome[] },
  { store }: PlanServiceOptions,
): Promise<PlanOutcome> {
  const { cycleId, outcomes } = done;
  const counts: Record<string, number> = {};
  for (const { state } of outcomes) addCounts(counts, { [state]: 1 });
  for (let at = 0; at < outcomes.length; at += ITEMS_PAGE) {
    const part = outcomes.slice(at, at + ITEMS_PAGE);
    await store.plans.settleItems(
      plan.id,
      part.map((one) => ({ position: one.at, state: one.state, outcome: one.text })),
    );
  }
  const detail = { ...plan.detail, applied: counts, appliedCycleId: cycleId };
  await store.plans.move(plan.id, { from: 'applying', to: 'applied', detail });
  return { planId: plan.id, cycleId, counts };
}

async function readItems(planId: string, { store }: PlanServiceOptions): Promise<readonly KeptItem[]> {
  const all: KeptItem[] = [];
  for (;;) {
    const page = await store.plans.items(planId, { after: all.at(-1)?.position ?? -1, limit: ITEMS_PAGE });
    all.push(...page);
    if (page.length < ITEMS_PAGE) return all;
  }
}
