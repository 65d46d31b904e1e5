import { profiles } from '@lockstep/gallery';
import type { AccountView, Tenant } from '@lockstep/provider';
import type { Store, StoredPortalAdmin, StoredSession, StoredSetupLink } from '@lockstep/store';
import type { AuditService } from '../audit/audit-service.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { PeopleParts } from '../people/open-people.ts';
import { checkPassword, hashPassword, isPassword } from '../people/password.ts';
import type { Visitor } from '../people/people-service.ts';
import { hashSecretText, newSecretText } from '../people/secret-text.ts';

/** Somebody who is in a tenant's pages. */
export type Entrant =
  | {
      readonly kind: 'administrator';
      /** As the audit log names them. */
      readonly name: string;
      /** For whom an API key is made; see `StoredToken.holder`. */
      readonly holder: string;
      readonly session: StoredSession;
    }
  /** Whoever came by a setup link: the connection, and nothing else. */
  | { readonly kind: 'setup'; readonly name: string; readonly holder: string; readonly session: StoredSession }
  | { readonly kind: 'member'; readonly name: string; readonly account: AccountView; readonly session: StoredSession };

/** A setup link just made. The address is shown now and never again. */
export interface MadeSetupLink {
  readonly link: StoredSetupLink;
  readonly url: string;
}

/** Ways into a tenant's pages beside single sign-on. */
export interface PortalEntry {
  /** Who a session stands for; `undefined` when it stands for nobody any more. */
  entrantOf(tenant: Tenant, session: StoredSession): Promise<Entrant | undefined>;
  /** A link of the operator that opens the pages as administrator, once, within an hour. */
  operatorLink(tenantId: string): Promise<string>;
  /** @throws {LockstepError} `notFound` when it was used or has ended */
  enterByOperatorLink(tenant: Tenant, token: string, visitor: Visitor): Promise<string>;
  readonly admins: PortalAdmins;
  readonly setupLinks: SetupLinks;
}

/** Administrators of a tenant with a name and a password. */
export interface PortalAdmins {
  list(tenantId: string): Promise<readonly StoredPortalAdmin[]>;
  /** The address by which they choose a password, good once and for 24 hours. @throws {LockstepError} */
  add(tenantId: string, name: string): Promise<{ readonly id: string; readonly url: string }>;
  /** A new address for somebody who forgot theirs. @throws {LockstepError} `notFound` */
  link(tenantId: string, id: string): Promise<string>;
  /** Ends their sessions and their API keys. False when there is none. */
  remove(tenantId: string, id: string): Promise<boolean>;
  /** Whom a link is for. */
  peek(tenant: Tenant, token: string): Promise<StoredPortalAdmin | undefined>;
  /** Chooses the password and enters. @throws {LockstepError} */
  accept(
    tenant: Tenant,
    given: { readonly token: string; readonly password: string },
    visitor: Visitor,
  ): Promise<string>;
  /**
   * Enters by name and password; `undefined` when they are wrong.
   * @throws {LockstepError} `tooManyAttempts`; `forbidden` while single sign-on is enforced, except for fixed accounts
   */
  signIn(
    tenant: Tenant,
    given: { readonly name: string; readonly password: string },
    visitor: Visitor,
  ): Promise<string | undefined>;
}

/** Links by which somebody without an account sets the connection up. */
export interface SetupLinks {
  list(tenantId: string): Promise<readonly StoredSetupLink[]>;
  /** @param made hours between 1 and 720 @throws {LockstepError} */
  make(
    tenantId: string,
    made: { readonly label: string; readonly hours: number; readonly createdBy: string },
  ): Promise<MadeSetupLink>;
  /** Ends what was entered by it, too. False when there is no such link, or it was revoked before. */
  revoke(tenantId: string, id: string): Promise<boolean>;
  /** The link, while it can still be opened. */
  peek(tenant: Tenant, token: string): Promise<StoredSetupLink | undefined>;
  /** @throws {LockstepError} `notFound` when it was used, revoked, or has ended */
  enter(tenant: Tenant, token: string, visitor: Visitor): Promise<string>;
}

