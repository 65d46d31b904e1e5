import type { AccountView } from '@lockstep/provider';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

const PROVIDER = 'Id or title of the tenant.';
const ACCOUNT = 'Id or user name of the account.';

/** `lockstep provider account ...`: accounts of a tenant, as the app itself sees and edits them. */
export function registerProviderAccount(family: Command, io: CliIo): void {
  const accounts = family
    .command('account')
    .description('Accounts of a tenant, as the app itself sees and edits them.');
  registerList(accounts, io);
  registerAdd(accounts, io);
  registerEdit(accounts, io);
  registerRemove(accounts, io);
  registerAdmin(accounts, io);
}

function registerList(accounts: Command, io: CliIo): void {
  const command = accounts
    .command('list')
    .description('Lists accounts in the order they were made.')
    .argument('<provider>', PROVIDER)
    .option('--search <text>', 'Beginning of the user name.')
    .option('--limit <count>', 'At most so many.', '100');
  const examples = ['provider account list 1234', 'provider account list 1234 --search eva'];
  addServerFlags(command, examples).action(
    async (provider: string, flags: ServerFlags & { readonly search?: string; readonly limit: string }) => {
      const connection = await connect(flags, io);
      const { client, answers } = connection;
      const path = ['providers', await findProvider(connection, provider), 'accounts'];
      const query = { limit: flags.limit, search: flags.search };
      const page = await client.call({ method: 'GET', path, query }, answers.accounts);
      show(io, flags, { json: page, text: () => accountTable(page.items) });
    },
  );
}

function registerAdd(accounts: Command, io: CliIo): void {
  const command = accounts
    .command('add')
    .description('Makes an account in the app; no directory leads it until one links it.')
    .argument('<provider>', PROVIDER)
    .argument('<userName>', 'Its user name.')
    .option('--email <address>', 'Address for work.');
  addServerFlags(command, ['provider account add 1234 bob --email bob@example.com']).action(
    async (provider: string, userName: string, flags: ServerFlags & { readonly email?: string }) => {
      const connection = await connect(flags, io);
      const { client, answers } = connection;
      const path = ['providers', await findProvider(connection, provider), 'accounts'];
      const emails = flags.email === undefined ? {} : { emails: [{ value: flags.email, type: 'work' }] };
      const made = await client.call({ method: 'POST', path, body: { userName, ...emails } }, answers.account);
      show(io, flags, { json: made, text: () => accountTable([made]) });
    },
  );
}

function registerEdit(accounts: Command, io: CliIo): void {
  const command = accounts
    .command('edit')
    .description('Changes attributes in the app; what the directory leads is refused.')
    .argument('<provider>', PROVIDER)
    .argument('<account>', ACCOUNT)
    .argument('<json>', 'Attributes as SCIM writes them; null takes one away.');
  addServerFlags(command, [`provider account edit 1234 bob '{"preferredLanguage":"nl"}'`]).action(
    async (provider: string, account: string, json: string, flags: ServerFlags) => {
      const body = readAttributes(json);
      const connection = await connect(flags, io);
      const { client, answers } = connection;
      const path = await pathOf(connection, provider, account);
      const edited = await client.call({ method: 'PATCH', path, body }, answers.account);
      show(io, flags, { json: edited, text: () => accountTable([edited]) });
    },
  );
}

function readAttributes(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new LockstepError('wrongUsage', 'the attributes are no JSON', { cause: error });
  }
}

function registerRemove(accounts: Command, io: CliIo): void {
  const command = accounts
    .command('remove')
    .description('Removes an account in the app; refused for an active one that the directory leads.')
    .argument('<provider>', PROVIDER)
    .argument('<account>', ACCOUNT);
  addServerFlags(command, ['provider account remove 1234 bob']).action(
    async (provider: string, account: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      await connection.client.send({ method: 'DELETE', path: await pathOf(connection, provider, account) });
      show(io, flags, { json: { removed: account }, text: () => 'removed' });
    },
  );
}

function registerAdmin(accounts: Command, io: CliIo): void {
  const command = accounts
    .command('admin')
    .description('Names an account administrator of the tenant, or takes that back. The last administrator stays.')
    .argument('<provider>', PROVIDER)
    .argument('<account>', ACCOUNT)
    .option('--off', 'Takes it back.');
  addServerFlags(command, ['provider account admin 1234 eva@example.com']).action(
    async (provider: string, account: string, flags: ServerFlags & { readonly off?: boolean }) => {
      const connection = await connect(flags, io);
      const { client, answers } = connection;
      const path = [...(await pathOf(connection, provider, account)), 'administrator'];
      const body = { isAdministrator: flags.off !== true };
      const changed = await client.call({ method: 'PUT', path, body }, answers.account);
      show(io, flags, { json: changed, text: () => accountTable([changed]) });
    },
  );
}

async function pathOf(connection: Connection, provider: string, account: string): Promise<readonly string[]> {
  const { client, answers } = connection;
  const path = ['providers', await findProvider(connection, provider), 'accounts'];
  const page = await client.call({ method: 'GET', path, query: { search: account, limit: 1_000 } }, answers.accounts);
  const found = page.items.find((one) => one.userName.toLowerCase() === account.toLowerCase());
  return [...path, found?.id ?? account];
}

function accountTable(items: readonly AccountView[]): string {
  const rows = items.map((one) => [
    plainText(one.userName),
    one.isActive ? 'active' : 'inactive',
    one.isLed ? 'directory' : one.isManaged ? 'directory made it' : 'app',
    plainText(one.roles.join(', ')),
    one.isAdministrator ? 'yes' : '',
    one.id,
  ]);
  return tableText(['user name', 'state', 'led by', 'roles', 'administrator', 'id'], rows);
}
