import { z } from 'zod';
import { LockstepError } from '../lockstep-error.ts';

/** OpenID Connect of a tenant, without its secret. */
export interface OidcSettings {
  /** Issuer of one directory tenant, such as `https://login.microsoftonline.com/{tenant}/v2.0`; must not be `common`. */
  readonly issuer: string;
  readonly clientId: string;
  /** `tid` every token has to hold, and `oid` names the person; absent for directories without them, then it is `sub`. */
  readonly directoryTenantId?: string | undefined;
  /** `secret`: client secret. `certificate`: a private key signs an assertion (`private_key_jwt`, RFC 7523). */
  readonly clientAuth: 'secret' | 'certificate';
  /** Base64url SHA-256 of the certificate, for the assertion's header. */
  readonly certificateThumbprint?: string | undefined;
  /** Whether somebody may be linked once by an e-mail address that the directory has verified. */
  readonly linksByEmail: boolean;
}

/** SAML 2.0 of a tenant. */
export interface SamlSettings {
  readonly idpEntityId: string;
  readonly idpSsoUrl: string;
  /** PEM or base64 DER. During a change of certificates there are two. */
  readonly idpCertificates: readonly string[];
  /** Whether the directory may begin a sign-in (no request of ours before it). */
  readonly allowsIdpInitiated: boolean;
  /** Attribute that holds the object id. */
  readonly subjectAttribute: string;
  readonly rolesAttribute: string;
  /** Whether somebody may be linked once by the e-mail address in `emailAttribute`. */
  readonly linksByEmail: boolean;
  readonly emailAttribute: string;
}

const httpsOrLoopback = (text: string): boolean => {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
};

/** Whether a host is this very machine; only such a directory may be asked without TLS. */
export function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
}

const address = z.string().max(2_000).refine(httpsOrLoopback, 'an https address is needed');

export const oidcSettings: z.ZodType<OidcSettings> = z.strictObject({
  issuer: address.refine(
    (text) => !/\/(common|organizations|consumers)(\/|$)/i.test(text),
    'the issuer of one directory tenant is needed',
  ),
  clientId: z.string().min(1).max(200),
  directoryTenantId: z.string().min(1).max(200).optional(),
  clientAuth: z.enum(['secret', 'certificate']).default('secret'),
  certificateThumbprint: z.string().min(1).max(200).optional(),
  linksByEmail: z.boolean().default(false),
});

export const samlSettings: z.ZodType<SamlSettings> = z.strictObject({
  idpEntityId: z.string().min(1).max(1_000),
  idpSsoUrl: address,
  idpCertificates: z.array(z.string().min(100).max(20_000)).min(1).max(4),
  allowsIdpInitiated: z.boolean().default(false),
  subjectAttribute: z.string().min(1).default('http://schemas.microsoft.com/identity/claims/objectidentifier'),
  rolesAttribute: z.string().min(1).default('http://schemas.microsoft.com/ws/2008/06/identity/claims/role'),
  linksByEmail: z.boolean().default(false),
  emailAttribute: z.string().min(1).default('http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress'),
});

/** Reads settings by their form. @throws {LockstepError} `badRequest` with the place */
export function readSsoSettings<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => ({ place: path.map(String).join('.'), message }));
  const [first] = issues;
  throw new LockstepError('badRequest', `${first?.place ?? 'settings'}: ${first?.message ?? 'wrong'}`, { issues });
}

/** Somebody whom the directory vouched for. */
export interface Vouched {
  /** Stays the same for ever: issuer, directory tenant and object id. */
  readonly subject: string;
  /** What SCIM keeps as `externalId`. */
  readonly objectId: string;
  /** What people call them; for showing alone. */
  readonly name?: string;
  /** Only when the directory says that it belongs to the person, and the connection links by it. */
  readonly verifiedEmail?: string;
  /** Values of the claim `roles`, as they came. */
  readonly roles: readonly string[];
}

/** A sign-in was refused. The message is for the log and a test sign-in; others are only told that it failed. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}
