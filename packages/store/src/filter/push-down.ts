import { conjuncts, foldText, parseDateTime, type ResolvedFilter } from '@lockstep/scim';
import { attributePathOf } from './attribute-path-of.ts';
import { leafCondition } from './leaf-condition.ts';
import { allOf, anyOf, type ConditionScope, negated, type SqlCondition, sql } from './sql-condition.ts';
import { startCondition } from './start-condition.ts';

/** What of a filter the database decides. */
export interface PushedDown {
  /** Holds for every resource that matches; absent when nothing could be pushed down. */
  readonly condition: SqlCondition | undefined;
  /** True when `condition` is the whole filter; else the rows it finds still have to be matched one by one. */
  readonly isExact: boolean;
  /** True when an index finds the rows, so that nobody else has to be looked at. */
  readonly isIndexed: boolean;
}

type Comparison = Extract<ResolvedFilter, { readonly kind: 'compare' }>;

const DATE_OPERATORS: Readonly<Record<string, string>> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' };
const DATE_COLUMNS: Readonly<Record<string, string>> = {
  'meta.created': 'created_ms',
  'meta.lastModified': 'modified_ms',
};
/** Attributes whose columns hold them as they are. */
const EXACT_COLUMNS: Readonly<Record<string, string>> = { ...DATE_COLUMNS, id: 'id', externalId: 'external_id' };

/** Splits a filter into what the database can decide with its columns and indexes, and whether that is all of it. */
export function pushDown(filter: ResolvedFilter, scope: ConditionScope): PushedDown {
  const whole = exactCondition(filter, scope);
  const isIndexed = usesIndex(filter, scope);
  if (whole !== undefined) return { condition: whole, isExact: true, isIndexed };
  const partial = conjuncts(filter)
    .map((part) => exactCondition(part, scope) ?? narrowingCondition(part, scope))
    .filter((condition) => condition !== undefined);
  return { condition: partial.length === 0 ? undefined : allOf(partial), isExact: false, isIndexed };
}

function usesIndex(filter: ResolvedFilter, scope: ConditionScope): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.some((part) => usesIndex(part, scope));
    case 'or':
      return filter.filters.every((part) => usesIndex(part, scope));
    case 'compare':
      return (
        startCondition(filter, scope) !== undefined ||
        (filter.operator === 'eq' && indexedComparison(filter, scope) !== undefined && !isDate(filter))
      );
    case 'valuePath':
      return narrowingCondition(filter, scope) !== undefined;
    default:
      return filter.kind === 'unknown';
  }
}

function isDate(filter: Comparison): boolean {
  return attributePathOf(filter.found) in DATE_COLUMNS;
}

/** The condition that holds for exactly the matching resources, or nothing when the database cannot tell. */
function exactCondition(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => exactCondition(part, scope)).filter((part) => part !== undefined);
      if (parts.length < filter.filters.length) return undefined;
      if (filter.kind === 'and') return allOf(parts);
      return choiceOfStarts(filter.filters, scope) ?? anyOf(parts);
    }
    case 'not': {
      const inner = exactCondition(filter.filter, scope);
      return inner === undefined ? undefined : negated(inner);
    }
    case 'unknown':
      return sql`(1 = 0)`;
    case 'compare':
      return exactComparison(filter, scope);
    case 'present':
      return leafCondition(filter, scope);
    case 'valuePath': {
      const whole = leafCondition(filter, scope);
      // The index finds the few rows with the value; whether one element has it all is then seen on those.
      const narrow = narrowingCondition(filter, scope);
      return whole === undefined || narrow === undefined ? whole : allOf([narrow, whole]);
    }
  }
}

