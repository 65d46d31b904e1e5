import type { MailServerShape, MailShape } from 'lockstep/admin-api/answers';
import { isFixed } from '../source-text.ts';

/** What is typed about mails. */
export interface MailDraft {
  /** Empty = no mail is sent. */
  readonly host: string;
  readonly port: string;
  readonly security: MailServerShape['security'];
  /** Empty = without signing in. */
  readonly user: string;
  /** Empty = the stored one stays. */
  readonly password: string;
  /** Empty = `lockstep@` and the name of the mail server. */
  readonly from: string;
  /** Addresses, one a line. */
  readonly to: string;
}

type MailSettings = Pick<MailShape, 'mailServer' | 'mailFrom' | 'mailTo'>;

/** Port that goes with a way of TLS (RFC 8314). */
const PORTS = { tls: '465', starttls: '587', whenOffered: '587' } as const;

/** The form for what holds now. */
export function toDraft({ mailServer, mailFrom, mailTo }: MailSettings): MailDraft {
  const server = mailServer.value;
  return {
    host: server?.host ?? '',
    port: server === null ? PORTS.starttls : String(server.port),
    security: server?.security ?? 'starttls',
    user: server?.user ?? '',
    password: '',
    from: mailFrom.source.kind === 'default' ? '' : (mailFrom.value ?? ''),
    to: mailTo.value.join('\n'),
  };
}

/** Another way of TLS has another usual port; one that was typed by hand stays. */
export function withSecurity(draft: MailDraft, security: MailDraft['security']): MailDraft {
  return { ...draft, security, port: draft.port === PORTS[draft.security] ? PORTS[security] : draft.port };
}

export type MailFault = 'host' | 'port' | 'security' | 'password' | 'from' | 'to';

/** Fields that the server would refuse as they are. */
export function faultsOf(draft: MailDraft, settings: MailSettings): ReadonlySet<MailFault> {
  const faults = new Set<MailFault>();
  if (draft.host.trim() !== '' && !isFixed(settings.mailServer))
    for (const fault of serverFaults(draft, settings)) faults.add(fault);
  if (draft.from.trim() !== '' && !isAddress(draft.from.trim())) faults.add('from');
  if (!linesOf(draft.to).every(isAddress)) faults.add('to');
  return faults;
}

function serverFaults(draft: MailDraft, settings: MailSettings): readonly MailFault[] {
  const host = draft.host.trim();
  const port = Number(draft.port);
  const isHere = ['localhost', '127.0.0.1', '::1'].includes(host);
  return [
    ...(/^[A-Za-z0-9.:_-]+$/.test(host) ? [] : ['host' as const]),
    ...(/^\d{1,5}$/.test(draft.port.trim()) && port >= 1 && port <= 65_535 ? [] : ['port' as const]),
    ...(draft.user.trim() !== '' && draft.security === 'whenOffered' && !isHere ? ['security' as const] : []),
    ...(needsPassword(draft, settings) && draft.password === '' ? ['password' as const] : []),
  ];
}

/** A stored password goes to nobody but whom it was entered for. */
export function needsPassword(draft: MailDraft, { mailServer }: MailSettings): boolean {
  if (draft.user.trim() === '') return false;
  const known = mailServer.value;
  if (known === null || !known.hasPassword) return true;
  const isSame =
    known.host === draft.host.trim() && known.port === Number(draft.port) && known.user === draft.user.trim();
  return !isSame || (known.security !== 'whenOffered' && draft.security === 'whenOffered');
}

/** What differs from what holds, in the words of the API; nothing that is fixed from outside. */
export function changeOf(draft: MailDraft, settings: MailSettings): Readonly<Record<string, unknown>> {
  const known = toDraft(settings);
  const { mailServer, mailFrom, mailTo } = settings;
  const server = serverOf(draft);
  const isSameServer = JSON.stringify(server) === JSON.stringify(serverOf(known));
  const [from, to] = [draft.from.trim(), linesOf(draft.to)];
  return {
    ...(isFixed(mailServer) || isSameServer ? {} : { mailServer: server }),
    ...(isFixed(mailFrom) || from === known.from ? {} : { mailFrom: from === '' ? null : from }),
    ...(isFixed(mailTo) || to.join() === mailTo.value.join() ? {} : { mailTo: to.length === 0 ? null : to }),
  };
}

function serverOf({ host, port, security, user, password }: MailDraft): object | null {
  if (host.trim() === '') return null;
  const name = user.trim();
  const known = { host: host.trim(), port: Number(port), security, user: name === '' ? null : name };
  return name === '' || password === '' ? known : { ...known, password };
}

function isAddress(text: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
