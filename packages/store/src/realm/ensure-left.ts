import type { RealmKey, SomebodyLeft } from '@lockstep/provider/ports';
import type { SqlFlavour } from '../database/database.ts';
import { type Operation, rows } from '../database/operation.ts';
import { pushDown } from '../filter/push-down.ts';
import { COLUMNS, type ResourceRow, toStored } from './resource-row.ts';

/** A realm, and the database it is in. */
export interface RealmPlace {
  readonly realm: RealmKey;
  readonly flavour: SqlFlavour;
}

const PAGE = 200;

/**
 * Looks for somebody who is left. Runs behind the change and its feed entries: those hold the realm's counter row, so what
 * others changed meanwhile is either seen here or still waits.
 *
 * @throws what `refusal` gives when nobody is
 */
export function* ensureLeft({ realm, flavour }: RealmPlace, left: SomebodyLeft): Operation<void> {
  const scope = {
    realm,
    type: left.type.name,
    flavour,
    uniqueName: left.indexed.uniqueName,
    indexedValues: left.indexed.values,
  };
  const { condition } = pushDown(left.filter, scope);
  const narrowed = condition === undefined ? '' : ` and ${condition.sql}`;
  for (let afterSeq = 0; ; ) {
    const page = yield* rows<ResourceRow>(
      `select ${COLUMNS} from resource r where r.realm = ? and r.type = ? and r.deleted_ms is null
         and r.is_protected = 0 and r.is_active = 1${narrowed} and r.seq > ? order by r.seq limit ?`,
      realm,
      left.type.name,
      ...(condition?.parameters ?? []),
      afterSeq,
      PAGE,
    );
    if (page.some((one) => left.matches(toStored(one)))) return;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) throw left.refusal();
    afterSeq = last.seq;
  }
}