function exactComparison(filter: Comparison, scope: ConditionScope): SqlCondition | undefined {
  const start = startCondition(filter, scope);
  if (start !== undefined) {
    const whole = leafCondition(filter, scope);
    return whole === undefined ? undefined : allOf([start, whole]);
  }
  const quick = indexedComparison(filter, scope);
  if (quick === undefined) return leafCondition(filter, scope);
  const isFoldedIndex = !(attributePathOf(filter.found) in EXACT_COLUMNS);
  if (!isFoldedIndex || !(filter.found.sub ?? filter.found.attribute).caseExact) return quick;
  const whole = leafCondition(filter, scope);
  return whole === undefined ? undefined : allOf([quick, whole]);
}

/** `a sw "x" or b sw "x"`, as search boxes ask: the indexes' few rows, on which the choice is then seen. */
function choiceOfStarts(filters: readonly ResolvedFilter[], scope: ConditionScope): SqlCondition | undefined {
  const start = startCondition({ kind: 'or', filters }, scope);
  if (start === undefined) return undefined;
  const parts = filters.flatMap((part) => (part.kind === 'compare' ? [leafCondition(part, scope)] : []));
  const known = parts.filter((part) => part !== undefined);
  return known.length < filters.length ? undefined : allOf([start, anyOf(known)]);
}

/** What columns and indexes decide without a look into the JSON. */
function indexedComparison(filter: Comparison, scope: ConditionScope): SqlCondition | undefined {
  const path = attributePathOf(filter.found);
  const column = DATE_COLUMNS[path];
  if (column !== undefined) return dateCondition(filter, column);
  if (filter.operator !== 'eq' || typeof filter.value !== 'string') return undefined;
  switch (path) {
    case 'id':
      return { sql: '(r.id = ?)', parameters: [filter.value] };
    case 'externalId':
      return { sql: '(r.external_id is not null and r.external_id = ?)', parameters: [filter.value] };
    case 'members.value':
      return relationCondition('group_seq', 'member_seq', filter.value, scope);
    case 'groups.value':
      return relationCondition('member_seq', 'group_seq', filter.value, scope);
    default:
      return indexedCondition(path, filter.value, scope);
  }
}

/** Indexed values are folded, so that for a value of exact case the index only narrows. */
function indexedCondition(path: string, value: string, scope: ConditionScope): SqlCondition | undefined {
  if (path === scope.uniqueName) {
    return { sql: '(r.unique_name is not null and r.unique_name = ?)', parameters: [foldText(value)] };
  }
  // Only what has text is indexed for sure.
  return scope.indexedValues.includes(path) && value !== '' ? valueCondition(path, foldText(value), scope) : undefined;
}

function valueCondition(path: string, value: string, scope: ConditionScope): SqlCondition {
  return {
    sql: '(r.seq in (select v.seq from resource_value v where v.realm = ? and v.type = ? and v.path = ? and v.value = ?))',
    parameters: [scope.realm, scope.type, path, value],
  };
}

/** Ids are text of exact case, but their mention in `members` and `groups` is not (RFC 7643 §4.2). */
function relationCondition(own: string, other: string, id: string, scope: ConditionScope): SqlCondition {
  const folded = foldText(id);
  return {
    sql: `(r.seq in (select m.${own} from resource x join membership m on m.${other} = x.seq where x.realm = ? and x.id in (?, ?)))`,
    parameters: [scope.realm, id, folded],
  };
}

function dateCondition(filter: Comparison, column: string): SqlCondition | undefined {
  const operator = DATE_OPERATORS[filter.operator];
  const instant = typeof filter.value === 'string' ? parseDateTime(filter.value) : undefined;
  if (operator === undefined || instant === undefined) return undefined;
  return { sql: `(r.${column} ${operator} cast(? as double precision))`, parameters: [instant] };
}

/** `emails[type eq "work" and value eq "x"]` needs an element that has both; that the value is there narrows it to a few rows. */
function narrowingCondition(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  if (filter.kind !== 'valuePath') return undefined;
  for (const part of conjuncts(filter.filter)) {
    if (part.kind !== 'compare' || part.operator !== 'eq') continue;
    const condition = indexedComparison(part, scope);
    if (condition !== undefined) return condition;
  }
  return undefined;
}
