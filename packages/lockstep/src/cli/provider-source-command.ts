import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, gather, type ServerFlags, show } from './server-command.ts';

const PROVIDER = 'Id or title of the tenant.';
const SOURCE = 'Id of the source.';

interface SourceFlags extends ServerFlags {
  readonly title: string;
  readonly allow?: readonly string[];
}

/** `lockstep provider source ...`: directories that may write to a tenant, what Zenya calls providers. */
export function registerProviderSource(family: Command, io: CliIo): void {
  const sources = family
    .command('source')
    .description('Directories that may write to a tenant, each with an address rule and a token of its own.');
  registerList(sources, io);
  registerSave(sources, io, { verb: 'add', description: 'Adds one.' });
  registerSave(sources, io, { verb: 'change', description: 'Changes title and addresses; its token stays.' });
  registerRemove(sources, io);
  registerToken(sources, io);
}

function registerList(sources: Command, io: CliIo): void {
  const command = sources.command('list').description('Lists them.').argument('<provider>', PROVIDER);
  addServerFlags(command, ['provider source list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'sources'];
    const found = await connection.client.call({ method: 'GET', path }, connection.answers.sources);
    const rows = found.items.map((one) => [one.id, plainText(one.title), one.allowedAddresses.join(' ') || 'all']);
    show(io, flags, { json: found, text: () => tableText(['id', 'title', 'addresses'], rows) });
  });
}

function registerSave(
  sources: Command,
  io: CliIo,
  { verb, description }: { readonly verb: 'add' | 'change'; readonly description: string },
): void {
  const command = sources.command(verb).description(description).argument('<provider>', PROVIDER);
  if (verb === 'change') command.argument('<source>', SOURCE);
  command
    .requiredOption('--title <title>', 'Its title.')
    .option('--allow <range>', 'Address range that may call; may be given several times. Default: all.', gather);
  const words = verb === 'add' ? '' : ' SOURCE_ID';
  const example = `provider source ${verb} 1234${words} --title "Entra ID" --allow 192.0.2.0/24`;
  addServerFlags(command, [example]).action(async (...given: readonly unknown[]) => {
    // The library hands over what was declared: the arguments, the options, the command.
    const [provider = '', source = ''] = given.filter((one) => typeof one === 'string');
    const flags = given[verb === 'add' ? 1 : 2] as SourceFlags;
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'sources'];
    const body = { title: flags.title, allowedAddresses: flags.allow ?? [] };
    const request =
      verb === 'add'
        ? ({ method: 'POST', path, body } as const)
        : ({ method: 'PUT', path: [...path, source], body } as const);
    const saved = await connection.client.call(request, connection.answers.source);
    show(io, flags, { json: saved, text: () => saved.id });
  });
}

function registerRemove(sources: Command, io: CliIo): void {
  const command = sources
    .command('remove')
    .description('Removes one with its token.')
    .argument('<provider>', PROVIDER)
    .argument('<source>', SOURCE);
  addServerFlags(command, ['provider source remove 1234 SOURCE_ID']).action(
    async (provider: string, source: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'sources', source];
      await connection.client.send({ method: 'DELETE', path });
      show(io, flags, { json: { removed: source }, text: () => 'removed' });
    },
  );
}

function registerToken(sources: Command, io: CliIo): void {
  const command = sources
    .command('token')
    .description('Makes its token, printed once; the one before opens nothing any more.')
    .argument('<provider>', PROVIDER)
    .argument('<source>', SOURCE);
  addServerFlags(command, ['provider source token 1234 SOURCE_ID']).action(
    async (provider: string, source: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'sources', source, 'token'];
      const made = await connection.client.call({ method: 'POST', path }, connection.answers.newToken);
      show(io, flags, { json: made, text: () => `Secret Token: ${made.token}` });
      io.writeError(`token ${made.id}: copy it now, it is never shown again\n`);
    },
  );
}
