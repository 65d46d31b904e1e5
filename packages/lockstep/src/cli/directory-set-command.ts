import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { entryText } from './entry-text.ts';
import { readPairs } from './read-pairs.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep directory set USER attribute=value ...`. */
export function registerDirectorySet(family: Command, io: CliIo): void {
  const command = family
    .command('set')
    .description('Changes attributes of a person; an empty value clears one. Apps follow at once.')
    .argument('<user>', 'Sign-in name, objectId, mail, employeeId or display name.')
    .argument(
      '<attribute=value...>',
      'Attributes by their names in the directory; manager takes any name of a person.',
    );
  addServerFlags(command, [
    'directory set eva.lind@noordlicht.example surname=Lind-Berg "displayName=Eva Lind-Berg"',
    'directory set eva.lind@noordlicht.example accountEnabled=false',
    'directory set eva.lind@noordlicht.example mobile=',
  ]).action(async (name: string, words: string[], flags: ServerFlags) => {
    const body = readPairs(words);
    const { client, answers } = await connect(flags, io);
    const request = { method: 'PATCH', path: ['directory', 'users', name], body } as const;
    const result = await client.call(request, answers.changedEntry);
    if (!result.isChanged) io.writeError('everything was so already\n');
    show(io, flags, { json: result, text: () => entryText(result.entry) });
  });
}
