import { createTransport } from 'nodemailer';
import { maskSecrets } from '../observe/mask-secrets.ts';
import { connectGuarded } from '../outgoing/guarded-connection.ts';
import type { OutgoingRule } from '../outgoing/outgoing-rule.ts';
import { type MailServer, readMailUrl } from './mail-server.ts';
import type { RenderedMail } from './render-mail.ts';

/** Sends one mail. @throws {MailRefused} */
export type SendMail = (mail: RenderedMail & { readonly to: readonly string[] }) => Promise<void>;

/** A mail could not be sent. The message holds no password. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** The server said no for good (SMTP 5yz); another attempt would hear the same. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.isFinal = isFinal;
  }
}

const CONNECT_TIMEOUT_MS = 15_000;
const IDLE_TIMEOUT_MS = 30_000;
/** Wrong credentials are the operator's to mend; the mail is still good then. */
const CREDENTIALS_REFUSED = 535;

const LIMITS = {
  connectionTimeout: CONNECT_TIMEOUT_MS,
  greetingTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: IDLE_TIMEOUT_MS,
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

type Transport = Pick<ReturnType<typeof createTransport>, 'sendMail'>;

/**
 * Sends through the mail server of an address that whoever runs the machine has given; one connection a mail. TLS as the
 * address says: `smtps:` at once, `smtp:` by STARTTLS.
 */
export function createSendMail(url: string, from: string | undefined): SendMail {
  const { host, password } = readMailUrl(url);
  return sendWith(createTransport({ url, ...LIMITS }), { sender: senderOf(host, from), password });
}

/** Sends through a mail server that was set in the console, so under the address rule for outgoing connections. */
export function createGuardedSendMail(server: MailServer, from: string | undefined, rule: OutgoingRule): SendMail {
  const { host, port, security, user, password } = server;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
    ...LIMITS,
    getSocket: (_options, done) => {
      connectGuarded({ host, port, timeoutMs: CONNECT_TIMEOUT_MS }, rule).then(
        (connection) => done(null, { connection }),
        (error: unknown) => done(error instanceof Error ? error : new Error('no connection'), false),
      );
    },
  });
  return sendWith(transport, { sender: senderOf(host, from), password });
}

function sendWith(
  transport: Transport,
  { sender, password }: { readonly sender: string; readonly password: string | null },
): SendMail {
  return async ({ to, subject, text, html }) => {
    try {
      const headers = { 'Auto-Submitted': 'auto-generated' };
      await transport.sendMail({ from: sender, to: [...to], subject, text, html, headers });
    } catch (error) {
      throw refusalOf(error, password);
    }
  };
}

/** The sender of mails through a server: the one that is set, else `lockstep@` and its name, where it has one. */
export function senderOf(host: string, from: string | undefined): string {
  return from ?? `lockstep@${host.includes('.') && !/^[\d.]+$/.test(host) ? host : 'localhost.localdomain'}`;
}

function refusalOf(error: unknown, password: string | null): MailRefused {
  const message = error instanceof Error ? error.message : 'unknown';
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const shown = password === null || password === '' ? message : message.replaceAll(password, '********');
  return new MailRefused(maskSecrets(shown), status >= 500 && status !== CREDENTIALS_REFUSED);
}
