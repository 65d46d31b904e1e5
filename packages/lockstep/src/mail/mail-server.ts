/** A mail server and how it is spoken to. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or nothing, or STARTTLS `whenOffered`. */
  readonly security: 'tls' | 'starttls' | 'whenOffered';
  /** null = without signing in. */
  readonly user: string | null;
  readonly password: string | null;
}

/** Port of message submission (RFC 8314 §3.3, RFC 6409 §3.1). */
const PORTS = { tls: 465, starttls: 587, whenOffered: 587 } as const;

/** Reads `smtp://user:password@host:port` or `smtps://...`; what else stands in the address is for the mail client. */
export function readMailUrl(address: string): MailServer {
  const url = new URL(address);
  const security = url.protocol === 'smtps:' ? 'tls' : 'whenOffered';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[security] : Number(url.port),
    security,
    user: url.username === '' ? null : decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
  };
}
