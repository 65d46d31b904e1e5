import { generateKeyPairSync } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

/** What an assertion says; every part can be made wrong. */
export interface AssertionParts {
  readonly acsUrl: string;
  readonly audience: string;
  readonly issuer: string;
  readonly objectId: string;
  readonly id: string;
  readonly inResponseTo?: string;
  /** Seconds from now. */
  readonly endsInSeconds: number;
  /** XML of the name. */
  readonly nameId: string;
  readonly roles: readonly string[];
  readonly email?: string;
  /** Attributes of the response's root. */
  readonly responseInResponseTo?: string;
}

export interface IdpKey {
  readonly privatePem: string;
  readonly publicPem: string;
}

/** A key of an identity provider. */
export function newIdpKey(): IdpKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

const OBJECT_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier';
const EMAIL = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';
const ROLE = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';

const time = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

/** An assertion that is not signed yet. */
export function assertionXml(parts: AssertionParts): string {
  const answers = parts.inResponseTo === undefined ? '' : ` InResponseTo="${parts.inResponseTo}"`;
  const ends = `NotOnOrAfter="${time(parts.endsInSeconds)}"`;
  const begins = `NotBefore="${time(Math.min(-5, parts.endsInSeconds - 300))}"`;
  const roles = parts.roles.map((role) => `<saml:AttributeValue>${role}</saml:AttributeValue>`).join('');
  const email =
    parts.email === undefined
      ? ''
      : `<saml:Attribute Name="${EMAIL}"><saml:AttributeValue>${parts.email}</saml:AttributeValue></saml:Attribute>`;
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.id}" Version="2.0" IssueInstant="${time(-1)}"><saml:Issuer>${parts.issuer}</saml:Issuer><saml:Subject><saml:NameID>${parts.nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ${ends} Recipient="${parts.acsUrl}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions ${begins} ${ends}><saml:AudienceRestriction><saml:Audience>${parts.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${time(-1)}"/><saml:AttributeStatement><saml:Attribute Name="${OBJECT_ID}"><saml:AttributeValue>${parts.objectId}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="${ROLE}">${roles}</saml:Attribute>${email}</saml:AttributeStatement></saml:Assertion>`;
}

/** Puts an assertion into a response. */
export function responseXml(parts: AssertionParts, assertion: string): string {
  const inResponseTo = parts.responseInResponseTo ?? parts.inResponseTo;
  const answers = inResponseTo === undefined ? '' : ` InResponseTo="${inResponseTo}"`;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" IssueInstant="${time(0)}" Destination="${parts.acsUrl}"${answers}><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`;
}

/** Signs the assertion inside a response. */
export function signAssertion(response: string, key: IdpKey): string {
  const signature = new SignedXml({
    privateKey: key.privatePem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  const assertion = "//*[local-name(.)='Assertion']";
  signature.addReference({
    xpath: assertion,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  const after = `${assertion}/*[local-name(.)='Issuer']`;
  signature.computeSignature(response, { location: { reference: after, action: 'after' } });
  return signature.getSignedXml();
}