export interface PortalEntryOptions {
  readonly store: Store;
  readonly people: PeopleParts;
  readonly audit: AuditService;
  readonly account: (tenantId: string, accountId: string) => Promise<AccountView | undefined>;
  readonly revokeTokensOf: (tenantId: string, holder: string) => Promise<number>;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
  readonly newId: () => string;
}

const HOUR_MS = 3_600_000;
const OPERATOR_LINK_MS = HOUR_MS;
const ADMIN_LINK_MS = 24 * HOUR_MS;
const SETUP_HOURS_MAX = 720;
const NAME_LENGTH_MAX = 200;

/** How somebody got in; single sign-on has its protocols beside these. */
const METHODS = {
  operatorLink: 'operatorLink',
  setupLink: 'setupLink',
  password: 'password',
  /** Of a fixed account of the app, which stays in when single sign-on is enforced. */
  fixedPassword: 'fixedPassword',
} as const;

/** Makes the ways in over the store. */
export function createPortalEntry(options: PortalEntryOptions): PortalEntry {
  const { people, publicUrl } = options;
  return {
    entrantOf: (tenant, session) => entrantOf(options, tenant, session),
    operatorLink: async (tenantId) => {
      await requireTenant(options, tenantId);
      const token = await people.oneTime.make('portalLink', { tenantId }, OPERATOR_LINK_MS);
      return `${publicUrl()}/portal/${tenantId}/enter?token=${token}`;
    },
    enterByOperatorLink: async (tenant, token, visitor) => {
      const detail = await people.oneTime.peek('portalLink', token);
      if (detail?.['tenantId'] !== tenant.id || (await people.oneTime.take('portalLink', token)) === undefined) {
        throw usedUp();
      }
      return open(options, tenant, { subject: 'operator', method: METHODS.operatorLink, visitor });
    },
    admins: createPortalAdmins(options),
    setupLinks: createSetupLinks(options),
  };
}

function createPortalAdmins(options: PortalEntryOptions): PortalAdmins {
  const { store, people, nowMs } = options;
  const { portal } = store;
  const linkOf = async (tenantId: string, adminId: string): Promise<string> => {
    const token = await people.oneTime.make('portalAdminLink', { tenantId, adminId }, ADMIN_LINK_MS);
    return `${options.publicUrl()}/portal/${tenantId}/password?token=${token}`;
  };
  const peek = async (tenant: Tenant, token: string): Promise<StoredPortalAdmin | undefined> => {
    const detail = await people.oneTime.peek('portalAdminLink', token);
    if (detail?.['tenantId'] !== tenant.id) return undefined;
    return portal.findAdmin(tenant.id, { id: String(detail['adminId']) });
  };
  return {
    list: (tenantId) => portal.listAdmins(tenantId),
    add: async (tenantId, given) => {
      await requireTenant(options, tenantId);
      const admin = newAdmin(options, tenantId, given);
      const taken = (): LockstepError =>
        new LockstepError('conflict', `there is an administrator ${JSON.stringify(admin.name)} already`);
      await portal.addAdmin(admin, foldName(admin.name), taken);
      return { id: admin.id, url: await linkOf(tenantId, admin.id) };
    },
    link: async (tenantId, id) => {
      if ((await portal.findAdmin(tenantId, { id })) === undefined) throw noAdmin(id);
      return linkOf(tenantId, id);
    },
    remove: async (tenantId, id) => {
      const isGone = await portal.removeAdmin(tenantId, id);
      await people.sessions.endAll({ kind: 'portal', tenantId, subject: `admin:${id}` });
      await options.revokeTokensOf(tenantId, `admin:${id}`);
      return isGone;
    },
    peek,
    accept: async (tenant, { token, password }, visitor) => {
      const admin = await peek(tenant, token);
      if (admin === undefined) throw usedUp();
      // What is refused is refused before the link is used up.
      checkPassword(password, admin.name);
      const hashed = await hashPassword(password);
      if ((await people.oneTime.take('portalAdminLink', token)) === undefined) throw usedUp();
      await portal.setAdminPassword(tenant.id, admin.id, hashed, nowMs());
      await people.sessions.endAll({ kind: 'portal', tenantId: tenant.id, subject: `admin:${admin.id}` });
      return openAs(options, { tenant, admin, visitor });
    },
    signIn: (tenant, given, visitor) => signIn(options, { tenant, visitor }, given),
  };
}

