import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { given, readTruth } from './edit-text.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface RoleFlags extends ServerFlags {
  readonly name?: string;
  readonly description?: string;
  readonly enabled?: string;
  readonly members?: string;
}

/** `lockstep role ...`: the app roles of an app. */
export const roleCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('role').description('App roles, which people and groups are assigned with.');
    registerList(family, io);
    registerAdd(family, io);
    registerRemove(family, io);
  },
};

function registerList(family: Command, io: CliIo): void {
  const command = family.command('list').description('Lists the roles.').argument('<app>', 'Name or id of the app.');
  addServerFlags(command, ['role list Zenvoices']).action(async (app: string, flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    const { roles } = await import('./mapping-answers.ts');
    const found = await client.call({ method: 'GET', path: ['apps', app, 'roles'] }, roles);
    const rows = found.items.map(({ value, displayName, isEnabled, allowedMemberTypes }) =>
      [value, displayName, allowedMemberTypes.join(', '), isEnabled ? '' : 'off'].map(plainText),
    );
    show(io, flags, { json: found, text: () => tableText(['value', 'name', 'for', ''], rows) });
  });
}

function registerAdd(family: Command, io: CliIo): void {
  const command = family
    .command('add')
    .description('Adds a role, or changes the one with the value.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<value>', 'What the app is sent; no spaces. Commas name several roles of the app.')
    .option('--name <text>', 'Name to show; default the value.')
    .option('--description <text>', 'What it is for.')
    .option('--enabled <truth>', 'false: it is no longer assigned.')
    .option('--members <kinds>', 'User, Group or both with a comma (default).');
  addServerFlags(command, ['role add Zenvoices Uploader', 'role add Zenvoices Uploader,Authorizer --name Both']).action(
    async (app: string, value: string, flags: RoleFlags) => {
      const body = {
        value,
        ...given({
          displayName: flags.name,
          description: flags.description,
          enabled: readTruth('--enabled', flags.enabled),
          allowedMemberTypes: flags.members?.split(',').map((word) => word.trim()),
        }),
      };
      const { client } = await connect(flags, io);
      const { role } = await import('./mapping-answers.ts');
      const saved = await client.call({ method: 'PUT', path: ['apps', app, 'roles'], body }, role);
      show(io, flags, { json: saved, text: () => `role ${plainText(saved.value)} is there` });
    },
  );
}

function registerRemove(family: Command, io: CliIo): void {
  const command = family
    .command('remove')
    .description('Takes a role away from everybody, and deletes it.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<value>', 'Value of the role.');
  addServerFlags(command, ['role remove Zenvoices Uploader']).action(
    async (app: string, value: string, flags: ServerFlags) => {
      const { client } = await connect(flags, io);
      const { removedRole } = await import('./mapping-answers.ts');
      const done = await client.call({ method: 'DELETE', path: ['apps', app, 'roles', value] }, removedRole);
      const text = (): string => `role ${plainText(value)} is gone; ${done.unassigned} assignments with it`;
      show(io, flags, { json: done, text });
    },
  );
}
