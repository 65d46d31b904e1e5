import { createServer, type Server } from 'node:http';
import { profiles } from '@lockstep/gallery';
import { createScimHandler } from '@lockstep/provider/adapters/create-scim-handler';
import { nodeHttpHandler } from '@lockstep/provider/adapters/node-http';
import { openSqliteStore } from '@lockstep/store';
import { type Accounts, hooksFor } from '../my-app.ts';

/** An app on `node:http` with SCIM below `/scim/v2/`. The token is there at the first start only. */
export async function start(
  file: string,
  accounts: Accounts,
): Promise<{ readonly server: Server; readonly token: string | undefined; close(): Promise<void> }> {
  const store = await openSqliteStore({ file }, Date.now());
  const scim = createScimHandler({ store, profile: profiles.generic, hooks: hooksFor(accounts), nowMs: Date.now });
  const { token } = await scim.openTenant({ id: 'acme', title: 'Acme' });
  const answerScim = nodeHttpHandler(scim);
  const server = createServer((request, response) => {
    if (scim.serves(request.url ?? '/')) answerScim(request, response);
    else response.end(`${accounts.size} accounts\n`);
  });
  return { server, token: token?.text, close: () => store.close() };
}

if (import.meta.main) {
  const { server, token } = await start('scim.db', new Map());
  server.listen(3000, () =>
    process.stdout.write(`http://127.0.0.1:3000/scim/v2/acme, token: ${token ?? 'as before'}\n`),
  );
}
