import type { Expiry, ExpiryPlace, ExpiryStore, MailContent } from '@lockstep/store';
import { CONSOLE_CONNECTION } from '../sso/console-connection.ts';
import type { MailService } from './mail-service.ts';

/** Days before an end at which somebody is told, the first first. */
export const WARNING_DAYS: readonly number[] = [30, 7, 1];

const DAY_MS = 86_400_000;
const AT_ONCE = 100;

export interface ExpiryWarningOptions {
  readonly expiries: ExpiryStore;
  readonly mail: Pick<MailService, 'tell'>;
  readonly publicUrl: () => string;
  readonly nowMs: () => number;
}

/**
 * Makes a mail for each token, client, key, client secret and certificate that ends within 30, 7 or 1 days: one for each of
 * these steps. What ends first is looked at first, and nothing behind the first step.
 */
export async function warnOfExpiry(options: ExpiryWarningOptions, signal: AbortSignal): Promise<void> {
  const { expiries, nowMs } = options;
  const [fromMs, soon] = [nowMs(), nowMs() + Math.max(...WARNING_DAYS) * DAY_MS];
  for (let place: { after?: ExpiryPlace } = {}; !signal.aborted; ) {
    const page = await expiries.page({ fromMs, ...place, limit: AT_ONCE });
    for (const one of page) await warn(one, options);
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE || last.expiresMs > soon) return;
    place = { after: last };
  }
}

async function warn(of: Expiry, options: ExpiryWarningOptions): Promise<void> {
  const step = stepOf(of.expiresMs, options);
  if (step === undefined) return;
  const { word, ...content } = tellings[of.source](of, { ...options, ends: new Date(of.expiresMs).toISOString() });
  const subject = `${content.subject} ends in ${inDays(step.leftMs)}`;
  await options.mail.tell(`expiry:${word}:${of.id}:${of.expiresMs}:${step.days}`, { ...content, subject });
}

interface TellingOptions extends Pick<ExpiryWarningOptions, 'publicUrl'> {
  readonly ends: string;
}

/** A mail whose subject lacks its end; `word` names the kind in the key that keeps it from being sent twice. */
type Telling = MailContent & { readonly word: string };

const tellings: Readonly<Record<Expiry['source'], (of: Expiry, options: TellingOptions) => Telling>> = {
  token: (of, { ends }) => ({
    word: 'token',
    subject: `${of.tenantTitle}: the token "${of.label}"`,
    paragraphs: [
      `The token "${of.label}" of ${of.tenantTitle} ends at ${ends}. From then on the app that uses it is refused.`,
      RENEW,
    ],
    facts: [
      ['Provider', of.tenantTitle ?? ''],
      ['Token id', of.id],
    ],
  }),
  client: (of, { ends }) => ({
    word: 'client',
    subject: `${of.tenantTitle}: the OAuth client "${of.label}"`,
    paragraphs: [
      `The OAuth client "${of.label}" of ${of.tenantTitle} ends at ${ends}. From then on the app that uses it is refused.`,
      RENEW,
    ],
    facts: [
      ['Provider', of.tenantTitle ?? ''],
      ['Client id', of.id],
    ],
  }),
  app: (of, { ends, publicUrl }) => ({
    word: 'appToken',
    subject: `${of.label}: the token of the app`,
    paragraphs: [
      `The token by which ${of.label} is provisioned ends at ${ends}. From then on the app refuses every change.`,
      'Make a new one in the app, and save it with its end on the page Connection.',
    ],
    facts: [['App', of.label]],
    link: `${publicUrl()}/apps/${encodeURIComponent(of.id)}/connection`,
  }),
  apiKey: (of, { ends, publicUrl }) => ({
    word: 'apiKey',
    subject: `The API key "${of.label}"`,
    paragraphs: [
      `The API key "${of.label}" of this server ends at ${ends}. From then on whatever uses it is refused.`,
      'Make a new one, give it to whatever uses it, and revoke the old one.',
    ],
    facts: [['Key id', of.id]],
    link: `${publicUrl()}/settings/keys`,
  }),
  connection: (of, options) => signOnTelling(of, options),
};

const RENEW = 'Make a new one, give it to the app, and revoke the old one when the new one is in use.';

/** What single sign-on stands on: the client secret, which the directory refuses from its end on, or its own certificate. */
function signOnTelling({ id, label, tenantTitle }: Expiry, { ends, publicUrl }: TellingOptions): Telling {
  const isConsole = id === CONSOLE_CONNECTION;
  const title = isConsole ? 'The console' : (tenantTitle ?? id);
  const page = isConsole ? publicUrl() : `${publicUrl()}/portal/${id}`;
  const { name, word, todo } = label === 'saml' ? CERTIFICATE : CLIENT_SECRET;
  return {
    word,
    subject: `${title}: the ${name} of single sign-on`,
    paragraphs: [
      `The ${name} by which ${title} signs people in with their directory ends at ${ends}. From then on nobody can sign in there.`,
      todo,
    ],
    facts: [
      ['Where', title],
      ['Page', page],
    ],
  };
}

const CLIENT_SECRET = {
  name: 'client secret',
  word: 'clientSecret',
  todo: 'Make a new one in the app registration of the directory, save it with its expiry date on the page of single sign-on, and make a test sign-in.',
} as const;

const CERTIFICATE = {
  name: 'certificate',
  word: 'certificate',
  todo: 'Make a new one in the directory, save it beside the old one on the page of single sign-on, switch the directory to it, and make a test sign-in.',
} as const;

interface Step {
  readonly days: number;
  readonly leftMs: number;
}

/** The nearest step that has been reached; earlier steps that were missed say nothing more. */
function stepOf(expiresMs: number, { nowMs }: ExpiryWarningOptions): Step | undefined {
  const leftMs = expiresMs - nowMs();
  const days = WARNING_DAYS.findLast((one) => leftMs <= one * DAY_MS);
  return days === undefined || leftMs <= 0 ? undefined : { days, leftMs };
}

function inDays(ms: number): string {
  const days = Math.max(1, Math.ceil(ms / DAY_MS));
  return days === 1 ? '1 day' : `${days} days`;
}
