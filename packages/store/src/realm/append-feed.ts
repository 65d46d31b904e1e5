import type { FeedEntry, FeedKind, RealmKey } from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';

export interface NewFeedEntry {
  readonly kind: FeedKind;
  readonly type: string;
  readonly resourceId: string;
  readonly otherId?: string;
}

const ENTRIES_PER_STATEMENT = 100;

/**
 * Appends to a realm's feed. The numbers come from the realm's own counter row, which stays locked until the
 * transaction commits: a later number can never become visible before an earlier one, on either database.
 */
export function* appendFeed(realm: RealmKey, nowMs: number, entries: readonly NewFeedEntry[]): Operation<void> {
  if (entries.length === 0) return;
  const counter = yield* row<{ readonly feed_head: number }>(
    'update realm set feed_head = feed_head + ? where key = ? returning feed_head',
    entries.length,
    realm,
  );
  if (counter === undefined) throw new Error(`there is no realm ${realm}`);
  let entry = counter.feed_head - entries.length;
  for (let at = 0; at < entries.length; at += ENTRIES_PER_STATEMENT) {
    const part = entries.slice(at, at + ENTRIES_PER_STATEMENT);
    const values = part.flatMap((added) => {
      entry += 1;
      return [realm, entry, nowMs, added.kind, added.type, added.resourceId, added.otherId ?? null];
    });
    const tuples = part.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ');
    yield* rows(
      `insert into feed (realm, entry, at_ms, kind, type, resource_id, other_id) values ${tuples}`,
      ...values,
    );
  }
}

export function* readFeed(realm: RealmKey, after: number, limit: number): Operation<readonly FeedEntry[]> {
  const found = yield* rows<{
    readonly entry: number;
    readonly at_ms: number;
    readonly kind: FeedKind;
    readonly type: string;
    readonly resource_id: string;
    readonly other_id: string | null;
  }>(
    'select entry, at_ms, kind, type, resource_id, other_id from feed where realm = ? and entry > ? order by entry limit ?',
    realm,
    after,
    limit,
  );
  return found.map((one) => ({
    entry: one.entry,
    atMs: one.at_ms,
    kind: one.kind,
    type: one.type,
    resourceId: one.resource_id,
    otherId: one.other_id,
  }));
}

export function* feedHead(realm: RealmKey): Operation<number> {
  const found = yield* row<{ readonly feed_head: number }>('select feed_head from realm where key = ?', realm);
  return found?.feed_head ?? 0;
}
