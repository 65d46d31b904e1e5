import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { type Browser, openBrowser } from '../../test/browser.ts';
import { type AssertionParts, assertionXml, newIdpKey, responseXml, signAssertion } from '../../test/saml-idp.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import type { RunningServer } from '../server/start-server.ts';

const ISSUER = 'https://idp.example/entity';
const OID = 'aaaaaaaa-0000-4000-8000-000000000001';
const key = newIdpKey();

interface Setup {
  readonly server: RunningServer & { readonly ask: AskAdmin };
  readonly tenantId: string;
  readonly portal: string;
  readonly browser: Browser;
  /** An assertion that is right but for what is given. */
  parts(change?: Partial<AssertionParts>): AssertionParts;
  /** Begins a sign-in and gives the id of its request. */
  begin(start?: string): Promise<string>;
  /** Posts a response as the directory's page does; gives the status. */
  post(response: string, browser?: Browser): Promise<number>;
}

async function setUp(t: TestContext, settings: Readonly<Record<string, unknown>> = {}): Promise<Setup> {
  const server = await openServer(t, tempFolder(t));
  const made = await server.ask('POST', '/providers', { profile: 'generic', title: 'Test' });
  const tenantId = String(made.body['id']);
  const portal = `${server.url}/portal/${tenantId}`;
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  await fetch(`${String(made.body['scimUrl']).replace(/\/$/, '')}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(made.body['token'])}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({ schemas, userName: 'eva@x.example', externalId: OID }),
  });
  const saved = await server.ask('PUT', `/providers/${tenantId}/sso`, {
    protocol: 'saml',
    settings: {
      idpEntityId: ISSUER,
      idpSsoUrl: 'https://idp.example/sso',
      idpCertificates: [key.publicPem],
      ...settings,
    },
  });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  const browser = openBrowser();
  let count = 0;
  const setup: Setup = {
    server,
    tenantId,
    portal,
    browser,
    parts: (change = {}) => {
      count += 1;
      return {
        acsUrl: `${portal}/saml/acs`,
        audience: `${portal}/saml/metadata`,
        issuer: ISSUER,
        objectId: OID,
        id: `_assertion${count}`,
        endsInSeconds: 300,
        nameId: 'eva@x.example',
        roles: ['Reader'],
        ...change,
      };
    },
    begin: async (start = `${portal}/sign-in/start`) => {
      const begun = await browser.get(start);
      const request = new URL(begun.headers.get('location') ?? '').searchParams.get('SAMLRequest') ?? '';
      const xml = inflateRawSync(Buffer.from(request, 'base64')).toString();
      return / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
    },
    post: async (response, one = browser) => {
      const fields = { SAMLResponse: Buffer.from(response).toString('base64') };
      return (await one.post(`${portal}/saml/acs`, fields, { 'sec-fetch-site': 'cross-site' })).status;
    },
  };
  await enforce(setup);
  return setup;
}

const signed = (parts: AssertionParts): string => signAssertion(responseXml(parts, assertionXml(parts)), key);

async function enforce({ server, tenantId, begin, post, parts }: Setup): Promise<void> {
  const state = (text: string) => server.ask('PUT', `/providers/${tenantId}/sso/state`, { state: text });
  await state('test');
  const { body } = await server.ask('POST', `/providers/${tenantId}/sso/test-link`);
  const inResponseTo = await begin(String(body['link']));
  assert.equal(await post(signed(parts({ inResponseTo }))), 200);
  assert.equal((await state('enforced')).status, 200);
}

async function lastReason({ server, tenantId }: Setup): Promise<string> {
  const [last] = await server.services.store.audit.list({ subject: tenantId, limit: 1 });
  return last?.action ?? '';
}

test('a signed assertion that answers a request of this browser signs in, with its roles', async (t) => {
  const setup = await setUp(t);
  const { browser, portal, begin, post, parts } = setup;
  assert.equal(await post(signed(parts({ inResponseTo: await begin() }))), 303);
  assert.match(await (await browser.get(portal)).text(), /\(saml\)\. Roles from the directory: Reader/);
  const metadata = await fetch(`${portal}/saml/metadata`);
  assert.match(await metadata.text(), /WantAssertionsSigned="true"[\s\S]*Location="[^"]*\/saml\/acs"/);
});

interface Attack {
  readonly make: (parts: AssertionParts) => string;
  readonly change?: Partial<AssertionParts>;
  readonly reason: RegExp;
}

const attacks: Readonly<Record<string, Attack>> = {
  'without a signature': {
    make: (parts) => responseXml(parts, assertionXml(parts)),
    reason: /Invalid signature/,
  },
  'signed with another key': {
    make: (parts) => signAssertion(responseXml(parts, assertionXml(parts)), newIdpKey()),
    reason: /Invalid signature/,
  },
  'changed after signing': {
    make: (parts) => signed(parts).replace('>Reader<', '>Administrator<'),
    reason: /Invalid signature/,
  },
  'wrapped: a forged assertion before the signed one': {
    make: (parts) => {
      const forged = assertionXml({ ...parts, id: '_forged', objectId: 'admin' });
      return signed(parts).replace('<saml:Assertion', `${forged}<saml:Assertion`);
    },
    reason: /multiple assertions/,
  },
  'wrapped: the signed assertion hidden inside a forged one': {
    make: (parts) => {
      const [real = ''] = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(signed(parts)) ?? [];
      const forged = assertionXml({ ...parts, id: '_forged', objectId: 'admin' });
      const holder = forged.replace('</saml:Assertion>', `<saml:Advice>${real}</saml:Advice></saml:Assertion>`);
      return responseXml(parts, holder);
    },
    reason: /Invalid signature/,
  },
  'for another audience': { make: signed, change: { audience: 'https://other.example' }, reason: /audience mismatch/ },
  'after its end': { make: signed, change: { endsInSeconds: -120 }, reason: /expired|No valid subject/ },
  'for another recipient': {
    make: signed,
    change: { acsUrl: 'https://other.example/acs' },
    reason: /another recipient/,
  },
  'of another issuer': { make: signed, change: { issuer: 'https://other.example' }, reason: /another issuer/ },
  'for a request that was never made': {
    make: signed,
    change: { inResponseTo: '_never' },
    reason: /not begun here/,
  },
  'with the request named outside the signature only': {
    make: (parts) => {
      const { inResponseTo, ...rest } = parts;
      return signed(inResponseTo === undefined ? rest : { ...rest, responseInResponseTo: inResponseTo });
    },
    reason: /answers no request/,
  },
  'with an external entity': {
    make: (parts) =>
      `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${signed(parts).replace('>eva@x.example<', '>&x;<')}`,
    reason: /document type/,
  },
  'with a comment in the NameID': {
    make: signed,
    change: { nameId: 'admin@x.example<!-- -->.evil.example' },
    reason: /comment/,
  },
  'of somebody without an account': { make: signed, change: { objectId: 'nobody' }, reason: /no account/ },
};

test('an attack with a SAML response is refused', async (t) => {
  const setup = await setUp(t);
  for (const [what, { make, change, reason }] of Object.entries(attacks)) {
    await t.test(what, async () => {
      const inResponseTo = await setup.begin();
      assert.equal(await setup.post(make(setup.parts({ inResponseTo, ...change }))), 403);
      assert.match(await lastReason(setup), reason);
    });
  }
});

test('an assertion is good once, and only in the browser that began', async (t) => {
  const setup = await setUp(t);
  const { begin, post, parts } = setup;
  const response = signed(parts({ inResponseTo: await begin() }));
  assert.equal(await post(response), 303);
  assert.equal(await post(response), 403);
  assert.match(await lastReason(setup), /used before/);
  const stolen = signed(parts({ inResponseTo: await begin() }));
  assert.equal(await post(stolen, openBrowser()), 403);
  assert.match(await lastReason(setup), /another browser/);
});

test('a sign-in that the directory begins is taken only when that is switched on, and once', async (t) => {
  const closed = await setUp(t);
  assert.equal(await closed.post(signed(closed.parts())), 403);
  const open = await setUp(t, { allowsIdpInitiated: true });
  const response = signed(open.parts());
  assert.equal(await open.post(response, openBrowser()), 303);
  assert.equal(await open.post(response, openBrowser()), 403);
  assert.match(await lastReason(open), /used before/);
});
