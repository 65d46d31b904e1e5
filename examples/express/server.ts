import { profiles } from '@lockstep/gallery';
import { createScimHandler } from '@lockstep/provider/adapters/create-scim-handler';
import { expressHandler } from '@lockstep/provider/adapters/express';
import { openSqliteStore } from '@lockstep/store';
import express, { type Express } from 'express';
import { type Accounts, hooksFor } from '../my-app.ts';

/** An app on Express with SCIM below `/scim/v2/`. The token is there at the first start only. */
export async function start(
  file: string,
  accounts: Accounts,
): Promise<{ readonly app: Express; readonly token: string | undefined; close(): Promise<void> }> {
  const store = await openSqliteStore({ file }, Date.now());
  const scim = createScimHandler({ store, profile: profiles.generic, hooks: hooksFor(accounts), nowMs: Date.now });
  const { token } = await scim.openTenant({ id: 'acme', title: 'Acme' });
  const app = express();
  app.use(expressHandler(scim));
  app.use(express.json());
  app.get('/', (_request, response) => {
    response.send(`${accounts.size} accounts\n`);
  });
  return { app, token: token?.text, close: () => store.close() };
}

if (import.meta.main) {
  const { app, token } = await start('scim.db', new Map());
  app.listen(3000, () => process.stdout.write(`http://127.0.0.1:3000/scim/v2/acme, token: ${token ?? 'as before'}\n`));
}
