import type { FoundAttribute } from '@lockstep/scim';
import { isRelation } from './needs-relations.ts';
import { type ConditionScope, type SqlCondition, sql } from './sql-condition.ts';
import { postgresValue, type SqlJsonValue, sqliteElement, sqliteValue, textColumn } from './sql-value.ts';

/** Where the values of an attribute are. */
export type LeafSource =
  | { readonly kind: 'single'; readonly isThere: SqlCondition; at(sub: string | undefined): SqlJsonValue }
  | {
      readonly kind: 'many';
      /** Whether at least one of the values, as `e`, meets a condition. */
      some(condition: SqlCondition): SqlCondition;
      readonly isEmpty: SqlCondition;
      /** Keeps the null that stands for a list apart from one inside a list; null is no element. */
      readonly isElement: SqlCondition;
      at(sub: string | undefined): SqlJsonValue;
    };

const ALWAYS: SqlCondition = sql`(1 = 1)`;

/** The values of an attribute of `resource r`: its JSON, or rows for members and groups. */
export function sourceOf(found: FoundAttribute, scope: ConditionScope): LeafSource | undefined {
  const { attribute } = found;
  if (isRelation(found)) return relationSource(attribute.name, scope);
  if (!found.isExtension && attribute.name === 'meta') return undefined;
  const isWhole = found.isExtension && attribute.name === found.schemaId;
  const keys = found.isExtension && !isWhole ? [found.schemaId, attribute.name] : [attribute.name];
  // A list inside an element would need a second look into it; no schema of the standard has one.
  if (found.sub?.multiValued === true || [...keys, found.sub?.name ?? ''].some((key) => key.includes('"')))
    return undefined;
  if (attribute.multiValued) return scope.flavour === 'sqlite' ? sqliteList(keys) : postgresList(keys);
  return scope.flavour === 'sqlite' ? sqliteSingle(keys) : postgresSingle(keys);
}

function sqliteSingle(keys: readonly string[]): LeafSource {
  const path = pathOf(keys);
  return {
    kind: 'single',
    isThere: sql`((json_type(r.text, ${path}) <> 'null') is true)`,
    at: (sub) => sqliteValue(sql`r.text`, sub === undefined ? path : pathOf([...keys, sub])),
  };
}

function sqliteList(keys: readonly string[]): LeafSource {
  const path = pathOf(keys);
  return {
    kind: 'many',
    some: (condition) => sql`(exists (select 1 from json_each(r.text, ${path}) e where ${condition}))`,
    isEmpty: sql`(not exists (select 1 from json_each(r.text, ${path})))`,
    isElement: sql`(e.type <> 'null' or e.key is not null)`,
    at: (sub) =>
      sub === undefined
        ? sqliteElement()
        : sqliteValue(sql`case when e.type = 'object' then e.value end`, pathOf([sub])),
  };
}

function postgresSingle(keys: readonly string[]): LeafSource {
  const value = jsonbAt(keys);
  return {
    kind: 'single',
    isThere: sql`((jsonb_typeof(${value}) <> 'null') is true)`,
    at: (sub) => postgresValue(sub === undefined ? value : jsonbAt([...keys, sub])),
  };
}

function postgresList(keys: readonly string[]): LeafSource {
  const list = jsonbAt(keys);
  const elements = sql`jsonb_array_elements(case when jsonb_typeof(${list}) = 'array' then ${list} else jsonb_build_array(${list}) end) e(value)`;
  const isThere = sql`${list} is not null`;
  return {
    kind: 'many',
    some: (condition) => sql`(${isThere} and exists (select 1 from ${elements} where ${condition}))`,
    isEmpty: sql`(${list} is null or ${list} = '[]'::jsonb)`,
    isElement: sql`(jsonb_typeof(${list}) <> 'null')`,
    at: (sub) => postgresValue(sub === undefined ? sql`e.value` : sql`(e.value -> ${sub}::text)`),
  };
}

function relationSource(name: string, scope: ConditionScope): LeafSource {
  const rows =
    name === 'members'
      ? sql`membership m join resource e on e.seq = m.member_seq where m.group_seq = r.seq`
      : sql`membership m join resource e on e.seq = m.group_seq where m.member_seq = r.seq`;
  const columns: Readonly<Record<string, SqlCondition>> = {
    value: sql`e.id`,
    display: sql`e.display`,
    ...(name === 'members' ? { type: sql`e.type` } : {}),
  };
  return {
    kind: 'many',
    some: (condition) => sql`(exists (select 1 from ${rows} and ${condition}))`,
    isEmpty: sql`(not exists (select 1 from ${rows}))`,
    isElement: ALWAYS,
    at: (sub) => textColumn(columns[sub ?? 'value'] ?? sql`cast(null as text)`, scope.flavour),
  };
}

/** A JSON path of SQLite; names are quoted so that URNs with dots stay one step. */
function pathOf(keys: readonly string[]): string {
  return `$${keys.map((key) => `."${key}"`).join('')}`;
}

function jsonbAt(keys: readonly string[]): SqlCondition {
  return keys.reduce((value, key) => sql`(${value} -> ${key}::text)`, sql`(r.text::jsonb)`);
}
