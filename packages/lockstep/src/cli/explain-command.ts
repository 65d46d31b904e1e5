import type { CommandModule } from './command-module.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ExplainFlags extends ServerFlags {
  readonly group?: boolean;
}

/** `lockstep explain APP USER`: everything that decides about a person. */
export const explainCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('explain')
      .description('Tells everything that decides about one person in an app.')
      .argument('<app>', 'Name or id of the app.')
      .argument('<user>', 'Any name of the person, or with --group of the group.')
      .option('--group', 'Explain a group.');
    addServerFlags(command, ['explain Zenya eva.lind@noordlicht.example']).action(
      async (app: string, name: string, flags: ExplainFlags) => {
        const { client, answers } = await connect(flags, io);
        const query = flags.group === true ? { group: name } : { user: name };
        const found = await client.call({ method: 'GET', path: ['apps', app, 'explain'], query }, answers.explanation);
        const lines = found.sentences.map((sentence) => `- ${plainText(sentence)}`);
        show(io, flags, { json: found, text: () => [plainText(found.displayName), ...lines].join('\n') });
      },
    );
  },
};
