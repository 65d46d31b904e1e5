import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep provider token new|revoke PROVIDER`. */
export function registerProviderToken(family: Command, io: CliIo): void {
  const tokens = family.command('token').description('Tokens of a tenant.');
  registerNew(tokens, io);
  registerRevoke(tokens, io);
}

function registerNew(tokens: Command, io: CliIo): void {
  const command = tokens
    .command('new')
    .description('Makes a token. It is printed once and never again.')
    .argument('<provider>', 'Id or title of the tenant.')
    .option('--label <label>', 'What the token is for.')
    .option('--scope <scope...>', 'What it may do: read, create, update, delete. Default: all four.')
    .option('--expires <time>', 'When it ends, such as 2027-03-01T00:00:00Z. Default: never.');
  const examples = [
    'provider token new 1234 --label "Entra, from March"',
    'provider token new 1234 --scope read --expires 2027-03-01T00:00:00Z',
  ];
  addServerFlags(command, examples).action(async (provider: string, flags: ServerFlags & NewTokenFlags) => {
    const connection = await connect(flags, io);
    const { client, answers } = connection;
    const { label, scope, expires } = flags;
    const body = {
      ...(label === undefined ? {} : { label }),
      ...(scope === undefined ? {} : { scopes: scope }),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    };
    const path = ['providers', await findProvider(connection, provider), 'tokens'];
    const made = await client.call({ method: 'POST', path, body }, answers.newToken);
    show(io, flags, { json: made, text: () => `Secret Token: ${made.token}` });
    io.writeError(`token ${made.id}: copy it now, it is never shown again\n`);
  });
}

interface NewTokenFlags {
  readonly label?: string;
  readonly scope?: readonly string[];
  readonly expires?: string;
}

function registerRevoke(tokens: Command, io: CliIo): void {
  const command = tokens
    .command('revoke')
    .description('Revokes a token of a tenant at once, or with --all every one.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('[token]', 'Id of the token: what stands between its two `_`.')
    .option('--all', 'Revoke every token of the tenant.');
  addServerFlags(command, ['provider token revoke 1234 TOKEN_ID', 'provider token revoke 1234 --all']).action(
    async (provider: string, token: string | undefined, flags: ServerFlags & { readonly all?: boolean }) => {
      if ((token === undefined) === (flags.all !== true)) {
        throw new LockstepError('wrongUsage', 'name one token, or revoke --all');
      }
      const connection = await connect(flags, io);
      const id = await findProvider(connection, provider);
      const ids = token === undefined ? await livingTokens(connection, id) : [token];
      for (const one of ids) await connection.client.send({ method: 'DELETE', path: ['providers', id, 'tokens', one] });
      show(io, flags, {
        json: { revoked: ids },
        text: () => `${ids.length} ${ids.length === 1 ? 'token' : 'tokens'} revoked`,
      });
    },
  );
}

async function livingTokens({ client, answers }: Connection, id: string): Promise<readonly string[]> {
  const { items } = await client.call({ method: 'GET', path: ['providers', id, 'tokens'] }, answers.tokens);
  return items.filter((token) => token.revokedAt === null).map((token) => token.id);
}
