import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { entryText } from './entry-text.ts';
import { readPairs } from './read-pairs.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep directory add USER attribute=value ...`. */
export function registerDirectoryAdd(family: Command, io: CliIo): void {
  const command = family
    .command('add')
    .description('Makes a person, or with --group a group.')
    .argument('<name>', 'Sign-in name of the person, or name of the group.')
    .argument('[attribute=value...]', 'Attributes by their names in the directory.')
    .option('--group', 'Make a group.');
  addServerFlags(command, [
    'directory add mo.berg@noordlicht.example givenName=Mo surname=Berg "displayName=Mo Berg" department=Sales',
    'directory add --group "Night shift" "description=Works from 22 to 6"',
  ]).action(async (name: string, words: string[], flags: ServerFlags & { readonly group?: boolean }) => {
    const [kind, attribute] = flags.group === true ? ['groups', 'displayName'] : ['users', 'userPrincipalName'];
    const body = { ...readPairs(words), [attribute ?? '']: name };
    const { client, answers } = await connect(flags, io);
    const entry = await client.call({ method: 'POST', path: ['directory', kind ?? ''], body }, answers.entry);
    show(io, flags, { json: entry, text: () => entryText(entry) });
  });
}
