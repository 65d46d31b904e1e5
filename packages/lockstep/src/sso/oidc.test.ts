import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { exportPKCS8, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type AskAdmin, openServer } from '../../test/admin-client.ts';
import { type Browser, openBrowser } from '../../test/browser.ts';
import {
  CLIENT_SECRET,
  certificate,
  type Directory,
  keys,
  OID,
  openDirectory,
  type Person,
  TID,
} from '../../test/oidc-directory.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import type { RunningServer } from '../server/start-server.ts';

interface Setup {
  readonly server: RunningServer & { readonly ask: AskAdmin };
  readonly directory: Directory;
  readonly tenantId: string;
  readonly portal: string;
  readonly browser: Browser;
  readonly accountId: string;
  scim(method: string, path: string, body?: object): Promise<Response>;
}

async function setUp(t: TestContext, settings: Readonly<Record<string, unknown>> = {}): Promise<Setup> {
  const server = await openServer(t, tempFolder(t));
  const made = await server.ask('POST', '/providers', { profile: 'generic', title: 'Test' });
  const tenantId = String(made.body['id']);
  const portal = `${server.url}/portal/${tenantId}`;
  const directory = await openDirectory(t, () => `${portal}/oidc/callback`);
  const scim: Setup['scim'] = (method, path, body) =>
    fetch(`${String(made.body['scimUrl']).replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization: `Bearer ${String(made.body['token'])}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const user = await scim('POST', '/Users', {
    schemas,
    userName: 'eva@x.example',
    externalId: OID,
    active: true,
    emails: [{ value: 'eva@x.example', type: 'work' }],
  });
  assert.equal(user.status, 201);
  const account: unknown = await user.json();
  const accountId = typeof account === 'object' && account !== null && 'id' in account ? String(account.id) : '';
  const saved = await server.ask('PUT', `/providers/${tenantId}/sso`, {
    protocol: 'oidc',
    secret: CLIENT_SECRET,
    settings: { issuer: directory.issuer, clientId: 'lockstep', directoryTenantId: TID, ...settings },
  });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
  return { server, directory, tenantId, portal, browser: openBrowser(), accountId, scim };
}

async function enforce({ server, tenantId, browser }: Setup): Promise<void> {
  const state = (text: string) => server.ask('PUT', `/providers/${tenantId}/sso/state`, { state: text });
  await state('test');
  const { body } = await server.ask('POST', `/providers/${tenantId}/sso/test-link`);
  const tested = await browser.follow(String(body['link']));
  assert.match((await tested.response?.text()) ?? '', /test sign-in succeeded/);
  assert.equal((await state('enforced')).status, 200);
}

async function signIn({ browser, portal }: Setup): Promise<string> {
  const { url, response } = await browser.follow(`${portal}/sign-in/start`);
  return response?.status === 200 && url === portal ? 'entered' : 'refused';
}

async function lastReason({ server, tenantId }: Setup): Promise<string> {
  const [last] = await server.services.store.audit.list({ subject: tenantId, limit: 1 });
  return last?.action ?? '';
}

/** An ID token of the right key with other claims. */
const resign =
  (change: JWTPayload) =>
  (claims: JWTPayload): Promise<string> =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(keys.privateKey);

test('single sign-on goes from off to test to enforced, and only after a test that succeeded', async (t) => {
  const setup = await setUp(t);
  const { server, tenantId, browser, portal } = setup;
  assert.equal(await signIn(setup), 'refused');
  const early = await server.ask('PUT', `/providers/${tenantId}/sso/state`, { state: 'enforced' });
  assert.equal(early.status, 409);
  await enforce(setup);
  assert.equal((await browser.get(portal)).status, 303);
  assert.equal(await signIn(setup), 'entered');
  assert.match(await (await browser.get(portal)).text(), /Roles from the directory: Reader/);
  const changed = await server.ask('PUT', `/providers/${tenantId}/sso`, {
    protocol: 'oidc',
    settings: { issuer: setup.directory.issuer, clientId: 'other', directoryTenantId: TID },
  });
  assert.deepEqual([changed.body['state'], changed.body['testedAt']], ['test', null]);
  assert.equal(JSON.stringify(changed.body).includes('client-secret'), false);
});

interface Forgery {
  readonly forge: (claims: JWTPayload) => Promise<string>;
  readonly reason: RegExp;
}

const forgeries: Readonly<Record<string, Forgery>> = {
  'another issuer': { forge: resign({ iss: 'https://evil.example' }), reason: /iss/ },
  'another audience': { forge: resign({ aud: 'another-client' }), reason: /aud/ },
  'another nonce': { forge: resign({ nonce: 'another' }), reason: /nonce/ },
  'a time that is over': { forge: resign({ iat: 1_000, exp: 2_000 }), reason: /exp/ },
  'another directory tenant': { forge: resign({ tid: 'another' }), reason: /\(tid\)/ },
  'another object id with the same e-mail': {
    forge: resign({ oid: 'aaaaaaaa-0000-4000-8000-000000000002' }),
    reason: /belongs to another object id/,
  },
  'no object id': { forge: resign({ oid: '' }), reason: /\(oid\)/ },
  'the algorithm none': {
    forge: async (claims) => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(claims)}.`;
    },
    reason: /alg/,
  },
  'HS256 with the public key as secret': {
    forge: async (claims) => {
      const secret = new TextEncoder().encode(await exportSPKI(keys.publicKey));
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    },
    reason: /alg/,
  },
  'the signature of another key': {
    forge: async (claims) => {
      const other = await generateKeyPair('RS256');
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(other.privateKey);
    },
    reason: /signature/,
  },
};

test('an ID token that was changed is refused, whatever of it', async (t) => {
  const setup = await setUp(t, { linksByEmail: true });
  await enforce(setup);
  for (const [what, { forge, reason }] of Object.entries(forgeries)) {
    await t.test(`with ${what}`, async () => {
      setup.directory.forge = forge;
      assert.equal(await signIn(setup), 'refused');
      assert.match(await lastReason(setup), reason);
    });
  }
  setup.directory.forge = resign({});
  assert.equal(await signIn(setup), 'entered');
});

test('a state is good once, in the browser that began, and a code only with its verifier', async (t) => {
  const setup = await setUp(t);
  await enforce(setup);
  const { browser, portal } = setup;
  const isCallback = (url: string): boolean => url.includes('/oidc/callback');
  const arrive = async (one: Browser) => (await one.follow(`${portal}/sign-in/start`, isCallback)).url;

  const mine = await arrive(browser);
  assert.equal((await openBrowser().get(mine)).status, 403, 'another browser');
  assert.match(await lastReason(setup), /another browser/);
  const second = await arrive(browser);
  assert.equal((await browser.get(second)).status, 303);
  assert.equal((await browser.get(second)).status, 403, 'replayed state');

  const victim = new URL(await arrive(browser));
  const attacker = openBrowser();
  const injected = new URL(await arrive(attacker));
  injected.searchParams.set('code', victim.searchParams.get('code') ?? '');
  assert.equal((await attacker.get(injected.href)).status, 403, 'injected code');
  const forged = new URL(await arrive(browser));
  forged.searchParams.set('state', 'guessed');
  assert.equal((await browser.get(forged.href)).status, 403, 'forged state');
  const mixed = new URL(await arrive(browser));
  mixed.searchParams.set('iss', 'https://evil.example');
  assert.equal((await browser.get(mixed.href)).status, 403, 'answer of another issuer');
});

test('every request holds a PKCE challenge, a nonce, a state and response_mode=query', async (t) => {
  const setup = await setUp(t);
  await enforce(setup);
  const begun = await setup.browser.get(`${setup.portal}/sign-in/start`);
  const query = new URL(begun.headers.get('location') ?? '').searchParams;
  assert.deepEqual([query.get('code_challenge_method'), query.get('response_mode')], ['S256', 'query']);
  for (const name of ['code_challenge', 'nonce', 'state'])
    assert.equal((query.get(name) ?? '').length >= 43, true, name);
});

test('deactivating or deleting over SCIM ends the sessions within a second, and switching on again brings none back', async (t) => {
  const setup = await setUp(t);
  await enforce(setup);
  const { browser, portal, scim, accountId, server } = setup;
  const setActive = (value: boolean): Promise<Response> =>
    scim('PATCH', `/Users/${accountId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value }],
    });
  assert.equal(await signIn(setup), 'entered');
  assert.equal((await setActive(false)).ok, true);
  assert.equal((await browser.get(portal)).status, 303);
  assert.equal(await signIn(setup), 'refused');
  assert.equal((await setActive(true)).ok, true);
  await server.services.sso.endSessionsOfLeavers();
  assert.equal((await browser.get(portal)).status, 303);
  assert.equal(await signIn(setup), 'entered');
  const started = performance.now();
  assert.equal((await scim('DELETE', `/Users/${accountId}`)).status, 204);
  assert.equal((await browser.get(portal)).status, 303);
  assert.equal(performance.now() - started < 1_000, true);
});

