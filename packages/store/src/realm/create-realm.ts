import type { RealmKey } from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';

/** Makes an empty realm and gives its key, which is never given out again: late requests of a deleted tenant find nothing. */
export function* createRealm(kind: 'directory' | 'tenant', nowMs: number): Operation<RealmKey> {
  const made = yield* row<{ readonly key: number }>(
    'insert into realm (kind, created_ms) values (?, ?) on conflict do nothing returning key',
    kind,
    nowMs,
  );
  if (made === undefined) throw new Error(`there is a ${kind} realm already`);
  return made.key;
}

/** The directory's realm, made at first use. There is one per installation. */
export function* directoryRealm(nowMs: number): Operation<RealmKey> {
  yield* rows("insert into realm (kind, created_ms) values ('directory', ?) on conflict do nothing", nowMs);
  const found = yield* row<{ readonly key: number }>("select key from realm where kind = 'directory'");
  if (found === undefined) throw new Error('the directory realm is missing');
  return found.key;
}
