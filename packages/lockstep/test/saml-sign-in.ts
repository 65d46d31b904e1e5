import { inflateRawSync } from 'node:zlib';
import type { Browser } from './browser.ts';
import { type AssertionParts, assertionXml, type IdpKey, responseXml, signAssertion } from './saml-idp.ts';

/** A directory that signs assertions. */
export interface SamlDirectory {
  readonly issuer: string;
  readonly key: IdpKey;
  /** Who signs in there. */
  readonly person: Pick<AssertionParts, 'objectId' | 'nameId' | 'roles' | 'email'>;
}

let count = 0;

/** Goes from a start address of a tenant to its directory and comes back with a signed answer, as a browser does. */
export async function samlSignIn(
  browser: Browser,
  start: string,
  of: { readonly portal: string; readonly directory: SamlDirectory },
): Promise<Response> {
  const { portal, directory } = of;
  const begun = await browser.get(start);
  const request = new URL(begun.headers.get('location') ?? '').searchParams.get('SAMLRequest') ?? '';
  const xml = inflateRawSync(Buffer.from(request, 'base64')).toString();
  count += 1;
  const parts: AssertionParts = {
    acsUrl: `${portal}/saml/acs`,
    audience: `${portal}/saml/metadata`,
    issuer: directory.issuer,
    id: `_a${count}`,
    inResponseTo: / ID="([^"]+)"/.exec(xml)?.[1] ?? '',
    endsInSeconds: 300,
    ...directory.person,
  };
  const response = signAssertion(responseXml(parts, assertionXml(parts)), directory.key);
  const fields = { SAMLResponse: Buffer.from(response).toString('base64') };
  return browser.post(`${portal}/saml/acs`, fields, { 'sec-fetch-site': 'cross-site' });
}
