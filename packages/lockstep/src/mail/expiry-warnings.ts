import type { StoredClient, StoredToken, Tenant, TenantStore } from '@lockstep/provider/ports';
import type { SignInStore } from '@lockstep/store';
import { CONSOLE_CONNECTION } from '../sso/console-connection.ts';
import type { MailService } from './mail-service.ts';

/** Days before the end of a token, client or client secret at which somebody is told, the first first. */
export const WARNING_DAYS: readonly number[] = [30, 7, 1];

const DAY_MS = 86_400_000;
const TENANTS_AT_ONCE = 100;

export interface ExpiryWarningOptions {
  readonly tenants: Pick<TenantStore, 'listTenants' | 'listTokens' | 'listClients'>;
  /** For the client secrets of single sign-on. */
  readonly signIn: Pick<SignInStore, 'connection'>;
  readonly mail: Pick<MailService, 'tell'>;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
}

/** Makes a mail for each token, client, client secret and certificate of single sign-on that ends within 30, 7 or 1 days: one for each of these steps. */
export async function warnOfExpiry(options: ExpiryWarningOptions, signal: AbortSignal): Promise<void> {
  await warnOfSignOn({ id: CONSOLE_CONNECTION, title: 'The console', page: options.publicUrl() }, options);
  for (let after: string | undefined; !signal.aborted; ) {
    const tenants = await options.tenants.listTenants({
      limit: TENANTS_AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    for (const tenant of tenants) await warnTenant(tenant, options);
    after = tenants.at(-1)?.id;
    if (after === undefined || tenants.length < TENANTS_AT_ONCE) return;
  }
}

async function warnTenant(tenant: Tenant, options: ExpiryWarningOptions): Promise<void> {
  const { tenants } = options;
  const [tokens, clients] = await Promise.all([tenants.listTokens(tenant.id), tenants.listClients(tenant.id)]);
  for (const token of tokens) if (token.revokedMs === null) await warn(tenant, { what: 'token', of: token }, options);
  for (const client of clients) await warn(tenant, { what: 'client', of: client }, options);
  const page = `${options.publicUrl()}/portal/${tenant.id}`;
  await warnOfSignOn({ id: tenant.id, title: tenant.title, page }, options);
}

async function warn(
  tenant: Tenant,
  ending: { readonly what: 'token' | 'client'; readonly of: StoredToken | StoredClient },
  options: ExpiryWarningOptions,
): Promise<void> {
  const { what, of } = ending;
  const { expiresMs } = of;
  const step = stepOf(expiresMs, options);
  if (expiresMs === null || step === undefined) return;
  const { days, leftMs } = step;
  const name = what === 'token' ? 'the token' : 'the OAuth client';
  await options.mail.tell(`expiry:${what}:${of.id}:${expiresMs}:${days}`, {
    subject: `${tenant.title}: ${name} "${of.label}" ends in ${inDays(leftMs)}`,
    paragraphs: [
      `${name[0]?.toUpperCase()}${name.slice(1)} "${of.label}" of ${tenant.title} ends at ${new Date(expiresMs).toISOString()}. From then on the app that uses it is refused.`,
      'Make a new one, give it to the app, and revoke the old one when the new one is in use.',
    ],
    facts: [
      ['Provider', `${tenant.title} (${tenant.profile})`],
      [what === 'token' ? 'Token id' : 'Client id', of.id],
    ],
  });
}

/** What single sign-on stands on: the client secret, which the directory refuses from its end on, or its own certificate. */
async function warnOfSignOn(
  of: { readonly id: string; readonly title: string; readonly page: string },
  options: ExpiryWarningOptions,
): Promise<void> {
  const connection = await options.signIn.connection(of.id);
  const expiresMs = connection?.secretExpiresMs ?? null;
  const step = stepOf(expiresMs, options);
  if (connection === undefined || expiresMs === null || step === undefined || connection.state === 'off') return;
  const { name, word, todo } = connection.protocol === 'saml' ? CERTIFICATE : CLIENT_SECRET;
  await options.mail.tell(`expiry:${word}:${of.id}:${expiresMs}:${step.days}`, {
    subject: `${of.title}: ${name} of single sign-on ends in ${inDays(step.leftMs)}`,
    paragraphs: [
      `${name[0]?.toUpperCase()}${name.slice(1)} by which ${of.title} signs people in with their directory ends at ${new Date(expiresMs).toISOString()}. From then on nobody can sign in there.`,
      todo,
    ],
    facts: [
      ['Where', of.title],
      ['Page', of.page],
    ],
  });
}

const CLIENT_SECRET = {
  name: 'the client secret',
  word: 'clientSecret',
  todo: 'Make a new one in the app registration of the directory, save it with its expiry date on the page of single sign-on, and make a test sign-in.',
} as const;

const CERTIFICATE = {
  name: 'the certificate',
  word: 'certificate',
  todo: 'Make a new one in the directory, save it beside the old one on the page of single sign-on, switch the directory to it, and make a test sign-in.',
} as const;

interface Step {
  readonly days: number;
  readonly leftMs: number;
}

/** The nearest step that has been reached; earlier steps that were missed say nothing more. */
function stepOf(expiresMs: number | null, { nowMs }: ExpiryWarningOptions): Step | undefined {
  if (expiresMs === null) return undefined;
  const leftMs = expiresMs - nowMs();
  const days = WARNING_DAYS.findLast((one) => leftMs <= one * DAY_MS);
  return days === undefined || leftMs <= 0 ? undefined : { days, leftMs };
}

function inDays(ms: number): string {
  const days = Math.max(1, Math.ceil(ms / DAY_MS));
  return days === 1 ? '1 day' : `${days} days`;
}
