import type { RealmKey, ResourceUpdate, UpdateOutcome } from '@lockstep/provider/ports';
import { inList, type Operation, parts, rows } from '../database/operation.ts';
import type { RealmPlace } from './ensure-left.ts';
import { updateResource } from './write-resource.ts';

interface NamedRow {
  readonly seq: number;
  readonly id: string;
  readonly unique_name: string | null;
}

/**
 * Changes many resources of a type in one transaction. All their unique names are given up first, so that two resources
 * may swap names; what did not change takes its own back.
 */
export function* updateAllResources(
  place: RealmPlace,
  type: string,
  updates: readonly ResourceUpdate[],
): Operation<readonly (UpdateOutcome | undefined)[]> {
  const { realm } = place;
  const names = new Map<string, NamedRow>();
  for (const part of parts(updates.map((update) => update.id))) {
    for (const named of yield* giveUpNames(realm, type, part)) names.set(named.id, named);
  }
  const outcomes: (UpdateOutcome | undefined)[] = [];
  for (const { id, mutate } of updates) {
    let isRewritten = false;
    const outcome = yield* updateResource(place, { type, id }, (current) => {
      const change = mutate(current);
      isRewritten = change?.text !== undefined && change.text !== current.text;
      return change;
    });
    outcomes.push(outcome);
    const named = names.get(id);
    if (!isRewritten && named !== undefined) {
      yield* rows('update resource set unique_name = ? where seq = ?', named.unique_name, named.seq);
    }
  }
  return outcomes;
}

function* giveUpNames(realm: RealmKey, type: string, ids: readonly string[]): Operation<readonly NamedRow[]> {
  const wanted = inList(ids);
  const where = `realm = ? and type = ? and deleted_ms is null and id in (${wanted.marks})`;
  const named = yield* rows<NamedRow>(
    `select seq, id, unique_name from resource where ${where} order by seq for update`,
    realm,
    type,
    ...wanted.parameters,
  );
  yield* rows(`update resource set unique_name = null where ${where}`, realm, type, ...wanted.parameters);
  return named;
}
