import { type Database, refuseDuplicate } from '../database/database.ts';
import { type Operation, row, rows } from '../database/operation.ts';

/** Somebody who administrates a tenant in its own pages, with a name and a password. */
export interface StoredPortalAdmin {
  readonly id: string;
  readonly tenantId: string;
  /** As it was typed. */
  readonly name: string;
  /** Hash with its parameters; null = no password was chosen yet. */
  readonly password: string | null;
  readonly createdMs: number;
  readonly passwordMs: number | null;
}

/** A link by which somebody without an account sets a tenant's connection up; its hash, never itself. */
export interface StoredSetupLink {
  readonly id: string;
  readonly tenantId: string;
  /** Lower-case hex SHA-256. */
  readonly hash: string;
  /** Whom it is for. */
  readonly label: string;
  /** As the audit log names them. */
  readonly createdBy: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** When it was used; it is good once. */
  readonly openedMs: number | null;
  readonly revokedMs: number | null;
}

/** Administrators, setup links and local settings of tenants. */
export interface PortalStore {
  /** @param nameKey the name folded; unique in the tenant. @throws what `taken` gives when it is taken */
  addAdmin(admin: StoredPortalAdmin, nameKey: string, taken: () => Error): Promise<void>;
  findAdmin(
    tenantId: string,
    by: { readonly id: string } | { readonly nameKey: string },
  ): Promise<StoredPortalAdmin | undefined>;
  listAdmins(tenantId: string): Promise<readonly StoredPortalAdmin[]>;
  setAdminPassword(tenantId: string, id: string, password: string, nowMs: number): Promise<boolean>;
  removeAdmin(tenantId: string, id: string): Promise<boolean>;
  addSetupLink(link: StoredSetupLink): Promise<void>;
  listSetupLinks(tenantId: string): Promise<readonly StoredSetupLink[]>;
  findSetupLink(
    tenantId: string,
    by: { readonly id: string } | { readonly hash: string },
  ): Promise<StoredSetupLink | undefined>;
  /** Uses a link up; of several who try at once one gets true. */
  openSetupLink(tenantId: string, hash: string, nowMs: number): Promise<boolean>;
  revokeSetupLink(tenantId: string, id: string, nowMs: number): Promise<boolean>;
  /** Values that the app keeps for an account, or with an empty account id for the tenant, by name. */
  localValues(tenantId: string, accountId: string): Promise<Readonly<Record<string, string>>>;
  saveLocalValues(tenantId: string, accountId: string, values: Readonly<Record<string, string>>): Promise<void>;
}

/** The portal's own data over a database. */
export function createPortalStore({ read, write }: Database): PortalStore {
  return {
    addAdmin: (admin, nameKey, taken) =>
      refuseDuplicate(
        write(() => addAdmin(admin, nameKey)),
        taken,
      ),
    findAdmin: (tenantId, by) =>
      read(function* () {
        const [column, value] = 'id' in by ? ['id', by.id] : ['name_key', by.nameKey];
        const sql = `select * from portal_admin where tenant_id = ? and ${column} = ?`;
        const found = yield* row<AdminRow>(sql, tenantId, value);
        return found === undefined ? undefined : toAdmin(found);
      }),
    listAdmins: (tenantId) =>
      read(function* () {
        const sql = 'select * from portal_admin where tenant_id = ? order by created_ms, id';
        return (yield* rows<AdminRow>(sql, tenantId)).map(toAdmin);
      }),
    setAdminPassword: (tenantId, id, password, nowMs) =>
      write(function* () {
        const sql = 'update portal_admin set password = ?, password_ms = ? where tenant_id = ? and id = ? returning id';
        return (yield* row(sql, password, nowMs, tenantId, id)) !== undefined;
      }),
    removeAdmin: (tenantId, id) =>
      write(function* () {
        const sql = 'delete from portal_admin where tenant_id = ? and id = ? returning id';
        return (yield* row(sql, tenantId, id)) !== undefined;
      }),
    ...createSetupLinks({ read, write }),
    localValues: (tenantId, accountId) => read(() => localValues(tenantId, accountId)),
    saveLocalValues: (tenantId, accountId, values) => write(() => saveLocalValues({ tenantId, accountId }, values)),
  };
}

