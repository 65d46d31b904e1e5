import type { Database } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';
import { readSetting, saveSetting } from '../database/setting.ts';

/** What a sealed text belongs to. */
export type SealedKind = 'app' | 'webhook' | 'signIn' | 'server';

/** A row that holds a sealed text. */
export interface SealedRow {
  readonly kind: SealedKind;
  /** Id of the app or webhook, of the tenant of a sign-in connection, or name of the server's setting. */
  readonly id: string;
  readonly sealed: string;
}

/** Every sealed text of the database, for the change of the master key. */
export interface SealedStore {
  /** Rows of a kind in order of id, at most `limit`, after the id `after`. */
  page(kind: SealedKind, page: { readonly after: string; readonly limit: number }): Promise<readonly SealedRow[]>;
  /** Writes new texts in one transaction. A row that was changed meanwhile stays as it is; returns how many were written. */
  replace(changes: readonly SealedChange[]): Promise<number>;
  /** Takes texts away that nobody can open; a webhook, which is nothing without its secret, goes as a whole. */
  drop(lost: readonly SealedRow[]): Promise<void>;
  /** Notes that a key seals from now on in the place of another. */
  noteRotation(rotation: Rotated): Promise<void>;
  /** The last change of the key that was noted. */
  lastRotation(): Promise<Rotated | undefined>;
}

/** A change of the master key. */
export interface Rotated {
  /** The new key. */
  readonly keyId: string;
  readonly atMs: number;
}

/** What a sealed text becomes. */
export interface SealedChange {
  readonly row: SealedRow;
  readonly sealed: string;
}

/** Every kind, so that none is forgotten when the key changes. */
export const sealedKinds: readonly SealedKind[] = ['app', 'webhook', 'signIn', 'server'];

interface Place {
  readonly table: string;
  readonly id: string;
  readonly sealed: string;
  /** Whether the row is nothing without its text. */
  readonly isWhole?: true;
}

const places: Readonly<Record<SealedKind, Place>> = {
  app: { table: 'app', id: 'id', sealed: 'sealed_secret' },
  webhook: { table: 'webhook', id: 'id', sealed: 'sealed_secret', isWhole: true },
  signIn: { table: 'sign_in_connection', id: 'tenant_id', sealed: 'secret' },
  server: { table: 'server_setting', id: 'name', sealed: 'secret' },
};

/** The sealed texts over a database. */
export function createSealedStore({ read, write }: Database): SealedStore {
  return {
    page: (kind, page) => read(() => readPage(kind, page)),
    replace: (changes) => write(() => replaceAll(changes)),
    drop: (lost) => write(() => dropAll(lost)),
    noteRotation: (rotation) => write(() => saveSetting(ROTATED, JSON.stringify(rotation))),
    lastRotation: () =>
      read(function* () {
        const value = yield* readSetting(ROTATED);
        // Written by the line above, and by nobody else.
        return value === undefined ? undefined : (JSON.parse(value) as Rotated);
      }),
  };
}

const ROTATED = 'masterKeyRotated';

function* readPage(
  kind: SealedKind,
  { after, limit }: { readonly after: string; readonly limit: number },
): Operation<readonly SealedRow[]> {
  const { table, id, sealed } = places[kind];
  const found = yield* rows<{ readonly id: string; readonly sealed: string }>(
    `select ${id} as id, ${sealed} as sealed from ${table} where ${id} > ? and ${sealed} is not null
     order by ${id} limit ?`,
    after,
    limit,
  );
  return found.map((one) => ({ kind, ...one }));
}

function* replaceAll(changes: readonly SealedChange[]): Operation<number> {
  let count = 0;
  for (const { row: before, sealed: text } of changes) {
    const { table, id, sealed } = places[before.kind];
    const sql = `update ${table} set ${sealed} = ? where ${id} = ? and ${sealed} = ? returning ${id}`;
    if ((yield* row(sql, text, before.id, before.sealed)) !== undefined) count += 1;
  }
  return count;
}

function* dropAll(lost: readonly SealedRow[]): Operation<void> {
  for (const { kind, id: lostId, sealed: text } of lost) {
    const { table, id, sealed, isWhole } = places[kind];
    const change = isWhole === true ? `delete from ${table}` : `update ${table} set ${sealed} = null`;
    yield* rows(`${change} where ${id} = ? and ${sealed} = ?`, lostId, text);
  }
}
