import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface PageFlags extends ServerFlags {
  readonly after?: string;
  readonly limit: string;
}

const PROVIDER = 'Id or title of the tenant.';

/** `lockstep provider group list|members PROVIDER`: groups that directories sent. */
export function registerProviderGroup(family: Command, io: CliIo): void {
  const groups = family.command('group').description('Groups of a tenant, as directories sent them.');
  registerList(groups, io);
  registerMembers(groups, io);
}

function paged(command: Command): Command {
  return command
    .option('--after <place>', 'Where the page begins, as the page before tells.')
    .option('--limit <count>', 'At most so many, up to 400.', '100');
}

function registerList(groups: Command, io: CliIo): void {
  const command = groups
    .command('list')
    .description('Lists groups in the order they were made, with how many members.')
    .argument('<provider>', PROVIDER)
    .option('--search <text>', 'Beginning of the name.');
  addServerFlags(paged(command), ['provider group list 1234 --search Sales']).action(
    async (provider: string, flags: PageFlags & { readonly search?: string }) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'groups'];
      const query = { search: flags.search, after: flags.after, limit: flags.limit };
      const page = await connection.client.call({ method: 'GET', path, query }, connection.answers.providerGroups);
      show(io, flags, {
        json: page,
        text: () => {
          if (page.items.length === 0) return 'there are no groups';
          const rows = page.items.map((one) => [
            one.id,
            plainText(one.displayName),
            `${one.members}${one.hasMoreMembers ? '+' : ''}`,
          ]);
          return tableText(['id', 'name', 'members'], rows);
        },
      });
      if (page.next !== undefined) io.writeError(`there are more: --after ${page.next}\n`);
    },
  );
}

function registerMembers(groups: Command, io: CliIo): void {
  const command = groups
    .command('members')
    .description('Lists the direct members of a group.')
    .argument('<provider>', PROVIDER)
    .argument('<group>', 'Id of the group.');
  addServerFlags(paged(command), ['provider group members 1234 GROUP_ID']).action(
    async (provider: string, group: string, flags: PageFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'groups', group, 'members'];
      const query = { after: flags.after, limit: flags.limit };
      const page = await connection.client.call({ method: 'GET', path, query }, connection.answers.providerMembers);
      show(io, flags, {
        json: page,
        text: () => {
          if (page.items.length === 0) return 'nobody is in it';
          const rows = page.items.map((one) => [one.id, one.type, plainText(one.display ?? '')]);
          return tableText(['id', 'type', 'name'], rows);
        },
      });
      if (page.next !== undefined) io.writeError(`there are more: --after ${page.next}\n`);
    },
  );
}