function createSetupLinks(options: PortalEntryOptions): SetupLinks {
  const { store, people, nowMs } = options;
  const { portal } = store;
  const isOpen = (link: StoredSetupLink | undefined): link is StoredSetupLink =>
    link?.openedMs === null && link.revokedMs === null && link.expiresMs > nowMs();
  return {
    list: (tenantId) => portal.listSetupLinks(tenantId),
    make: async (tenantId, { label, hours, createdBy }) => {
      await requireTenant(options, tenantId);
      checkSetupLink(label, hours);
      const token = newSecretText();
      const createdMs = nowMs();
      const times = { createdMs, expiresMs: createdMs + hours * HOUR_MS, openedMs: null, revokedMs: null };
      const link = {
        id: options.newId(),
        tenantId,
        hash: hashSecretText(token),
        label: label.trim(),
        createdBy,
        ...times,
      };
      await portal.addSetupLink(link);
      return { link, url: `${options.publicUrl()}/portal/${tenantId}/setup?token=${token}` };
    },
    revoke: async (tenantId, id) => {
      const isRevoked = await portal.revokeSetupLink(tenantId, id, nowMs());
      if (isRevoked) await people.sessions.endAll({ kind: 'portal', tenantId, subject: `setup:${id}` });
      return isRevoked;
    },
    peek: async (tenant, token) => {
      const link = await portal.findSetupLink(tenant.id, { hash: hashSecretText(token) });
      return isOpen(link) ? link : undefined;
    },
    enter: async (tenant, token, visitor) => {
      const hash = hashSecretText(token);
      if (!(await portal.openSetupLink(tenant.id, hash, nowMs()))) throw usedUp();
      const link = await portal.findSetupLink(tenant.id, { hash });
      if (link === undefined) throw usedUp();
      return open(options, tenant, { subject: `setup:${link.id}`, method: METHODS.setupLink, visitor });
    },
  };
}

function checkSetupLink(label: string, hours: number): void {
  if (label.trim() === '' || label.length > NAME_LENGTH_MAX) {
    throw new LockstepError('invalidValue', `label: say in 1 to ${NAME_LENGTH_MAX} characters whom the link is for`);
  }
  if (!Number.isInteger(hours) || hours < 1 || hours > SETUP_HOURS_MAX) {
    throw new LockstepError('invalidValue', `hours: a whole number from 1 to ${SETUP_HOURS_MAX}`);
  }
}

function newAdmin({ newId, nowMs }: PortalEntryOptions, tenantId: string, given: string): StoredPortalAdmin {
  const name = given.normalize('NFKC').trim();
  if (name === '' || name.length > NAME_LENGTH_MAX || /\p{C}/u.test(name)) {
    throw new LockstepError('invalidValue', `name: 1 to ${NAME_LENGTH_MAX} visible characters`);
  }
  return { id: newId(), tenantId, name, password: null, createdMs: nowMs(), passwordMs: null };
}

async function signIn(
  options: PortalEntryOptions,
  { tenant, visitor }: { readonly tenant: Tenant; readonly visitor: Visitor },
  { name, password }: { readonly name: string; readonly password: string },
): Promise<string | undefined> {
  const { store, people, audit } = options;
  const nameKey = foldName(name);
  const who = { nameKey: `portal ${tenant.id} ${nameKey}`, address: visitor.address };
  const admin = await people.backOff.guard(who, async () => {
    const known = await store.portal.findAdmin(tenant.id, { nameKey });
    return (await isPassword(password, known?.password)) ? known : undefined;
  });
  if (admin === undefined) {
    const action = 'sign-in refused: name or password is wrong';
    await audit.record({ actor: `address ${visitor.address}`, action, subject: `provider ${tenant.id}` });
    return undefined;
  }
  const connection = await store.signIn.connection(tenant.id);
  if (connection?.state === 'enforced' && !isFixed(tenant, admin)) {
    const hint = 'Sign in with your organization, or ask the operator for a link.';
    throw new LockstepError('forbidden', 'single sign-on is enforced: passwords open nothing here any more', { hint });
  }
  return openAs(options, { tenant, admin, visitor });
}

