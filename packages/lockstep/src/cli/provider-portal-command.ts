import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

const PROVIDER = 'Id or title of the tenant.';

/** `lockstep provider portal ...`: ways into a tenant's own pages. */
export function registerProviderPortal(family: Command, io: CliIo): void {
  const portal = family.command('portal').description("Ways into a tenant's own pages (/portal/ID).");
  registerEnter(portal, io);
  registerAdmins(portal, io);
  registerAddAdmin(portal, io);
  registerPasswordLink(portal, io);
  registerRemoveAdmin(portal, io);
}

function registerEnter(portal: Command, io: CliIo): void {
  const command = portal
    .command('link')
    .description('Makes a link that opens the pages as administrator, once, within an hour. It is audited.')
    .argument('<provider>', PROVIDER);
  addServerFlags(command, ['provider portal link 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'portal', 'link'];
    const made = await connection.client.call({ method: 'POST', path }, connection.answers.portalLink);
    show(io, flags, { json: made, text: () => made.link });
  });
}

function registerAdmins(portal: Command, io: CliIo): void {
  const command = portal
    .command('admins')
    .description('Lists administrators with a name and a password.')
    .argument('<provider>', PROVIDER);
  addServerFlags(command, ['provider portal admins 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'portal', 'administrators'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.portalAdmins);
    const rows = found.items.map((one) => [plainText(one.name), one.hasPassword ? 'yes' : 'not yet', one.id]);
    show(io, flags, { json: found, text: () => tableText(['name', 'password', 'id'], rows) });
  });
}

function registerAddAdmin(portal: Command, io: CliIo): void {
  const command = portal
    .command('add-admin')
    .description('Adds an administrator; prints the link to choose a password, once.')
    .argument('<provider>', PROVIDER)
    .argument('<name>', 'Name to sign in with; that of a fixed account, such as Admin of Zenvoices, is that account.');
  addServerFlags(command, ['provider portal add-admin 1234 Admin']).action(
    async (provider: string, name: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'portal', 'administrators'];
      const request = { method: 'POST', path, body: { name } } as const;
      const made = await connection.client.call(request, connection.answers.portalAdminLink);
      show(io, flags, { json: made, text: () => made.link });
      io.writeError(`administrator ${made.id}: the link is good once, for 24 hours\n`);
    },
  );
}

function registerPasswordLink(portal: Command, io: CliIo): void {
  const command = portal
    .command('password-link')
    .description('Makes a new link to choose a password, for somebody who forgot theirs.')
    .argument('<provider>', PROVIDER)
    .argument('<admin>', 'Id of the administrator.');
  addServerFlags(command, ['provider portal password-link 1234 ADMIN_ID']).action(
    async (provider: string, admin: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'portal', 'administrators', admin, 'link'];
      const made = await connection.client.call({ method: 'POST', path }, connection.answers.portalLink);
      show(io, flags, { json: made, text: () => made.link });
    },
  );
}

function registerRemoveAdmin(portal: Command, io: CliIo): void {
  const command = portal
    .command('remove-admin')
    .description('Removes an administrator, with the sessions and API keys.')
    .argument('<provider>', PROVIDER)
    .argument('<admin>', 'Id of the administrator.');
  addServerFlags(command, ['provider portal remove-admin 1234 ADMIN_ID']).action(
    async (provider: string, admin: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'portal', 'administrators', admin];
      await connection.client.send({ method: 'DELETE', path });
      show(io, flags, { json: { removed: admin }, text: () => 'removed' });
    },
  );
}
