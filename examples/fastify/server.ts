import { profiles } from '@lockstep/gallery';
import { createScimHandler } from '@lockstep/provider/adapters/create-scim-handler';
import { fastifyPlugin } from '@lockstep/provider/adapters/fastify';
import { openSqliteStore } from '@lockstep/store';
import { type FastifyInstance, fastify } from 'fastify';
import { type Accounts, hooksFor } from '../my-app.ts';

/** An app on Fastify with SCIM below `/scim/v2/`. The token is there at the first start only. */
export async function start(
  file: string,
  accounts: Accounts,
): Promise<{ readonly app: FastifyInstance; readonly token: string | undefined; close(): Promise<void> }> {
  const store = await openSqliteStore({ file }, Date.now());
  const scim = createScimHandler({ store, profile: profiles.generic, hooks: hooksFor(accounts), nowMs: Date.now });
  const { token } = await scim.openTenant({ id: 'acme', title: 'Acme' });
  const app = fastify();
  await app.register(fastifyPlugin(scim));
  app.get('/', () => `${accounts.size} accounts\n`);
  return { app, token: token?.text, close: () => store.close() };
}

if (import.meta.main) {
  const { app, token } = await start('scim.db', new Map());
  await app.listen({ port: 3000 });
  process.stdout.write(`http://127.0.0.1:3000/scim/v2/acme, token: ${token ?? 'as before'}\n`);
}
