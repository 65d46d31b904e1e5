import type { Database } from '../database/database.ts';
import {
  addWebhook,
  buryEntry,
  claimWebhook,
  dueWebhooks,
  findWebhook,
  listDeadLetters,
  listWebhooks,
  moveWebhook,
  postponeWebhook,
  releaseWebhook,
  removeDeadLetter,
  removeWebhook,
  setWebhookOn,
} from './webhook-operations.ts';

/** An endpoint that is told what happens in a tenant. */
export interface Webhook {
  readonly id: string;
  readonly tenantId: string;
  readonly url: string;
  readonly sealedSecret: string;
  readonly createdMs: number;
  /** Number of the last feed entry that was delivered or dead-lettered; the next one is due. */
  readonly position: number;
  /** How often the next entry has failed. */
  readonly attempts: number;
  readonly nextAttemptMs: number;
  readonly lastError: string | null;
  /** An endpoint that is switched off is told nothing; what happens meanwhile waits for it. */
  readonly isOn: boolean;
}

/** A feed entry that an endpoint did not take in all its attempts. */
export interface DeadLetter {
  readonly entry: number;
  readonly deadMs: number;
  readonly attempts: number;
  readonly error: string;
}

/** What became of an attempt that failed. */
export interface FailedAttempt {
  /** Feed entry that was tried. */
  readonly entry: number;
  readonly attempts: number;
  readonly error: string;
}

/** Endpoints, how far each has come in its tenant's feed, and what they would not take. */
export interface WebhookStore {
  add(webhook: Pick<Webhook, 'id' | 'tenantId' | 'url' | 'sealedSecret' | 'createdMs' | 'position'>): Promise<void>;
  find(tenantId: string, id: string): Promise<Webhook | undefined>;
  /** In the order they were made. */
  list(tenantId: string): Promise<readonly Webhook[]>;
  /** Switched on, what waited is due at once. False when the tenant has none of that id. */
  setOn(tenantId: string, id: string, isOn: boolean): Promise<boolean>;
  /** Removes the endpoint with its dead letters. False when the tenant has none of that id. */
  remove(tenantId: string, id: string): Promise<boolean>;
  /** Endpoints with an entry to deliver whose time has come and that nobody delivers to now; at most `limit`. */
  due(nowMs: number, limit: number): Promise<readonly Webhook[]>;
  /** Takes the endpoint for one deliverer until `untilMs`; `undefined` when another has it or it is gone. */
  claim(id: string, nowMs: number, untilMs: number): Promise<Webhook | undefined>;
  /** Gives it back. */
  release(id: string): Promise<void>;
  /** Entry `entry` was delivered. False when the endpoint had moved on, is gone, or was switched off: nothing more goes to it. */
  move(id: string, entry: number, leaseUntilMs: number): Promise<boolean>;
  /** Entry failed and is tried again. */
  postpone(id: string, failed: FailedAttempt, nextAttemptMs: number): Promise<void>;
  /** Entry failed for good: it goes to the dead letters and the endpoint moves on, in one transaction. */
  bury(id: string, failed: FailedAttempt, nowMs: number): Promise<void>;
  /** Oldest first, after `after`. */
  deadLetters(id: string, page: { readonly after: number; readonly limit: number }): Promise<readonly DeadLetter[]>;
  removeDeadLetter(id: string, entry: number): Promise<boolean>;
}

/** Webhooks over a database. */
export function createWebhookStore({ read, write }: Database): WebhookStore {
  return {
    add: (webhook) => write(() => addWebhook(webhook)),
    find: (tenantId, id) => read(() => findWebhook(tenantId, id)),
    list: (tenantId) => read(() => listWebhooks(tenantId)),
    setOn: (tenantId, id, isOn) => write(() => setWebhookOn(tenantId, id, isOn)),
    remove: (tenantId, id) => write(() => removeWebhook(tenantId, id)),
    due: (nowMs, limit) => read(() => dueWebhooks(nowMs, limit)),
    claim: (id, nowMs, untilMs) => write(() => claimWebhook(id, nowMs, untilMs)),
    release: (id) => write(() => releaseWebhook(id)),
    move: (id, entry, leaseUntilMs) => write(() => moveWebhook(id, entry, leaseUntilMs)),
    postpone: (id, failed, nextAttemptMs) => write(() => postponeWebhook(id, failed, nextAttemptMs)),
    bury: (id, failed, nowMs) => write(() => buryEntry(id, failed, nowMs)),
    deadLetters: (id, page) => read(() => listDeadLetters(id, page)),
    removeDeadLetter: (id, entry) => write(() => removeDeadLetter(id, entry)),
  };
}
