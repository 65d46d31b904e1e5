import { createServer, type Server } from 'node:http';
import type { TestContext } from 'node:test';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';

type KeyPair = GenerateKeyPairResult;

/** The directory tenant. */
export const TID = '11111111-2222-3333-4444-555555555555';
/** Object id of the person who signs in. */
export const OID = 'aaaaaaaa-0000-4000-8000-000000000001';
/** Keys the directory signs with. */
export const keys: KeyPair = await generateKeyPair('RS256', { extractable: true });
const jwk = { ...(await exportJWK(keys.privateKey)), alg: 'RS256', use: 'sig', kid: 'k1' };

/** Key of the certificate that the client `lockstep-certificate` proves itself with. */
export const certificate: KeyPair = await generateKeyPair('RS256', { extractable: true });
const certificateJwk = { ...(await exportJWK(certificate.publicKey)), alg: 'RS256', use: 'sig', kid: 'c1' };

/** Secret of the client `lockstep`. */
export const CLIENT_SECRET = 'a-very-long-client-secret-of-a-test';

/** Somebody of the directory. */
export interface Person {
  readonly oid: string;
  readonly tid: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly roles: readonly string[];
}

/** A directory, the real `oidc-provider` behind a server that may change the token answers on their way. */
export interface Directory {
  readonly issuer: string;
  person: Person;
  /** Makes another ID token of the right one's claims. */
  forge: ((claims: JWTPayload) => Promise<string>) | undefined;
  readonly redirects: Set<string>;
}

/** Opens the directory; its clients may be answered at `redirectUri`. The secret of `lockstep` is `CLIENT_SECRET`. */
export async function openDirectory(t: TestContext, redirectUri: () => string): Promise<Directory> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const directory: Directory = {
    issuer,
    person: { oid: OID, tid: TID, email: 'eva@x.example', email_verified: true, roles: ['Reader'] },
    forge: undefined,
    redirects: new Set(),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'lockstep',
        client_secret: CLIENT_SECRET,
        redirect_uris: [redirectUri()],
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        client_id: 'lockstep-certificate',
        redirect_uris: [redirectUri()],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [certificateJwk] },
      },
    ],
    jwks: { keys: [jwk] },
    claims: { openid: ['sub', 'tid', 'oid', 'email', 'email_verified', 'roles'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...directory.person }) }),
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client?.clientId ?? '',
        accountId: context.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    if (context.path !== '/token' || directory.forge === undefined) return;
    const body: unknown = context.body;
    if (typeof body !== 'object' || body === null || !('id_token' in body)) return;
    const [, payload = ''] = String(body.id_token).split('.');
    const claims: JWTPayload = JSON.parse(Buffer.from(payload, 'base64url').toString());
    context.body = { ...body, id_token: await directory.forge(claims) };
  });
  const callback = provider.callback();
  server.on('request', (message, response) => {
    if (message.url?.startsWith('/interaction/') === true) {
      void provider.interactionFinished(message, response, { login: { accountId: directory.person.oid } });
    } else void callback(message, response);
  });
  return directory;
}
