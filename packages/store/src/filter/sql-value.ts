import type { SqlFlavour } from '../database/database.ts';
import { type SqlCondition, sql } from './sql-condition.ts';

/** One JSON value as SQL sees it: each field is an expression that is null unless the value is of that kind. */
export interface SqlJsonValue {
  readonly text: SqlCondition;
  /** The text as `foldText` makes it; on PostgreSQL only comparable with texts `isSafelyFolded` accepts. */
  readonly folded: SqlCondition;
  /** Set when `folded` holds what `foldText` itself made, on either database. */
  readonly isFoldedHere: boolean;
  readonly number: SqlCondition;
  /** 1 or 0. */
  readonly truth: SqlCondition;
  /** Milliseconds since 1970 of a text that is a date; absent where the database cannot read dates as scim does. */
  readonly instant?: SqlCondition;
  /** A condition, never null: there is something in the value (RFC 7644 §3.4.2.2 on `pr`), however deep. */
  readonly isPresent: SqlCondition;
}

const NOTHING: SqlCondition = sql`null`;

/** A text that stands in a column of its own. */
export function textColumn(text: SqlCondition, flavour: SqlFlavour, folded?: SqlCondition): SqlJsonValue {
  return {
    text,
    folded: folded ?? foldedText(text, flavour),
    isFoldedHere: folded !== undefined || flavour === 'sqlite',
    number: NOTHING,
    truth: NOTHING,
    instant: NOTHING,
    isPresent: sql`((${text} <> '') is true)`,
  };
}

/** A value inside a JSON document of SQLite: `json` an expression for the document, `path` a JSON path in it. */
export function sqliteValue(json: SqlCondition, path: string): SqlJsonValue {
  const type = sql`json_type(${json}, ${path})`;
  const value = sql`json_extract(${json}, ${path})`;
  return sqliteParts(type, value, sql`json_tree(${json}, ${path})`);
}

/** The value of a row `e` of SQLite's `json_each`. */
export function sqliteElement(): SqlJsonValue {
  return sqliteParts(sql`e.type`, sql`e.value`, sql`json_tree(json_array(e.value))`);
}

function sqliteParts(type: SqlCondition, value: SqlCondition, tree: SqlCondition): SqlJsonValue {
  const text = sql`case when ${type} = 'text' then ${value} end`;
  return {
    text,
    folded: sql`fold_text(${text})`,
    isFoldedHere: true,
    number: sql`case when ${type} in ('integer', 'real') then cast(${value} as real) end`,
    truth: sql`case ${type} when 'true' then 1 when 'false' then 0 end`,
    instant: sql`instant_of(${text})`,
    isPresent: sql`(exists (select 1 from ${tree} t where t.atom is not null and t.atom <> ''))`,
  };
}

/** A `jsonb` expression of PostgreSQL. */
export function postgresValue(value: SqlCondition): SqlJsonValue {
  const text = sql`case when jsonb_typeof(${value}) = 'string' then (${value} #>> '{}') collate "C" end`;
  return {
    text,
    folded: foldedText(text, 'postgres'),
    isFoldedHere: false,
    number: sql`case when jsonb_typeof(${value}) = 'number' then (${value} #>> '{}')::double precision end`,
    truth: sql`case when jsonb_typeof(${value}) = 'boolean' then (${value} #>> '{}')::boolean::integer end`,
    isPresent: sql`(jsonb_path_exists(${value}, 'strict $.** ? (@.type() == "boolean" || @.type() == "number" || (@.type() == "string" && @ != ""))') is true)`,
  };
}

function foldedText(text: SqlCondition, flavour: SqlFlavour): SqlCondition {
  if (flavour === 'sqlite') return sql`fold_text(${text})`;
  return sql`(normalize(lower(normalize(${text}) collate "und-x-icu")) collate "C")`;
}

/**
 * Whether PostgreSQL's folding of any text decides like `foldText` what contains this folded text. Its tables of letters
 * may be older than the runtime's: new capitals stay as they are there. None of them becomes one of these characters.
 */
export function isSafelyFolded(folded: string): boolean {
  return /^[ -\u019a\u019c-\u024f\u0400-\u052f]*$/.test(folded);
}
