import type { JsonObject } from '@lockstep/scim';
import type { Database } from '../database/database.ts';
import { type Operation, parts, row, rows } from '../database/operation.ts';

/** What can be planned first and carried out later. */
export type KeptPlanKind = 'sync' | 'rollback';

/** `making`: its items are still being written. */
export type KeptPlanState = 'making' | 'ready' | 'applying' | 'applied';

/** A plan that waits to be carried out. */
export interface KeptPlan {
  readonly id: string;
  readonly jobId: string;
  readonly kind: KeptPlanKind;
  readonly state: KeptPlanState;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** What its makers note: counts, and what the plan was made from. */
  readonly detail: JsonObject;
}

/** One object of a plan. */
export interface KeptItem {
  readonly position: number;
  readonly state: 'planned' | 'done' | 'refused' | 'held' | 'failed';
  readonly item: JsonObject;
  /** One sentence, once it was carried out or refused. */
  readonly outcome: string | null;
}

/** Plans with their items. */
export interface PlanStore {
  create(plan: Omit<KeptPlan, 'state'>): Promise<void>;
  addItems(planId: string, items: readonly { readonly position: number; readonly item: JsonObject }[]): Promise<void>;
  find(planId: string): Promise<KeptPlan | undefined>;
  /** Newest first. */
  list(jobId: string, limit: number): Promise<readonly KeptPlan[]>;
  items(planId: string, page: { readonly after: number; readonly limit: number }): Promise<readonly KeptItem[]>;
  /** Moves a plan on, with its notes. False when it is not in state `from`. */
  move(
    planId: string,
    change: { readonly from: KeptPlanState; readonly to: KeptPlanState; readonly detail?: JsonObject },
  ): Promise<boolean>;
  settleItems(planId: string, outcomes: readonly Pick<KeptItem, 'position' | 'state' | 'outcome'>[]): Promise<void>;
  /** Drops plans that expired before a time. */
  prune(expiredBeforeMs: number): Promise<number>;
}

/** The plans over a database. */
export function createPlanStore({ read, write }: Database): PlanStore {
  return {
    create: (plan) =>
      write(function* () {
        yield* rows(
          `insert into plan (id, job_id, kind, state, created_ms, expires_ms, detail) values (?, ?, ?, 'making', ?, ?, ?)`,
          plan.id,
          plan.jobId,
          plan.kind,
          plan.createdMs,
          plan.expiresMs,
          JSON.stringify(plan.detail),
        );
      }),
    addItems: (planId, items) => write(() => addItems(planId, items)),
    find: (planId) =>
      read(function* () {
        const found = yield* row<PlanRow>('select * from plan where id = ?', planId);
        return found === undefined ? undefined : toPlan(found);
      }),
    list: (jobId, limit) =>
      read(function* () {
        const sql = 'select * from plan where job_id = ? order by created_ms desc limit ?';
        return (yield* rows<PlanRow>(sql, jobId, limit)).map(toPlan);
      }),
    items: (planId, page) =>
      read(function* () {
        const sql = 'select * from plan_item where plan_id = ? and position > ? order by position limit ?';
        return (yield* rows<ItemRow>(sql, planId, page.after, page.limit)).map(toItem);
      }),
    move: (planId, change) => write(() => move(planId, change)),
    settleItems: (planId, outcomes) =>
      write(function* () {
        for (const { position, state, outcome } of outcomes) {
          yield* rows(
            'update plan_item set state = ?, outcome = ? where plan_id = ? and position = ?',
            state,
            outcome,
            planId,
            position,
          );
        }
      }),
    prune: (expiredBeforeMs) =>
      write(function* () {
        return (yield* rows('delete from plan where expires_ms < ? returning id', expiredBeforeMs)).length;
      }),
  };
}

function* addItems(planId: string, items: Parameters<PlanStore['addItems']>[1]): Operation<void> {
  for (const part of parts(items, 100)) {
    const values = part.map(() => `(?, ?, 'planned', ?)`).join(', ');
    const given = part.flatMap(({ position, item }) => [planId, position, JSON.stringify(item)]);
    yield* rows(`insert into plan_item (plan_id, position, state, item) values ${values}`, ...given);
  }
}

function* move(planId: string, change: Parameters<PlanStore['move']>[1]): Operation<boolean> {
  const { from, to, detail } = change;
  const moved =
    detail === undefined
      ? yield* row('update plan set state = ? where id = ? and state = ? returning id', to, planId, from)
      : yield* row(
          'update plan set state = ?, detail = ? where id = ? and state = ? returning id',
          to,
          JSON.stringify(detail),
          planId,
          from,
        );
  return moved !== undefined;
}

interface PlanRow {
  readonly id: string;
  readonly job_id: string;
  readonly kind: KeptPlanKind;
  readonly state: KeptPlanState;
  readonly created_ms: number;
  readonly expires_ms: number;
  readonly detail: string;
}

interface ItemRow {
  readonly position: number;
  readonly state: KeptItem['state'];
  readonly item: string;
  readonly outcome: string | null;
}

// What is parsed here and below was written by this store from such objects, and by nobody else.
function toPlan(found: PlanRow): KeptPlan {
  const { id, job_id: jobId, kind, state, created_ms: createdMs, expires_ms: expiresMs } = found;
  return { id, jobId, kind, state, createdMs, expiresMs, detail: JSON.parse(found.detail) as JsonObject };
}

function toItem(found: ItemRow): KeptItem {
  const { position, state, outcome } = found;
  return { position, state, outcome, item: JSON.parse(found.item) as JsonObject };
}
