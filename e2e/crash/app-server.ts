import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { profiles } from '@lockstep/gallery';
import { createProvider, type Provider } from '@lockstep/provider';
import { nodeHttpHandler } from '@lockstep/provider/adapters/node-http';
import { openSqliteStore, type Store } from '@lockstep/store';

/** An app in this process that would take the same person twice: only the engine's care prevents it. */
export interface AppServer {
  readonly url: string;
  readonly token: string;
  readonly store: Store;
  readonly provider: Provider;
  close(): Promise<void>;
}

/**
 * Starts an app without unique names. A write that carries `x-visit: 1` is carried out, and then, instead of the answer
 * going out, the process that sent it is killed: the worst moment there is.
 */
export async function startAppServer(): Promise<AppServer> {
  const store = await openSqliteStore({ file: ':memory:' }, Date.now());
  const generic = profiles.generic;
  if (!generic.groups.enabled) throw new Error('the generic profile has groups');
  const careless = {
    ...generic,
    users: { ...generic.users, unique: [] },
    groups: { ...generic.groups, unique: [] },
  };
  const provider = createProvider({
    profiles: [careless],
    realms: store.realms,
    tenants: store.tenants,
    nowMs: Date.now,
    newId: randomUUID,
    randomBytes,
    hashText: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const { tenant, token } = await provider.admin.create({ profile: 'generic', title: 'App', id: 'app' });
  const handle = nodeHttpHandler(provider);
  const server = createServer((message, response) => {
    if (message.headers['x-visit'] === '1') {
      response.writeHead = () => {
        killSender(message, response);
        return response;
      };
    }
    handle(message, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server)}${generic.basePath}${tenant.id}`;
  return {
    url,
    token: token.text,
    store,
    provider,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}

/** Kills the sender in place of sending the rest of the answer. */
function killSender(message: IncomingMessage, response: ServerResponse): void {
  process.kill(Number(message.headers['x-pid']), 'SIGKILL');
  response.destroy();
}

function portOf(server: Server): number {
  // A TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port;
}
