import type { Command } from 'commander';
import { z } from 'zod';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

const madeKey = z.object({ id: z.string(), key: z.string() });
const keyList = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      role: z.string(),
      scopes: z.array(z.string()),
      expiresAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    }),
  ),
});

/** `lockstep key new|list|revoke`: keys of the admin API. */
export const keyCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('key').description('Keys of the admin API, with role, scopes and an end.');
    registerNew(family, io);
    registerList(family, io);
    registerRevoke(family, io);
  },
};

interface NewKeyFlags {
  readonly role: string;
  readonly scope?: readonly string[];
  readonly expires?: string;
}

function registerNew(family: Command, io: CliIo): void {
  const command = family
    .command('new')
    .description('Makes a key. It is printed once and never again.')
    .argument('<label>', 'What the key is for.')
    .requiredOption('--role <role>', 'owner, administrator, operator or auditor.')
    .option('--scope <scope...>', 'Limits the role: read, operate, configure, people.')
    .option('--expires <time>', 'When it ends, such as 2027-03-01T00:00:00Z. Default: never.');
  addServerFlags(command, ['key new "nightly export" --role auditor --expires 2027-03-01T00:00:00Z']).action(
    async (label: string, flags: ServerFlags & NewKeyFlags) => {
      const { client } = await connect(flags, io);
      const { role, scope: scopes, expires } = flags;
      const body = { label, role, ...(scopes === undefined ? {} : { scopes }), expiresAt: expires ?? null };
      const made = await client.call({ method: 'POST', path: ['keys'], body }, madeKey);
      show(io, flags, { json: made, text: () => made.key });
      io.writeError(`key ${made.id}: copy it now, it is never shown again\n`);
    },
  );
}

function registerList(family: Command, io: CliIo): void {
  const command = family.command('list').description('Lists the keys, without themselves.');
  addServerFlags(command, ['key list']).action(async (flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    const found = await client.call({ method: 'GET', path: ['keys'] }, keyList);
    const rows = found.items.map((one) => [
      one.id,
      plainText(one.label),
      one.role,
      one.scopes.length === 0 ? 'all' : one.scopes.join(' '),
      one.revokedAt === null ? (one.expiresAt ?? 'never') : 'revoked',
    ]);
    show(io, flags, { json: found, text: () => tableText(['id', 'label', 'role', 'scopes', 'ends'], rows) });
  });
}

function registerRevoke(family: Command, io: CliIo): void {
  const command = family
    .command('revoke')
    .description('Revokes a key at once.')
    .argument('<key>', 'Id of the key: what stands between its two `_`.');
  addServerFlags(command, ['key revoke 0123456789abcdef']).action(async (id: string, flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    await client.send({ method: 'DELETE', path: ['keys', id] });
    show(io, flags, { json: { revoked: id }, text: () => 'revoked' });
  });
}
