import type { ResourceQuery } from '@lockstep/provider/ports';
import { type Attribute, type FoundAttribute, findAttribute, parseAttributePath } from '@lockstep/scim';
import type { SqlFlavour } from '../database/database.ts';
import type { SqlValue } from '../database/operation.ts';
import { attributePathOf } from './attribute-path-of.ts';

/** An `order by` list; ties and unsorted lists keep the order of creation, so that pages never overlap. */
export interface SortOrder {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

const COLUMNS: Readonly<Record<string, string>> = {
  id: 'r.id',
  externalId: 'r.external_id',
  'meta.created': 'r.created_ms',
  'meta.lastModified': 'r.modified_ms',
};

const UNSORTED: SortOrder = { sql: 'r.seq', parameters: [] };

/**
 * Orders by an attribute (RFC 7644 §3.4.2.3): missing values last when ascending and first when descending, a
 * multi-valued attribute by its primary or else first value. An attribute the type does not have sorts nothing.
 */
export function sortOrder(query: ResourceQuery, flavour: SqlFlavour): SortOrder {
  if (query.sort === undefined) return UNSORTED;
  const found = findAttribute(query.type, parseAttributePath(query.sort.path));
  if (found === undefined) return UNSORTED;
  const path = attributePathOf(found);
  const key =
    path === query.indexed.uniqueName ? { sql: 'r.unique_name', parameters: [] } : sortKey(found, path, flavour);
  const isDescending = query.sort.order === 'descending';
  const direction = isDescending ? 'desc' : 'asc';
  return {
    sql: `(${key.sql}) is null ${direction}, (${key.sql}) ${direction}, r.seq`,
    parameters: [...key.parameters, ...key.parameters],
  };
}

function sortKey(found: FoundAttribute, path: string, flavour: SqlFlavour): SortOrder {
  const column = COLUMNS[path];
  if (column !== undefined) return { sql: column, parameters: [] };
  const leaf = leafOf(found);
  const value = flavour === 'sqlite' ? sqliteValue(found) : postgresValue(found);
  const { sql, parameters } = value;
  if (leaf.type === 'integer' || leaf.type === 'decimal')
    return flavour === 'sqlite' ? value : { sql: `(${sql})::numeric`, parameters };
  const isFolded = (leaf.type === 'string' || leaf.type === 'reference') && !leaf.caseExact;
  if (flavour === 'sqlite') return isFolded ? { sql: `fold_text(${sql})`, parameters } : value;
  // Lower-casing by ICU, order by bytes: what `fold_text` and SQLite do, whatever the database's own collation is.
  const folded = isFolded ? `lower(normalize(${sql}) collate "und-x-icu")` : `(${sql})`;
  return { sql: `${folded} collate "C"`, parameters };
}

/** What is compared: of a complex attribute that is named as a whole, its value. */
function leafOf(found: FoundAttribute): Attribute {
  return found.sub ?? found.attribute.subAttributes?.find((sub) => sub.name === 'value') ?? found.attribute;
}

function sqliteValue(found: FoundAttribute): SortOrder {
  const place = jsonPlace(found);
  if (!found.attribute.multiValued) {
    const sub = found.sub === undefined ? '' : `.${quoted(found.sub.name)}`;
    return { sql: 'json_extract(r.text, ?)', parameters: [`${place}${sub}`] };
  }
  const part = found.sub?.name ?? 'value';
  return {
    sql: `(select case when e.type = 'object' then json_extract(e.value, ?) else e.value end from json_each(r.text, ?) e
          order by case when e.type = 'object' then json_extract(e.value, '$.primary') end is 1 desc, e.key limit 1)`,
    parameters: [`$.${quoted(part)}`, place],
  };
}

function postgresValue(found: FoundAttribute): SortOrder {
  const keys = found.isExtension ? [found.schemaId, found.attribute.name] : [found.attribute.name];
  const steps = keys.map(() => '?::text').join(', ');
  if (!found.attribute.multiValued) {
    const all = found.sub === undefined ? keys : [...keys, found.sub.name];
    return { sql: `r.text::jsonb #>> array[${all.map(() => '?::text').join(', ')}]`, parameters: all };
  }
  return {
    sql: `(select coalesce(e.value ->> ?::text, e.value #>> '{}')
          from jsonb_array_elements(r.text::jsonb #> array[${steps}]) with ordinality e(value, key)
          order by (e.value -> 'primary' = 'true'::jsonb) is true desc, e.key limit 1)`,
    parameters: [found.sub?.name ?? 'value', ...keys],
  };
}

/** A JSON path of SQLite to the attribute; names come from schemas, quoted so that URNs with dots stay one step. */
function jsonPlace(found: FoundAttribute): string {
  const own = quoted(found.attribute.name);
  return found.isExtension ? `$.${quoted(found.schemaId)}.${own}` : `$.${own}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '')}"`;
}
