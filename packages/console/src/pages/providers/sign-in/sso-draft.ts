import type { SsoShape } from 'lockstep/admin-api/answers';
import {
  isSecureUrl,
  type KnownOidc,
  type OidcDraft,
  type OidcFault,
  oidcBody,
  oidcFaults,
  toOidcDraft,
} from '../../../sign-on/oidc-draft.ts';

/** What is typed of a directory that speaks SAML 2.0. */
export interface SamlDraft {
  readonly idpEntityId: string;
  readonly idpSsoUrl: string;
  /** PEM, one below the other. */
  readonly certificates: string;
  readonly allowsIdpInitiated: boolean;
  /** Empty, as the two below = what Entra calls it. */
  readonly subjectAttribute: string;
  readonly rolesAttribute: string;
  readonly emailAttribute: string;
}

/** The form of a tenant's single sign-on as it is typed; both protocols are kept while one is chosen. */
export interface SsoDraft {
  readonly protocol: SsoShape['protocol'];
  readonly oidc: OidcDraft;
  readonly saml: SamlDraft;
  readonly linksByEmail: boolean;
}

const NO_OIDC: KnownOidc = { settings: null, secretExpiresAt: null };

/** What is stored of OpenID Connect; nothing where the tenant signs in by SAML or not at all. */
export function knownOidc(known: SsoShape | undefined): KnownOidc {
  return known?.protocol === 'oidc' ? known : NO_OIDC;
}

/** @param isAdvised whether a new connection should link by e-mail address */
export function toSsoDraft(known: SsoShape | undefined, isAdvised: boolean): SsoDraft {
  const saml = known?.protocol === 'saml' ? known.settings : undefined;
  return {
    protocol: known?.protocol ?? 'oidc',
    oidc: toOidcDraft(knownOidc(known)),
    saml: {
      idpEntityId: saml?.idpEntityId ?? '',
      idpSsoUrl: saml?.idpSsoUrl ?? '',
      certificates: saml?.idpCertificates.join('\n') ?? '',
      allowsIdpInitiated: saml?.allowsIdpInitiated ?? false,
      subjectAttribute: saml?.subjectAttribute ?? '',
      rolesAttribute: saml?.rolesAttribute ?? '',
      emailAttribute: saml?.emailAttribute ?? '',
    },
    linksByEmail: known?.settings.linksByEmail ?? isAdvised,
  };
}

export type SamlFault = 'idpEntityId' | 'idpSsoUrl' | 'certificates';

/** Fields that the server would refuse as they are. */
export function ssoFaults(draft: SsoDraft, known: SsoShape | undefined): ReadonlySet<OidcFault | SamlFault> {
  if (draft.protocol === 'oidc') return oidcFaults(draft.oidc, knownOidc(known));
  const faults = new Set<SamlFault>();
  if (draft.saml.idpEntityId.trim() === '') faults.add('idpEntityId');
  if (!isSecureUrl(draft.saml.idpSsoUrl.trim())) faults.add('idpSsoUrl');
  if (readCertificates(draft.saml.certificates).length === 0) faults.add('certificates');
  return faults;
}

const FRAMED =
  /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----|-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The certificates in a text; one without its frame is taken as it is. */
export function readCertificates(text: string): readonly string[] {
  const framed = text.match(FRAMED);
  if (framed !== null) return [...framed];
  return text.trim() === '' ? [] : [text.trim()];
}

/** Whether the form says something else than what is stored. */
export function isSsoDirty(draft: SsoDraft, before: SsoDraft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(before);
}

/** The draft in the words of the API. */
export function ssoBody(draft: SsoDraft, known: SsoShape | undefined): object {
  const { protocol, linksByEmail, saml } = draft;
  if (protocol === 'oidc') {
    const { settings, ...rest } = oidcBody(draft.oidc, knownOidc(known));
    return { protocol, settings: { ...settings, linksByEmail }, ...rest };
  }
  const named = (name: 'subjectAttribute' | 'rolesAttribute' | 'emailAttribute') =>
    saml[name].trim() === '' ? {} : { [name]: saml[name].trim() };
  return {
    protocol,
    settings: {
      idpEntityId: saml.idpEntityId.trim(),
      idpSsoUrl: saml.idpSsoUrl.trim(),
      idpCertificates: readCertificates(saml.certificates),
      allowsIdpInitiated: saml.allowsIdpInitiated,
      ...named('subjectAttribute'),
      ...named('rolesAttribute'),
      ...named('emailAttribute'),
      linksByEmail,
    },
  };
}

/** What can be done with single sign-on as it stands. Enforcing waits for a test that went well. */
export function stepsOf({ state, testedAt }: Pick<SsoShape, 'state' | 'testedAt'>): {
  readonly canTest: boolean;
  readonly canEnforce: boolean;
  readonly isOn: boolean;
} {
  return { canTest: state !== 'off', canEnforce: state !== 'enforced' && testedAt !== null, isOn: state !== 'off' };
}
