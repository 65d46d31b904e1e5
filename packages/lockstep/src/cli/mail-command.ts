import type { CommandModule } from './command-module.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep mail test ADDRESS`. */
export const mailCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('mail').description('Notifications by mail.');
    const command = family
      .command('test')
      .description('Sends a mail now, and tells what the mail server said.')
      .argument('<address>', 'Who gets it.');
    addServerFlags(command, ['mail test ops@example.com']).action(async (address: string, flags: ServerFlags) => {
      const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
      const request = { method: 'POST', path: ['mail', 'test'], body: { to: address } } as const;
      const result = await client.call(request, keptAnswers.mailTest);
      show(io, flags, { json: result, text: () => `the mail server took the mail to ${plainText(result.to)}` });
    });
  },
};
