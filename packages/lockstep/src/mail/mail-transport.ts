import { createTransport } from 'nodemailer';
import { maskSecrets } from '../observe/mask-secrets.ts';
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

/** Sends through a mail server; one connection a mail. TLS as the address says: `smtps:` at once, `smtp:` by STARTTLS. */
export function createSendMail(url: string, from: string | undefined): SendMail {
  const sender = senderOf(URL.parse(url)?.hostname ?? 'localhost', from);
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text, html }) => {
    try {
      const headers = { 'Auto-Submitted': 'auto-generated' };
      await transport.sendMail({ from: sender, to: [...to], subject, text, html, headers });
    } catch (error) {
      throw refusalOf(error, url);
    }
  };
}

/** The sender of mails through a server: the one that is set, else `lockstep@` and its name, where it has one. */
export function senderOf(host: string, from: string | undefined): string {
  return from ?? `lockstep@${host.includes('.') && !/^[\d.]+$/.test(host) ? host : 'localhost.localdomain'}`;
}

function refusalOf(error: unknown, url: string): MailRefused {
  const message = error instanceof Error ? error.message : 'unknown';
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const password = decodeURIComponent(URL.parse(url)?.password ?? '');
  const shown = password === '' ? message : message.replaceAll(password, '********');
  return new MailRefused(maskSecrets(shown), status >= 500 && status !== CREDENTIALS_REFUSED);
}
