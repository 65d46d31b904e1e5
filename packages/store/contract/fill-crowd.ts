import type { RealmKey } from '@lockstep/provider/ports';
import { rows } from '../src/database/operation.ts';
import type { Store } from '../src/open-store.ts';

const ROWS_PER_STATEMENT = 500;

/** Puts as many users into a realm as asked for, `u000000` and so on, in that order; returns their ids. */
export async function fillCrowd(store: Store, realm: RealmKey, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, at) => `u${String(at).padStart(6, '0')}`);
  await store.database.write(function* () {
    for (let at = 0; at < ids.length; at += ROWS_PER_STATEMENT) {
      const part = ids.slice(at, at + ROWS_PER_STATEMENT);
      const tuples = part.map(() => "(?, 'User', ?, 1, 0, 0, 1, 1, ?, ?)").join(', ');
      yield* rows(
        `insert into resource (realm, type, id, version, created_ms, modified_ms, is_managed, is_active, unique_name, text)
         values ${tuples}`,
        ...part.flatMap((id) => [realm, id, id, JSON.stringify({ id, userName: id })]),
      );
    }
    yield* rows(
      `insert into realm_count (realm, type, living) values (?, 'User', ?)
       on conflict (realm, type) do update set living = realm_count.living + excluded.living`,
      realm,
      ids.length,
    );
  });
  return ids;
}
