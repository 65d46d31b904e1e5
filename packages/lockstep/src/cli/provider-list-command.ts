import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** The API shows this many at once; whoever has more asks the API itself. */
const LIMIT = 1_000;

/** `lockstep provider list`. */
export function registerProviderList(family: Command, io: CliIo): void {
  const command = family
    .command('list')
    .description('Lists the tenants.')
    .option('--search <text>', 'Part of the title, or the id.');
  const examples = ['provider list', 'provider list --search acme'];
  addServerFlags(command, examples).action(async (flags: ServerFlags & { readonly search?: string }) => {
    const { client, answers } = await connect(flags, io);
    const { search } = flags;
    const query = { search, limit: LIMIT };
    const found = await client.call({ method: 'GET', path: ['providers'], query }, answers.providers);
    show(io, flags, {
      json: found,
      text: () => {
        if (found.items.length === 0 && search !== undefined) return 'no tenant has this in its title';
        if (found.items.length === 0) return 'there are no tenants yet; `lockstep provider add` makes one';
        const rows = found.items.map((one) => [one.id, one.profile, plainText(one.title), one.scimUrl]);
        return tableText(['id', 'profile', 'title', 'tenant URL'], rows);
      },
    });
    if (found.next !== undefined) io.writeError(`these are the first ${LIMIT}\n`);
  });
}
