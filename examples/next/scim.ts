import { profiles } from '@lockstep/gallery';
import { createScimHandler, type ScimHandler } from '@lockstep/provider/adapters/create-scim-handler';
import { openSqliteStore } from '@lockstep/store';
import { type Accounts, hooksFor } from '../my-app.ts';

/** The app's own table; a real app has a database here. */
export const accounts: Accounts = new Map();

const store = await openSqliteStore({ file: process.env['SCIM_DATABASE'] ?? 'scim.db' }, Date.now());

/** The SCIM service of this app, one for all its route files. */
export const scim: ScimHandler = createScimHandler({
  store,
  profile: profiles.generic,
  hooks: hooksFor(accounts),
  nowMs: Date.now,
});

/** For a script that sets the app up: `await openTenant('acme', 'Acme')` gives the token, the first time only. */
export async function openTenant(id: string, title: string): Promise<string | undefined> {
  return (await scim.openTenant({ id, title })).token?.text;
}
