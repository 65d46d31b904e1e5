import type { Database, SqlFlavour } from '../src/database/database.ts';
import { type Operation, rows } from '../src/database/operation.ts';

/** The schema of an open database as SQL text in a fixed order, to compare and to read; not meant to be run. */
export function dumpSchema(database: Database): Promise<string> {
  return database.read(function* () {
    const statements = yield* dumps[database.flavour]();
    return `${HEADER}${statements.map((statement) => `${statement};\n`).join('\n')}`;
  });
}

const HEADER = `-- The schema after all migrations. Written by tools/dump-schema.ts; change it by adding a migration.

`;

const dumps: Readonly<Record<SqlFlavour, () => Operation<readonly string[]>>> = {
  sqlite: dumpSqlite,
  postgres: dumpPostgres,
};

function* dumpSqlite(): Operation<readonly string[]> {
  const found = yield* rows<{ readonly sql: string }>(
    `select sql from sqlite_master where sql is not null and name not like 'sqlite_%'
     order by tbl_name, type desc, name`,
  );
  return found.map((one) => one.sql);
}

interface ColumnRow {
  readonly table_name: string;
  readonly line: string;
}

function* dumpPostgres(): Operation<readonly string[]> {
  const columns = yield* rows<ColumnRow>(
    `select c.relname as table_name, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || case when l.collname is null or l.collname = 'default' then '' else ' collate "' || l.collname || '"' end
       || case when a.attnotnull then ' not null' else '' end
       || case when a.attidentity <> '' then ' generated always as identity' else '' end
       || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     left join pg_collation l on l.oid = a.attcollation
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname, a.attnum`,
  );
  // Constraints for NOT NULL are in the columns' lines already, and unique ones come back as indexes.
  const constraints = yield* rows<ColumnRow>(
    `select c.relname as table_name, 'constraint ' || o.conname || ' ' || pg_get_constraintdef(o.oid) as line
     from pg_constraint o join pg_class c on c.oid = o.conrelid
     where o.connamespace = 'public'::regnamespace and o.contype <> 'n' order by c.relname, o.conname`,
  );
  const indexes = yield* rows<ColumnRow>(
    `select i.tablename as table_name, i.indexdef as line from pg_indexes i
     where i.schemaname = 'public' and not exists (select 1 from pg_constraint o where o.conname = i.indexname)
     order by i.tablename, i.indexname`,
  );
  const tables = [...new Set(columns.map((column) => column.table_name))];
  return tables.flatMap((table) => {
    const linesOf = (list: readonly ColumnRow[]): readonly string[] =>
      list.filter((one) => one.table_name === table).map((one) => one.line);
    const body = [...linesOf(columns), ...linesOf(constraints)].map((line) => `  ${line}`).join(',\n');
    return [`create table ${table} (\n${body}\n)`, ...linesOf(indexes)];
  });
}