test('somebody is linked once by a verified e-mail, and an account of another object id is not for taking', async (t) => {
  const setup = await setUp(t, { linksByEmail: true });
  await enforce(setup);
  const { directory, scim } = setup;
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  await scim('POST', '/Users', { schemas, userName: 'max', emails: [{ value: 'Max@X.example', type: 'work' }] });
  const max = { ...directory.person, oid: 'max-1', email: 'max@x.example' };
  const as = async (person: Person): Promise<string> => {
    directory.person = person;
    return signIn({ ...setup, browser: openBrowser() });
  };
  assert.equal(await as({ ...max, email_verified: false }), 'refused');
  assert.equal(await as(max), 'entered');
  assert.equal(await as({ ...max, oid: 'max-2' }), 'refused');
  assert.match(await lastReason(setup), /linked with somebody else/);
  assert.equal(await as(max), 'entered');
});

test('a break-glass link opens the tenant once without the directory, and is audited', async (t) => {
  const setup = await setUp(t);
  await enforce(setup);
  const { server, tenantId, browser, portal } = setup;
  const { body } = await server.ask('POST', `/providers/${tenantId}/sso/break-glass`);
  const token = new URL(String(body['link'])).searchParams.get('token') ?? '';
  assert.equal((await browser.get(String(body['link']))).status, 200);
  const loose = await browser.post(`${portal}/break-glass`, { token }, { 'sec-fetch-site': 'cross-site' });
  assert.equal(loose.status, 403);
  assert.equal((await browser.post(`${portal}/break-glass`, { token })).status, 303);
  assert.equal((await browser.get(portal)).status, 200);
  assert.equal((await openBrowser().post(`${portal}/break-glass`, { token })).status, 403);
  const audited = await server.services.store.audit.list({ subject: tenantId, limit: 10 });
  assert.equal(
    audited.some((one) => one.action === 'signed in by break-glass'),
    true,
  );
  assert.equal(
    audited.some((one) => one.action.endsWith('/sso/break-glass')),
    true,
  );
});

