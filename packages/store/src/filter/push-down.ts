import { conjuncts, foldText, parseDateTime, type ResolvedFilter } from '@lockstep/scim';
import { attributePathOf } from './attribute-path-of.ts';
import { allOf, anyOf, type ConditionScope, type SqlCondition } from './sql-condition.ts';

/** What of a filter the database decides. */
export interface PushedDown {
  /** Holds for every resource that matches; absent when nothing could be pushed down. */
  readonly condition: SqlCondition | undefined;
  /** True when `condition` is the whole filter; else the rows it finds still have to be matched one by one. */
  readonly isExact: boolean;
}

type Comparison = Extract<ResolvedFilter, { readonly kind: 'compare' }>;

const DATE_OPERATORS: Readonly<Record<string, string>> = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' };
const DATE_COLUMNS: Readonly<Record<string, string>> = {
  'meta.created': 'created_ms',
  'meta.lastModified': 'modified_ms',
};

/** Splits a filter into what the database can decide with its columns and indexes, and whether that is all of it. */
export function pushDown(filter: ResolvedFilter, scope: ConditionScope): PushedDown {
  const whole = exactCondition(filter, scope);
  if (whole !== undefined) return { condition: whole, isExact: true };
  const partial = conjuncts(filter)
    .map((part) => exactCondition(part, scope) ?? narrowingCondition(part, scope))
    .filter((condition) => condition !== undefined);
  return { condition: partial.length === 0 ? undefined : allOf(partial), isExact: false };
}

/** The condition that holds for exactly the matching resources, or nothing when the database cannot tell. */
function exactCondition(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => exactCondition(part, scope)).filter((part) => part !== undefined);
      if (parts.length < filter.filters.length) return undefined;
      return filter.kind === 'and' ? allOf(parts) : anyOf(parts);
    }
    case 'not': {
      const inner = exactCondition(filter.filter, scope);
      return inner === undefined ? undefined : { sql: `not ${inner.sql}`, parameters: inner.parameters };
    }
    case 'unknown':
      return { sql: '(1 = 0)', parameters: [] };
    case 'compare':
      return exactComparison(filter, scope);
    default:
      return undefined;
  }
}

function exactComparison(filter: Comparison, scope: ConditionScope): SqlCondition | undefined {
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
      return indexedCondition(path, filter, scope);
  }
}

function indexedCondition(path: string, filter: Comparison, scope: ConditionScope): SqlCondition | undefined {
  if (typeof filter.value !== 'string') return undefined;
  const isExactCase = (filter.found.sub ?? filter.found.attribute).caseExact;
  const value = isExactCase ? filter.value : foldText(filter.value);
  if (path === scope.uniqueName) {
    return { sql: '(r.unique_name is not null and r.unique_name = ?)', parameters: [foldText(filter.value)] };
  }
  return scope.indexedValues.includes(path) ? valueCondition(path, value, scope) : undefined;
}

function valueCondition(path: string, value: string, scope: ConditionScope): SqlCondition {
  return {
    sql: '(r.seq in (select v.seq from resource_value v where v.realm = ? and v.type = ? and v.path = ? and v.value = ?))',
    parameters: [scope.realm, scope.type, path, value],
  };
}

function relationCondition(own: string, other: string, id: string, scope: ConditionScope): SqlCondition {
  return {
    sql: `(r.seq in (select m.${own} from resource x join membership m on m.${other} = x.seq where x.realm = ? and x.id = ?))`,
    parameters: [scope.realm, id],
  };
}

function dateCondition(filter: Comparison, column: string): SqlCondition | undefined {
  const operator = DATE_OPERATORS[filter.operator];
  const instant = typeof filter.value === 'string' ? parseDateTime(filter.value) : undefined;
  if (operator === undefined || instant === undefined) return undefined;
  return { sql: `(r.${column} ${operator} ?)`, parameters: [instant] };
}

/** `emails[type eq "work" and value eq "x"]` needs an element that has both; that the value is there narrows it to a few rows. */
function narrowingCondition(filter: ResolvedFilter, scope: ConditionScope): SqlCondition | undefined {
  if (filter.kind !== 'valuePath') return undefined;
  for (const part of conjuncts(filter.filter)) {
    if (part.kind !== 'compare' || part.operator !== 'eq') continue;
    const condition = indexedCondition(attributePathOf(part.found), part, scope);
    if (condition !== undefined) return condition;
  }
  return undefined;
}
