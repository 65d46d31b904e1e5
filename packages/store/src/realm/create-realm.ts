import type { RealmKey } from '@lockstep/provider/ports';
import { type Operation, row, rows } from '../database/operation.ts';

/** Makes an empty realm and gives its key. */
export function* createRealm(kind: 'directory' | 'tenant', nowMs: number): Operation<RealmKey> {
  const last = yield* row<{ readonly key: number }>('select coalesce(max(key), 0) as key from realm');
  const key = (last?.key ?? 0) + 1;
  yield* rows('insert into realm (key, kind, created_ms) values (?, ?, ?)', key, kind, nowMs);
  return key;
}

/** The directory's realm, made at first use. There is one per installation. */
export function* directoryRealm(nowMs: number): Operation<RealmKey> {
  const found = yield* row<{ readonly key: number }>("select key from realm where kind = 'directory'");
  return found?.key ?? (yield* createRealm('directory', nowMs));
}
