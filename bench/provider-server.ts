// The provider on a SQLite file with full durability, one tenant of the generic profile.
// usage: node provider-server.ts DATABASE [USERS [GROUP_SIZE,GROUP_SIZE... [REQUESTS_PER_SECOND [BURST]]]]
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { profiles } from '@lockstep/gallery';
import { createProvider } from '@lockstep/provider';
import { nodeHttpHandler } from '@lockstep/provider/adapters/node-http';
import { openSqliteStore } from '@lockstep/store';
import { fillTenant } from './fill-tenant.ts';

const [, , file = ':memory:', users = '0', sizes = '', rate = '', burst = '1'] = process.argv;
const store = await openSqliteStore({ file }, Date.now());
const provider = createProvider({
  profiles: Object.values(profiles),
  realms: store.realms,
  tenants: store.tenants,
  nowMs: Date.now,
  newId: randomUUID,
  randomBytes,
  hashText: (text) => hash('sha256', text),
  onFailure: (error) => process.stderr.write(`${String(error)}\n`),
});
const { tenant, token } = await provider.admin.create({
  profile: 'generic',
  title: 'Bench',
  id: 'bench',
  ...(rate === '' ? {} : { settings: { rateLimit: { requestsPerSecond: Number(rate), burst: Number(burst) } } }),
});
await fillTenant(store, tenant.realm, {
  users: Number(users),
  groupSizes: sizes === '' ? [] : sizes.split(',').map(Number),
});
const server = createServer(nodeHttpHandler(provider));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}${profiles.generic.basePath}${tenant.id}`, token: token.text });
});
process.on('SIGTERM', () => {
  void store.close().then(() => process.exit(0));
});
