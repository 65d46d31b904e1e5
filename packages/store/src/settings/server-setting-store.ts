import type { Json } from '@lockstep/scim';
import type { Database } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';

/** A setting of the server that was made while it ran, in the console or by the API. */
export interface StoredServerSetting {
  readonly name: string;
  /** Holds no secret. */
  readonly value: Json;
  /** Sealed; null = there is none. */
  readonly secret: string | null;
  readonly changedMs: number;
  /** Who made it, as the audit log names them. */
  readonly changedBy: string;
}

/** Settings of the server that are kept with its data. */
export interface ServerSettingStore {
  list(): Promise<readonly StoredServerSetting[]>;
  /** Writes and takes away, all or nothing. */
  change(change: ServerSettingChange): Promise<void>;
}

export interface ServerSettingChange {
  readonly save: readonly StoredServerSetting[];
  /** Names. */
  readonly remove: readonly string[];
}

/** The settings over a database. */
export function createServerSettingStore({ read, write }: Database): ServerSettingStore {
  return {
    list: () =>
      read(function* () {
        return (yield* rows<SettingRow>('select * from server_setting order by name')).map(toSetting);
      }),
    change: ({ save, remove }) =>
      write(function* () {
        for (const name of remove) yield* row('delete from server_setting where name = ? returning name', name);
        for (const setting of save) yield* saveOne(setting);
      }),
  };
}

interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly secret: string | null;
  readonly changed_ms: number;
  readonly changed_by: string;
}

function* saveOne({ name, value, secret, changedMs, changedBy }: StoredServerSetting): Operation<void> {
  yield* rows(
    `insert into server_setting (name, value, secret, changed_ms, changed_by) values (?, ?, ?, ?, ?)
     on conflict (name) do update set value = excluded.value, secret = excluded.secret,
       changed_ms = excluded.changed_ms, changed_by = excluded.changed_by`,
    name,
    JSON.stringify(value),
    secret,
    changedMs,
    changedBy,
  );
}

function toSetting(found: SettingRow): StoredServerSetting {
  const { name, secret } = found;
  // Written by `saveOne`, and by nobody else.
  const value = JSON.parse(found.value) as Json;
  return { name, value, secret, changedMs: found.changed_ms, changedBy: found.changed_by };
}
