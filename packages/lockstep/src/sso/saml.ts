import { type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { type SamlSettings, SignInRefused, type Vouched } from './connection.ts';

export interface SamlConnection {
  readonly settings: SamlSettings;
  /** Entity id of this tenant, which is the audience too. */
  readonly entityId: string;
  /** Address of the assertion consumer service. */
  readonly acsUrl: string;
}

/** What a signed assertion said, before it is known whether it was used before. */
export interface ReadAssertion {
  readonly id: string;
  /** The request it answers; `undefined` = the directory began. */
  readonly inResponseTo: string | undefined;
  readonly notOnOrAfterMs: number;
  readonly who: Vouched;
}

const CLOCK_SKEW_MS = 60_000;
const AGE_MS_MAX = 600_000;
const RESPONSE_LENGTH_MAX = 400_000;
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** The address at the directory that a browser is sent to, with a request of the given id (SAML Bindings §3.4). */
export function beginSaml(connection: SamlConnection, requestId: string): Promise<string> {
  return makeSaml(connection, requestId).getAuthorizeUrlAsync('', undefined, {});
}

/** What the directory's administrator imports. */
export function samlMetadata(connection: Pick<SamlConnection, 'entityId' | 'acsUrl'>): string {
  const { entityId, acsUrl } = connection;
  const attribute = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${attribute(entityId)}">
  <SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>
    <AssertionConsumerService index="0" isDefault="true" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${attribute(acsUrl)}"/>
  </SPSSODescriptor>
</EntityDescriptor>
`;
}

/**
 * Checks a response: signature of the assertion itself, issuer, audience, times, recipient. Everything is read from what
 * the signature covers, never from what stands around it.
 *
 * @throws {SignInRefused}
 */
export async function readSamlResponse(connection: SamlConnection, samlResponse: string): Promise<ReadAssertion> {
  refuseOddXml(samlResponse);
  let profile: Profile | null;
  try {
    ({ profile } = await makeSaml(connection, '_unused').validatePostResponseAsync({ SAMLResponse: samlResponse }));
  } catch (error) {
    throw new SignInRefused(error instanceof Error ? error.message : 'unknown', { cause: error });
  }
  const signed = profile?.getAssertion?.()['Assertion'];
  if (profile === null || signed === undefined) throw new SignInRefused('there is no assertion');
  return readAssertion(connection, signed, profile);
}

function makeSaml({ settings, entityId, acsUrl }: SamlConnection, requestId: string): SAML {
  return new SAML({
    issuer: entityId,
    audience: entityId,
    callbackUrl: acsUrl,
    entryPoint: settings.idpSsoUrl,
    idpCert: [...settings.idpCertificates],
    wantAssertionsSigned: true,
    // Many directories sign the assertion alone.
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: CLOCK_SKEW_MS,
    maxAssertionAgeMs: AGE_MS_MAX,
    // Requests are remembered in the database and compared with what the signature covers.
    validateInResponseTo: ValidateInResponseTo.never,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => requestId,
  });
}

/** No directory sends document types, comments or processing instructions; all attacks on parsers need them. */
function refuseOddXml(samlResponse: string): void {
  if (samlResponse.length > RESPONSE_LENGTH_MAX) throw new SignInRefused('the response is too long');
  const xml = Buffer.from(samlResponse, 'base64').toString('utf8');
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new SignInRefused('the response holds a document type');
  if (xml.includes('<!--')) throw new SignInRefused('the response holds a comment');
  if (/<\?(?!xml\s)/i.test(xml)) throw new SignInRefused('the response holds a processing instruction');
}

function readAssertion(connection: SamlConnection, assertion: unknown, profile: Profile): ReadAssertion {
  const { settings, acsUrl } = connection;
  const id = attributeOf(assertion, 'ID');
  if (id === undefined) throw new SignInRefused('the assertion has no ID');
  if (profile.issuer !== settings.idpEntityId) throw new SignInRefused('the assertion is of another issuer');
  const conditions = only(assertion, 'Conditions');
  const confirmation = only(only(assertion, 'Subject'), 'SubjectConfirmation');
  const data = only(confirmation, 'SubjectConfirmationData');
  if (attributeOf(confirmation, 'Method') !== BEARER) throw new SignInRefused('the assertion is not for its bearer');
  if (attributeOf(data, 'Recipient') !== acsUrl) throw new SignInRefused('the assertion has another recipient');
  const ends = [attributeOf(data, 'NotOnOrAfter'), attributeOf(conditions, 'NotOnOrAfter')].map((text) =>
    Date.parse(text ?? ''),
  );
  if (ends.some(Number.isNaN)) throw new SignInRefused('the assertion does not say when it ends');
  const attributes = attributesOf(profile);
  const objectId = attributes[settings.subjectAttribute];
  if (typeof objectId !== 'string' || objectId === '') {
    throw new SignInRefused(`the assertion has no attribute ${settings.subjectAttribute}`);
  }
  const roles = attributes[settings.rolesAttribute];
  return {
    id,
    inResponseTo: attributeOf(data, 'InResponseTo'),
    notOnOrAfterMs: Math.max(...ends) + CLOCK_SKEW_MS,
    who: {
      subject: JSON.stringify([settings.idpEntityId, null, objectId]),
      objectId,
      roles: (Array.isArray(roles) ? roles : [roles]).filter((one) => typeof one === 'string'),
      ...emailOf(settings, attributes),
    },
  };
}

/** A directory that is this tenant's alone vouches for its people's addresses; they link an account once. */
function emailOf(
  settings: SamlSettings,
  attributes: Readonly<Record<string, unknown>>,
): { readonly verifiedEmail?: string } {
  const email = attributes[settings.emailAttribute];
  return settings.linksByEmail && typeof email === 'string' && email !== '' ? { verifiedEmail: email } : {};
}

function attributesOf(profile: Profile): Readonly<Record<string, unknown>> {
  const value = profile['attributes'];
  return isRecord(value) ? value : {};
}

/** The one child of a name, as the parser gives it; two are as wrong as none. */
function only(parent: unknown, name: string): unknown {
  const found = isRecord(parent) ? parent[name] : undefined;
  if (!Array.isArray(found) || found.length !== 1) throw new SignInRefused(`the assertion has to have one ${name}`);
  return found[0];
}

function attributeOf(element: unknown, name: string): string | undefined {
  const own = isRecord(element) ? element['$'] : undefined;
  const value = isRecord(own) ? own[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
