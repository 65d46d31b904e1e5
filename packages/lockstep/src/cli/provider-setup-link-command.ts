import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

const PROVIDER = 'Id or title of the tenant.';

/** `lockstep provider setup-link ...`: links by which somebody without an account sets the connection up. */
export function registerProviderSetupLink(family: Command, io: CliIo): void {
  const links = family
    .command('setup-link')
    .description("Links by which a customer's IT administrator sets the connection up without an account.");
  registerNew(links, io);
  registerList(links, io);
  registerRevoke(links, io);
}

function registerNew(links: Command, io: CliIo): void {
  const command = links
    .command('new')
    .description('Makes a link. It is printed once and can be opened once.')
    .argument('<provider>', PROVIDER)
    .requiredOption('--for <label>', 'Whom it is for.')
    .option('--hours <count>', 'How long it is good, 1 to 720.', '72');
  addServerFlags(command, ['provider setup-link new 1234 --for "IT of Customer A" --hours 48']).action(
    async (provider: string, flags: ServerFlags & { readonly for: string; readonly hours: string }) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'setup-links'];
      const body = { label: flags.for, hours: Number(flags.hours) };
      const made = await connection.client.call({ method: 'POST', path, body }, connection.answers.madeSetupLink);
      show(io, flags, { json: made, text: () => made.link });
      io.writeError(`setup link ${made.id}: good once, until ${made.expiresAt}\n`);
    },
  );
}

function registerList(links: Command, io: CliIo): void {
  const command = links
    .command('list')
    .description('Lists the links, without themselves.')
    .argument('<provider>', PROVIDER);
  addServerFlags(command, ['provider setup-link list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'setup-links'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.setupLinks);
    const rows = found.items.map((one) => [
      one.id,
      plainText(one.label),
      one.expiresAt,
      one.openedAt ?? 'not opened',
      one.revokedAt === null ? '' : `revoked ${one.revokedAt}`,
    ]);
    show(io, flags, { json: found, text: () => tableText(['id', 'for', 'ends', 'opened', 'revoked'], rows) });
  });
}

function registerRevoke(links: Command, io: CliIo): void {
  const command = links
    .command('revoke')
    .description('Revokes a link, and ends what was entered by it.')
    .argument('<provider>', PROVIDER)
    .argument('<link>', 'Id of the link.');
  addServerFlags(command, ['provider setup-link revoke 1234 LINK_ID']).action(
    async (provider: string, link: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'setup-links', link];
      await connection.client.send({ method: 'DELETE', path });
      show(io, flags, { json: { revoked: link }, text: () => 'revoked' });
    },
  );
}
