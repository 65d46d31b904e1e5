import { dayOf, endOfDay } from '../pages/settings/end-of-day.ts';

/** What is typed to set up a directory that speaks OpenID Connect. */
export interface OidcDraft {
  readonly issuer: string;
  readonly clientId: string;
  readonly directoryTenantId: string;
  readonly clientAuth: 'secret' | 'certificate';
  readonly thumbprint: string;
  /** Client secret, or private key in PEM; empty = the stored one stays. */
  readonly secret: string;
  /** Day on which the secret ends, as a date field has it; empty = it is not known. */
  readonly ends: string;
}

/** What is stored of it, without the secret. */
export interface KnownOidc {
  /** null = nothing is set up yet. */
  readonly settings: {
    readonly issuer: string;
    readonly clientId: string;
    readonly directoryTenantId?: string | undefined;
    readonly clientAuth: 'secret' | 'certificate';
    readonly certificateThumbprint?: string | undefined;
  } | null;
  readonly secretExpiresAt: string | null;
}

/** The form for what is stored; empty when nothing is yet. */
export function toOidcDraft({ settings, secretExpiresAt }: KnownOidc): OidcDraft {
  return {
    issuer: settings?.issuer ?? '',
    clientId: settings?.clientId ?? '',
    directoryTenantId: settings?.directoryTenantId ?? '',
    clientAuth: settings?.clientAuth ?? 'secret',
    thumbprint: settings?.certificateThumbprint ?? '',
    secret: '',
    ends: dayOf(secretExpiresAt),
  };
}

export type OidcFault = 'issuer' | 'clientId' | 'secret';

/** Fields that the server would refuse as they are. */
export function oidcFaults(draft: OidcDraft, known: KnownOidc): ReadonlySet<OidcFault> {
  const faults = new Set<OidcFault>();
  if (!isIssuer(draft.issuer.trim())) faults.add('issuer');
  if (draft.clientId.trim() === '') faults.add('clientId');
  if (draft.secret === '' && needsSecret(draft, known)) faults.add('secret');
  return faults;
}

/** A secret goes to nobody but whom it was entered for, so another directory needs another one. */
export function needsSecret(draft: OidcDraft, { settings }: KnownOidc): boolean {
  return settings?.issuer !== draft.issuer.trim() || settings.clientAuth !== draft.clientAuth;
}

function isIssuer(text: string): boolean {
  return isSecureUrl(text) && !/\/(common|organizations|consumers)(\/|$)/i.test(text);
}

/** Whether a text is an https address; without TLS only this very machine is asked. */
export function isSecureUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
}

/** What the API is sent of the draft. */
export interface OidcBody {
  readonly settings: Readonly<Record<string, string>>;
  readonly secret?: string;
  readonly secretExpiresAt?: string | null;
}

/** The draft in the words of the API. */
export function oidcBody(draft: OidcDraft, known: KnownOidc): OidcBody {
  const [directoryTenantId, thumbprint] = [draft.directoryTenantId.trim(), draft.thumbprint.trim()];
  const isSameEnd = draft.ends === toOidcDraft(known).ends;
  return {
    settings: {
      issuer: draft.issuer.trim(),
      clientId: draft.clientId.trim(),
      clientAuth: draft.clientAuth,
      ...(directoryTenantId === '' ? {} : { directoryTenantId }),
      ...(thumbprint === '' || draft.clientAuth === 'secret' ? {} : { certificateThumbprint: thumbprint }),
    },
    ...(draft.secret === '' ? {} : { secret: draft.secret }),
    ...(isSameEnd ? {} : { secretExpiresAt: endOfDay(draft.ends) }),
  };
}
