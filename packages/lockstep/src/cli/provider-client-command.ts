import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface NewClientFlags {
  readonly label?: string;
  readonly scope?: readonly string[];
  readonly expires?: string;
}

/** `lockstep provider client new|list|revoke PROVIDER`. */
export function registerProviderClient(family: Command, io: CliIo): void {
  const clients = family
    .command('client')
    .description('OAuth clients of a tenant, which ask for access tokens themselves.');
  registerNew(clients, io);
  registerList(clients, io);
  registerRevoke(clients, io);
}

function registerNew(clients: Command, io: CliIo): void {
  const command = clients
    .command('new')
    .description('Makes a client. Its secret is printed once and never again.')
    .argument('<provider>', 'Id or title of the tenant.')
    .option('--label <label>', 'What the client is for.')
    .option('--scope <scope...>', 'The most its access tokens may do: read, create, update, delete. Default: all four.')
    .option('--expires <time>', 'When it ends, such as 2027-03-01T00:00:00Z. Default: never.');
  const examples = [
    'provider client new 1234 --label "Entra gallery app"',
    'provider client new 1234 --scope read --expires 2027-03-01T00:00:00Z',
  ];
  addServerFlags(command, examples).action(async (provider: string, flags: ServerFlags & NewClientFlags) => {
    const connection = await connect(flags, io);
    const { label, scope, expires } = flags;
    const body = {
      ...(label === undefined ? {} : { label }),
      ...(scope === undefined ? {} : { scopes: scope }),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    };
    const path = ['providers', await findProvider(connection, provider), 'clients'];
    const made = await connection.client.call({ method: 'POST', path, body }, connection.answers.newClient);
    const lines = [`Client ID: ${made.clientId}`, `Client Secret: ${made.clientSecret}`, `Token URL: ${made.tokenUrl}`];
    show(io, flags, { json: made, text: () => lines.join('\n') });
    io.writeError(`client ${made.clientId}: copy the secret now, it is never shown again\n`);
  });
}

function registerList(clients: Command, io: CliIo): void {
  const command = clients
    .command('list')
    .description('Lists the clients of a tenant, without their secrets.')
    .argument('<provider>', 'Id or title of the tenant.');
  addServerFlags(command, ['provider client list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'clients'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.clients);
    show(io, flags, {
      json: found,
      text: () => {
        if (found.items.length === 0) return 'the tenant has no clients; `lockstep provider client new` makes one';
        const rows = found.items.map((one) => [
          one.id,
          plainText(one.label),
          one.scopes.join(' '),
          one.expiresAt ?? 'never',
          one.lastUsedAt ?? 'never',
        ]);
        return tableText(['id', 'label', 'scopes', 'expires', 'last used'], rows);
      },
    });
  });
}

function registerRevoke(clients: Command, io: CliIo): void {
  const command = clients
    .command('revoke')
    .description('Removes a client of a tenant; its access tokens end at once.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<client>', 'Id of the client.');
  addServerFlags(command, ['provider client revoke 1234 CLIENT_ID']).action(
    async (provider: string, client: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const id = await findProvider(connection, provider);
      await connection.client.send({ method: 'DELETE', path: ['providers', id, 'clients', client] });
      show(io, flags, { json: { revoked: [client] }, text: () => '1 client revoked' });
    },
  );
}
