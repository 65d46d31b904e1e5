import { foldText, type ResolvedFilter } from '@lockstep/scim';
import { attributePathOf } from './attribute-path-of.ts';
import type { ConditionScope, SqlCondition } from './sql-condition.ts';

/** Behind every text that goes on after a beginning, but for such as go on with these very code points. */
const LAST = '\u{10ffff}\u{10ffff}';

/** Shorter beginnings fit so many that going through everybody in small pages is kinder to whoever else asks. */
const START_MIN = 3;

/**
 * Where `sw`, or a choice of several, finds its rows in indexes: ranges of folded texts, wider than the filter where a
 * value is of exact case, so that the filter itself still has to hold. One list of row numbers for the whole choice: a
 * planner that sees an `or` of several goes through everybody instead.
 */
export function startCondition(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  const starts = (filter.kind === 'or' ? filter.filters : [filter]).map((part) => rowsStarting(part, scope));
  const known = starts.filter((start) => start !== undefined);
  if (known.length < starts.length) return undefined;
  return {
    sql: `(r.seq in (${known.map((one) => one.sql).join(' union ')}))`,
    parameters: known.flatMap((one) => one.parameters),
  };
}

/** A select of the numbers of the rows whose value begins so. */
function rowsStarting(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  if (filter.kind !== 'compare' || filter.operator !== 'sw') return undefined;
  const { value, found } = filter;
  if (typeof value !== 'string' || value.length < START_MIN) return undefined;
  const path = attributePathOf(found);
  const first = foldText(value);
  const place = [scope.realm, scope.type];
  const range = [first, `${first}${LAST}`];
  if (path === scope.uniqueName) {
    return {
      sql: 'select u.seq from resource u where u.realm = ? and u.type = ? and u.deleted_ms is null and u.unique_name is not null and u.unique_name >= ? and u.unique_name <= ?',
      parameters: [...place, ...range],
    };
  }
  if (!scope.indexedValues.includes(path)) return undefined;
  return {
    sql: 'select v.seq from resource_value v where v.realm = ? and v.type = ? and v.path = ? and v.value >= ? and v.value <= ?',
    parameters: [...place, path, ...range],
  };
}
