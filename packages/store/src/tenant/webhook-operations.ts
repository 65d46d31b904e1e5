import { type Operation, row, rows } from '../database/operation.ts';
import type { DeadLetter, FailedAttempt, Webhook } from './webhook-store.ts';

interface WebhookRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly url: string;
  readonly sealed_secret: string;
  readonly created_ms: number;
  readonly position: number;
  readonly attempts: number;
  readonly next_attempt_ms: number;
  readonly last_error: string | null;
  readonly is_on: number;
}

const COLUMNS = 'id, tenant_id, url, sealed_secret, created_ms, position, attempts, next_attempt_ms, last_error, is_on';

export function* addWebhook(
  webhook: Pick<Webhook, 'id' | 'tenantId' | 'url' | 'sealedSecret' | 'createdMs' | 'position'>,
): Operation<void> {
  yield* rows(
    'insert into webhook (id, tenant_id, url, sealed_secret, created_ms, position) values (?, ?, ?, ?, ?, ?)',
    webhook.id,
    webhook.tenantId,
    webhook.url,
    webhook.sealedSecret,
    webhook.createdMs,
    webhook.position,
  );
}

export function* findWebhook(tenantId: string, id: string): Operation<Webhook | undefined> {
  const found = yield* row<WebhookRow>(`select ${COLUMNS} from webhook where tenant_id = ? and id = ?`, tenantId, id);
  return found === undefined ? undefined : toWebhook(found);
}

export function* listWebhooks(tenantId: string): Operation<readonly Webhook[]> {
  const found = yield* rows<WebhookRow>(
    `select ${COLUMNS} from webhook where tenant_id = ? order by created_ms, id`,
    tenantId,
  );
  return found.map(toWebhook);
}

export function* removeWebhook(tenantId: string, id: string): Operation<boolean> {
  return (yield* row('delete from webhook where tenant_id = ? and id = ? returning id', tenantId, id)) !== undefined;
}

export function* setWebhookOn(tenantId: string, id: string, isOn: boolean): Operation<boolean> {
  const found = yield* row(
    'update webhook set is_on = ?, next_attempt_ms = 0 where tenant_id = ? and id = ? returning id',
    isOn ? 1 : 0,
    tenantId,
    id,
  );
  return found !== undefined;
}

export function* dueWebhooks(nowMs: number, limit: number): Operation<readonly Webhook[]> {
  const columns = COLUMNS.split(', ').map((column) => `w.${column}`);
  const found = yield* rows<WebhookRow>(
    `select ${columns.join(', ')} from webhook w
     join tenant t on t.id = w.tenant_id join realm r on r.key = t.realm
     where w.is_on = 1 and r.feed_head > w.position and w.next_attempt_ms <= ? and w.lease_until_ms <= ?
     order by w.next_attempt_ms, w.id limit ?`,
    nowMs,
    nowMs,
    limit,
  );
  return found.map(toWebhook);
}

export function* claimWebhook(id: string, nowMs: number, untilMs: number): Operation<Webhook | undefined> {
  const found = yield* row<WebhookRow>(
    `update webhook set lease_until_ms = ? where id = ? and is_on = 1 and lease_until_ms <= ? and next_attempt_ms <= ?
     returning ${COLUMNS}`,
    untilMs,
    id,
    nowMs,
    nowMs,
  );
  return found === undefined ? undefined : toWebhook(found);
}

export function* releaseWebhook(id: string): Operation<void> {
  yield* rows('update webhook set lease_until_ms = 0 where id = ?', id);
}

export function* moveWebhook(id: string, entry: number, leaseUntilMs: number): Operation<boolean> {
  const moved = yield* row<{ readonly is_on: number }>(
    `update webhook set position = ?, attempts = 0, next_attempt_ms = 0, last_error = null, lease_until_ms = ?
     where id = ? and position < ? returning is_on`,
    entry,
    leaseUntilMs,
    id,
    entry,
  );
  return moved?.is_on === 1;
}

export function* postponeWebhook(id: string, failed: FailedAttempt, nextAttemptMs: number): Operation<void> {
  yield* rows(
    `update webhook set attempts = ?, next_attempt_ms = ?, last_error = ?, lease_until_ms = 0
     where id = ? and position < ?`,
    failed.attempts,
    nextAttemptMs,
    failed.error,
    id,
    failed.entry,
  );
}

export function* buryEntry(id: string, failed: FailedAttempt, nowMs: number): Operation<void> {
  const moved = yield* row(
    `update webhook set position = ?, attempts = 0, next_attempt_ms = 0, last_error = ?
     where id = ? and position < ? returning id`,
    failed.entry,
    failed.error,
    id,
    failed.entry,
  );
  if (moved === undefined) return;
  yield* rows(
    'insert into webhook_dead_letter (webhook_id, entry, dead_ms, attempts, error) values (?, ?, ?, ?, ?)',
    id,
    failed.entry,
    nowMs,
    failed.attempts,
    failed.error,
  );
}

export function* listDeadLetters(
  id: string,
  page: { readonly after: number; readonly limit: number },
): Operation<readonly DeadLetter[]> {
  const found = yield* rows<{
    readonly entry: number;
    readonly dead_ms: number;
    readonly attempts: number;
    readonly error: string;
  }>(
    `select entry, dead_ms, attempts, error from webhook_dead_letter where webhook_id = ? and entry > ?
     order by entry limit ?`,
    id,
    page.after,
    page.limit,
  );
  return found.map((one) => ({ entry: one.entry, deadMs: one.dead_ms, attempts: one.attempts, error: one.error }));
}

export function* removeDeadLetter(id: string, entry: number): Operation<boolean> {
  const gone = yield* row(
    'delete from webhook_dead_letter where webhook_id = ? and entry = ? returning entry',
    id,
    entry,
  );
  return gone !== undefined;
}

function toWebhook(found: WebhookRow): Webhook {
  return {
    id: found.id,
    tenantId: found.tenant_id,
    url: found.url,
    sealedSecret: found.sealed_secret,
    createdMs: found.created_ms,
    position: found.position,
    attempts: found.attempts,
    nextAttemptMs: found.next_attempt_ms,
    lastError: found.last_error,
    isOn: found.is_on === 1,
  };
}
