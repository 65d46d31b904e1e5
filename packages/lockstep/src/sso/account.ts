import { profiles } from '@lockstep/gallery';
import { localRoles, type Tenant } from '@lockstep/provider';
import { foldText } from '@lockstep/scim';
import type { SignInAccount, SignInStore } from '@lockstep/store';
import { SignInRefused, type Vouched } from './connection.ts';

/** An account that somebody may sign in to. */
export interface FoundAccount {
  readonly id: string;
  readonly linkedBy: 'pin' | 'externalId' | 'email';
}

/**
 * Finds the account of somebody: the one that was pinned to them, else by `externalId`, else once by a verified e-mail
 * address that one account alone has. Protected accounts are never found.
 *
 * @throws {SignInRefused}
 */
export async function findAccount(store: SignInStore, tenant: Tenant, who: Vouched): Promise<FoundAccount> {
  const pin = await store.pin(tenant.id, who.subject);
  if (pin !== undefined) {
    return { id: onlyActive(await store.findAccounts(tenant.realm, { id: pin.accountId })).id, linkedBy: 'pin' };
  }
  const byId = await store.findAccounts(tenant.realm, { externalId: who.objectId });
  if (byId.length > 0) return { id: onlyActive(byId).id, linkedBy: 'externalId' };
  if (who.verifiedEmail === undefined) throw new SignInRefused('no account has this object id as externalId');
  const byEmail = await store.findAccounts(tenant.realm, { email: foldText(who.verifiedEmail) });
  const account = onlyActive(byEmail);
  // An account that SCIM gave to somebody else is not for taking.
  if (hasExternalId(account)) throw new SignInRefused('the account with this e-mail belongs to another object id');
  return { id: account.id, linkedBy: 'email' };
}

/** Pins the account to the person for ever. @throws {SignInRefused} when it is pinned to somebody else */
export async function pinAccount(
  store: SignInStore,
  of: { readonly tenantId: string; readonly who: Vouched; readonly account: FoundAccount; readonly nowMs: number },
): Promise<void> {
  const { tenantId, who, account, nowMs } = of;
  if (account.linkedBy === 'pin') return;
  const pin = { tenantId, subject: who.subject, accountId: account.id, linkedMs: nowMs, linkedBy: account.linkedBy };
  await store.addPin(pin, () => new SignInRefused('the account is linked with somebody else'));
}

function onlyActive(found: readonly SignInAccount[]): SignInAccount {
  const [account, second] = found;
  if (account === undefined) throw new SignInRefused('there is no account for this person');
  if (second !== undefined) throw new SignInRefused('several accounts fit, so none is taken');
  if (!account.isActive) throw new SignInRefused('the account is inactive');
  return account;
}

function hasExternalId(account: SignInAccount): boolean {
  const value: unknown = JSON.parse(account.text);
  return typeof value === 'object' && value !== null && 'externalId' in value && typeof value.externalId === 'string';
}

/** Which roles of the app the directory's values name, by the app's rule; those the app does not know are told apart. */
export function rolesOf(
  tenant: Tenant,
  values: readonly string[],
): { readonly roles: readonly string[]; readonly unknown: readonly string[] } {
  const profile = Object.values(profiles).find((one) => one.id === tenant.profile);
  return profile === undefined ? { roles: [], unknown: [] } : localRoles(profile, tenant.settings, values);
}