interface Arriving {
  readonly tenant: Tenant;
  readonly admin: StoredPortalAdmin;
  readonly visitor: Visitor;
}

function openAs(options: PortalEntryOptions, { tenant, admin, visitor }: Arriving): Promise<string> {
  const method = isFixed(tenant, admin) ? METHODS.fixedPassword : METHODS.password;
  return open(options, tenant, { subject: `admin:${admin.id}`, method, visitor });
}

/** Whether an administrator is a fixed account of the app, such as the Admin of Zenvoices. */
function isFixed(tenant: Tenant, admin: StoredPortalAdmin): boolean {
  const fixed = Object.values(profiles).find((profile) => profile.id === tenant.profile)?.fixedAccounts ?? [];
  return fixed.some((name) => foldName(name) === foldName(admin.name));
}

interface Opening {
  readonly subject: string;
  readonly method: string;
  readonly visitor: Visitor;
}

async function open(
  options: PortalEntryOptions,
  tenant: Tenant,
  { subject, method, visitor }: Opening,
): Promise<string> {
  const { people, store, audit } = options;
  const feedEntry = await store.realms.feedHead(tenant.realm);
  const shared = { kind: 'portal', tenantId: tenant.id, subject, method, roles: [], feedEntry } as const;
  const { token, session } = await people.sessions.open({ ...shared, ...visitor });
  const entrant = await entrantOf(options, tenant, session);
  const actor = entrant?.name ?? `address ${visitor.address}`;
  await audit.record({ actor, action: `signed in by ${method}`, subject: `provider ${tenant.id}` });
  return token;
}

async function entrantOf(
  options: PortalEntryOptions,
  tenant: Tenant,
  session: StoredSession,
): Promise<Entrant | undefined> {
  const { store } = options;
  const [kind = '', id = ''] = session.subject.split(':');
  switch (session.method) {
    case METHODS.operatorLink:
    case 'breakGlass':
      return { kind: 'administrator', name: `operator (${session.method})`, holder: 'operator', session };
    case METHODS.setupLink: {
      const link = await store.portal.findSetupLink(tenant.id, { id });
      if (kind !== 'setup' || link === undefined) return undefined;
      if (link.revokedMs !== null || link.expiresMs <= options.nowMs()) return undefined;
      return { kind: 'setup', name: `setup link ${link.label} (${link.id})`, holder: session.subject, session };
    }
    case METHODS.password:
    case METHODS.fixedPassword: {
      const admin = kind === 'admin' ? await store.portal.findAdmin(tenant.id, { id }) : undefined;
      if (admin === undefined) return undefined;
      return { kind: 'administrator', name: `administrator ${admin.name}`, holder: session.subject, session };
    }
    default:
      return accountEntrant(options, tenant, session);
  }
}

/** Somebody who came by single sign-on administrates by their account, or by the roles that the directory named at sign-in. */
async function accountEntrant(
  options: PortalEntryOptions,
  tenant: Tenant,
  session: StoredSession,
): Promise<Entrant | undefined> {
  const account = await options.account(tenant.id, session.subject);
  if (account?.isActive !== true) return undefined;
  const byRole = session.roles.some((role) => tenant.settings.adminRoles?.includes(role) === true);
  const name = `account ${account.userName}`;
  if (!account.isAdministrator && !byRole) return { kind: 'member', name, account, session };
  return { kind: 'administrator', name, holder: `account:${account.id}`, session };
}

async function requireTenant({ store }: PortalEntryOptions, tenantId: string): Promise<void> {
  if ((await store.tenants.findTenant(tenantId)) !== undefined) return;
  throw new LockstepError('notFound', `there is no provider ${JSON.stringify(tenantId)}`);
}

function usedUp(): LockstepError {
  const hint = 'Ask whoever sent it for a new one.';
  return new LockstepError('notFound', 'this link was used or revoked, or has ended', { hint });
}

function noAdmin(id: string): LockstepError {
  return new LockstepError('notFound', `there is no administrator ${JSON.stringify(id)}`);
}

/** Names differ by more than case, width and blanks at the ends. */
function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