test('a certificate signs the client in instead of a secret', async (t) => {
  const setup = await setUp(t);
  const { server, tenantId, directory } = setup;
  const settings = { issuer: directory.issuer, clientId: 'lockstep-certificate', clientAuth: 'certificate' };
  const body = {
    protocol: 'oidc',
    secret: await exportPKCS8(certificate.privateKey),
    secretExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    settings: { ...settings, directoryTenantId: TID, certificateThumbprint: 'thumb' },
  };
  const saved = await server.ask('PUT', `/providers/${tenantId}/sso`, body);
  assert.deepEqual(saved.body['warnings'], ['the secret ends within 30 days']);
  await enforce(setup);
  assert.equal(await signIn(setup), 'entered');
});

test('the issuer of many directories at once, and one without TLS, are refused', async (t) => {
  const { server, tenantId } = await setUp(t);
  for (const issuer of ['https://login.microsoftonline.com/common/v2.0', 'http://directory.example']) {
    const body = { protocol: 'oidc', secret: 's', settings: { issuer, clientId: 'x' } };
    assert.equal((await server.ask('PUT', `/providers/${tenantId}/sso`, body)).status, 400);
  }
});

const endings: readonly (readonly [string, string, string, object?])[] = [
  ['switched off', 'PUT', '/state', { state: 'off' }],
  ['put back to testing', 'PUT', '/state', { state: 'test' }],
  ['taken away', 'DELETE', ''],
];
for (const [what, method, path, body] of endings) {
  test(`sessions end when single sign-on is ${what}`, async (t) => {
    const setup = await setUp(t);
    await enforce(setup);
    assert.equal(await signIn(setup), 'entered');
    const { server, tenantId, browser, portal } = setup;
    assert.ok((await server.ask(method, `/providers/${tenantId}/sso${path}`, body)).status < 300);
    assert.equal((await browser.get(portal)).status, 303);
    assert.deepEqual(await server.services.store.sessions.list({ kind: 'portal', tenantId }), []);
  });
}

test('sessions end when the values of single sign-on change', async (t) => {
  const setup = await setUp(t);
  await enforce(setup);
  await signIn(setup);
  const { server, tenantId, browser, portal, directory } = setup;
  const settings = { issuer: directory.issuer, clientId: 'lockstep', directoryTenantId: TID };
  await server.ask('PUT', `/providers/${tenantId}/sso`, { protocol: 'oidc', settings });
  assert.equal((await browser.get(portal)).status, 303);
});
