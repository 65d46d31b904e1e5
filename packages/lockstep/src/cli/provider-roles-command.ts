import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep provider roles list|add|remove PROVIDER`: the role names that an app such as Zenvoices keeps itself. */
export function registerProviderRoles(family: Command, io: CliIo): void {
  const roles = family.command('roles').description('Role names that a tenant keeps itself; other roles are refused.');
  const list = roles
    .command('list')
    .description('Lists the names.')
    .argument('<provider>', 'Id or title of the tenant.');
  addServerFlags(list, ['provider roles list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    showNames(io, flags, await readNames(connection, await findProvider(connection, provider)));
  });
  registerChange(roles, io, { verb: 'add', description: 'Adds names.', changed: withNames });
  registerChange(roles, io, { verb: 'remove', description: 'Takes names away.', changed: withoutNames });
}

interface NamesChange {
  readonly verb: 'add' | 'remove';
  readonly description: string;
  readonly changed: (before: readonly string[], given: readonly string[]) => readonly string[];
}

function registerChange(roles: Command, io: CliIo, { verb, description, changed }: NamesChange): void {
  const command = roles
    .command(verb)
    .description(description)
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<names...>', 'Role names; no spaces.');
  addServerFlags(command, [`provider roles ${verb} 1234 Uploader Authorizer`]).action(
    async (provider: string, names: readonly string[], flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const { client, answers } = connection;
      const id = await findProvider(connection, provider);
      const roleNames = changed(await readNames(connection, id), names);
      const body = { roleNames };
      const saved = await client.call({ method: 'PATCH', path: ['providers', id], body }, answers.roleNames);
      showNames(io, flags, saved.roleNames ?? []);
    },
  );
}

function withNames(before: readonly string[], given: readonly string[]): readonly string[] {
  return [...new Set([...before, ...given])];
}

function withoutNames(before: readonly string[], given: readonly string[]): readonly string[] {
  const unknown = given.find((name) => !before.includes(name));
  if (unknown !== undefined) throw new LockstepError('notFound', `the tenant has no role ${JSON.stringify(unknown)}`);
  return before.filter((name) => !given.includes(name));
}

async function readNames({ client, answers }: Connection, id: string): Promise<readonly string[]> {
  const { roleNames = [] } = await client.call({ method: 'GET', path: ['providers', id] }, answers.roleNames);
  return roleNames;
}

function showNames(io: CliIo, flags: ServerFlags, roleNames: readonly string[]): void {
  const text = (): string =>
    roleNames.length === 0 ? 'the tenant has no role names' : roleNames.map(plainText).join('\n');
  show(io, flags, { json: { roleNames }, text });
}
