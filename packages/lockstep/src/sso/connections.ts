import type { JsonObject } from '@lockstep/scim';
import type { SignInState, StoredConnection } from '@lockstep/store';
import { LockstepError } from '../lockstep-error.ts';
import { sealOwner } from '../secrets/seal-owner.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { lastEndMs } from './certificate-end.ts';
import { type OidcSettings, oidcSettings, readSsoSettings, samlSettings } from './connection.ts';
import type { SsoOptions } from './sso-service.ts';

/** What a connection is set up with. */
export interface NewConnection {
  readonly protocol: 'oidc' | 'saml';
  readonly settings: unknown;
  /** Client secret, or private key in PEM; absent = the one that is there stays. */
  readonly secret?: string | undefined;
  readonly secretExpiresMs?: number | null | undefined;
}

/** Sessions that end when single sign-on is switched off, taken away or set up anew: whoever is in came by other settings. */
const BY_DIRECTORY: readonly string[] = ['oidc', 'saml'];
/** Sessions that end when it is enforced; a fixed account of the app keeps its own. */
const BY_PASSWORD: readonly string[] = ['password'];

/** Setting up single sign-on. */
export interface Connections {
  find(tenantId: string): Promise<StoredConnection | undefined>;
  /** Any change ends the test that was made and every session opened by it; an enforced connection goes back to `test`. @throws {LockstepError} */
  save(tenantId: string, connection: NewConnection): Promise<StoredConnection>;
  /**
   * Enforcing ends sessions by password, anything else those by directory.
   * @throws {LockstepError} `conflict` when it would be enforced without a test that succeeded
   */
  setState(tenantId: string, state: SignInState): Promise<StoredConnection>;
  remove(tenantId: string): Promise<boolean>;
  /** The open secret of a connection; empty when it has none. */
  secretOf(connection: StoredConnection): string;
}

/** Makes the connections over the store. */
export function createConnections({
  store,
  secrets,
  newId,
}: Pick<SsoOptions, 'store' | 'secrets' | 'newId'>): Connections {
  const { signIn } = store;
  const endSignOns = (tenantId: string): Promise<number> => store.sessions.endByMethod(tenantId, BY_DIRECTORY);
  const require = async (tenantId: string): Promise<StoredConnection> => {
    const found = await signIn.connection(tenantId);
    if (found === undefined) throw new LockstepError('notFound', 'this provider has no single sign-on yet');
    return found;
  };
  return {
    find: (tenantId) => signIn.connection(tenantId),
    save: async (tenantId, given) => {
      if ((await store.tenants.findTenant(tenantId)) === undefined) {
        throw new LockstepError('notFound', `there is no provider ${JSON.stringify(tenantId)}`);
      }
      const known = await signIn.connection(tenantId);
      const saved = toConnection({ tenantId, given, known, secrets, revision: newId() });
      await signIn.saveConnection(saved);
      await endSignOns(tenantId);
      return saved;
    },
    setState: async (tenantId, state) => {
      const known = await require(tenantId);
      if (state === 'enforced' && known.testedRevision !== known.revision) {
        const hint = 'Make a test link (lockstep provider sso test PROVIDER) and sign in with it.';
        throw new LockstepError('conflict', 'a test sign-in has to succeed before single sign-on is enforced', {
          hint,
        });
      }
      const changed = { ...known, state };
      await signIn.saveConnection(changed);
      if (state === 'enforced') await store.sessions.endByMethod(tenantId, BY_PASSWORD);
      else await endSignOns(tenantId);
      return changed;
    },
    remove: async (tenantId) => {
      const isGone = await signIn.removeConnection(tenantId);
      await endSignOns(tenantId);
      return isGone;
    },
    secretOf: ({ secret, tenantId }) => (secret === null ? '' : secrets.open(secret, sealOwner.signIn(tenantId))),
  };
}

interface Draft {
  readonly tenantId: string;
  readonly given: NewConnection;
  readonly known: StoredConnection | undefined;
  readonly secrets: SecretBox;
  readonly revision: string;
}

function toConnection({ tenantId, given, known, secrets, revision }: Draft): StoredConnection {
  const { protocol, secret, secretExpiresMs } = given;
  const settings = readSsoSettings<object>(protocol === 'oidc' ? oidcSettings : samlSettings, given.settings);
  // A secret goes to nobody but whom it was entered for.
  const kept = known !== undefined && isSameParty(known, protocol, settings) ? known : undefined;
  const sealed = secret === undefined ? (kept?.secret ?? null) : secrets.seal(secret, sealOwner.signIn(tenantId));
  if (protocol === 'oidc' && sealed === null) throw new LockstepError('badRequest', 'secret: it has to be given');
  const endOfSecret = secretExpiresMs === undefined ? (kept?.secretExpiresMs ?? null) : secretExpiresMs;
  return {
    tenantId,
    protocol,
    state: known === undefined || known.state === 'off' ? 'off' : 'test',
    // Read by its form just now, so it is plain JSON.
    settings: settings as JsonObject,
    secret: sealed,
    secretExpiresMs: protocol === 'saml' ? certificatesEnd(settings) : endOfSecret,
    revision,
    testedRevision: null,
    testedMs: null,
  };
}

function certificatesEnd(settings: object): number | null {
  return lastEndMs(readSsoSettings(samlSettings, settings).idpCertificates);
}

function isSameParty(known: StoredConnection, protocol: string, settings: object): boolean {
  if (known.protocol !== protocol || protocol !== 'oidc') return false;
  const before: Partial<OidcSettings> = known.settings;
  const after: Partial<OidcSettings> = settings;
  return before.issuer === after.issuer && before.clientAuth === after.clientAuth;
}