type SetupLinks = Pick<
  PortalStore,
  'addSetupLink' | 'listSetupLinks' | 'findSetupLink' | 'openSetupLink' | 'revokeSetupLink'
>;

function createSetupLinks({ read, write }: Pick<Database, 'read' | 'write'>): SetupLinks {
  return {
    addSetupLink: (link) => write(() => addSetupLink(link)),
    listSetupLinks: (tenantId) =>
      read(function* () {
        const sql = 'select * from setup_link where tenant_id = ? order by created_ms, id';
        return (yield* rows<LinkRow>(sql, tenantId)).map(toLink);
      }),
    findSetupLink: (tenantId, by) =>
      read(function* () {
        const [column, value] = 'id' in by ? ['id', by.id] : ['hash', by.hash];
        const sql = `select * from setup_link where tenant_id = ? and ${column} = ?`;
        const found = yield* row<LinkRow>(sql, tenantId, value);
        return found === undefined ? undefined : toLink(found);
      }),
    openSetupLink: (tenantId, hash, nowMs) =>
      write(function* () {
        const sql = `update setup_link set opened_ms = ? where tenant_id = ? and hash = ? and opened_ms is null
          and revoked_ms is null and expires_ms > ? returning id`;
        return (yield* row(sql, nowMs, tenantId, hash, nowMs)) !== undefined;
      }),
    revokeSetupLink: (tenantId, id, nowMs) =>
      write(function* () {
        const sql = `update setup_link set revoked_ms = ? where tenant_id = ? and id = ? and revoked_ms is null
          returning id`;
        return (yield* row(sql, nowMs, tenantId, id)) !== undefined;
      }),
  };
}

interface AdminRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly password: string | null;
  readonly created_ms: number;
  readonly password_ms: number | null;
}

interface LinkRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly hash: string;
  readonly label: string;
  readonly created_by: string;
  readonly created_ms: number;
  readonly expires_ms: number;
  readonly opened_ms: number | null;
  readonly revoked_ms: number | null;
}

function* addAdmin(admin: StoredPortalAdmin, nameKey: string): Operation<void> {
  yield* rows(
    `insert into portal_admin (id, tenant_id, name, name_key, password, created_ms, password_ms)
     values (?, ?, ?, ?, ?, ?, ?)`,
    admin.id,
    admin.tenantId,
    admin.name,
    nameKey,
    admin.password,
    admin.createdMs,
    admin.passwordMs,
  );
}

function* addSetupLink(link: StoredSetupLink): Operation<void> {
  yield* rows(
    `insert into setup_link (id, tenant_id, hash, label, created_by, created_ms, expires_ms, opened_ms, revoked_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    link.id,
    link.tenantId,
    link.hash,
    link.label,
    link.createdBy,
    link.createdMs,
    link.expiresMs,
    link.openedMs,
    link.revokedMs,
  );
}

function* localValues(tenantId: string, accountId: string): Operation<Readonly<Record<string, string>>> {
  const found = yield* rows<{ readonly name: string; readonly value: string }>(
    'select name, value from local_value where tenant_id = ? and account_id = ? order by name',
    tenantId,
    accountId,
  );
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

function* saveLocalValues(
  { tenantId, accountId }: { readonly tenantId: string; readonly accountId: string },
  values: Readonly<Record<string, string>>,
): Operation<void> {
  for (const [name, value] of Object.entries(values)) {
    yield* rows(
      `insert into local_value (tenant_id, account_id, name, value) values (?, ?, ?, ?)
       on conflict (tenant_id, account_id, name) do update set value = excluded.value`,
      tenantId,
      accountId,
      name,
      value,
    );
  }
}

function toAdmin(found: AdminRow): StoredPortalAdmin {
  const { id, name, password } = found;
  const times = { createdMs: found.created_ms, passwordMs: found.password_ms };
  return { id, tenantId: found.tenant_id, name, password, ...times };
}

function toLink(found: LinkRow): StoredSetupLink {
  return {
    id: found.id,
    tenantId: found.tenant_id,
    hash: found.hash,
    label: found.label,
    createdBy: found.created_by,
    createdMs: found.created_ms,
    expiresMs: found.expires_ms,
    openedMs: found.opened_ms,
    revokedMs: found.revoked_ms,
  };
}
