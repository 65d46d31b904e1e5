import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface RemoveFlags extends ServerFlags {
  readonly group?: boolean;
  readonly permanent?: boolean;
}

/** `lockstep directory remove USER`: into the recycle bin, or for good. */
export function registerDirectoryRemove(family: Command, io: CliIo): void {
  const command = family
    .command('remove')
    .description('Puts a person into the recycle bin: accounts in apps are disabled. --permanent deletes for good.')
    .argument('<user>', 'Sign-in name, objectId, mail, employeeId or display name; with --group a group.')
    .option('--group', 'Remove a group.')
    .option('--permanent', 'Delete for good: accounts in apps are deleted.');
  addServerFlags(command, ['directory remove eva.lind@noordlicht.example']).action(
    async (name: string, flags: RemoveFlags) => {
      const { client } = await connect(flags, io);
      const isPermanent = flags.permanent === true;
      const path = ['directory', flags.group === true ? 'groups' : 'users', name];
      await client.send({ method: 'DELETE', path, query: { permanent: isPermanent } });
      const what = isPermanent ? 'is gone for good' : 'is in the recycle bin';
      show(io, flags, { json: { removed: name, isPermanent }, text: () => `${plainText(name)} ${what}` });
    },
  );
}
