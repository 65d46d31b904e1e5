import type { Command } from 'commander';
import type { MailShape } from '../admin-api/mail-routes.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';
import { mailLines } from './settings-text.ts';

/** `lockstep mail status|test`: notifications by mail. */
export const mailCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('mail').description('Notifications by mail.');
    registerStatus(family, io);
    registerTest(family, io);
  },
};

function registerStatus(family: Command, io: CliIo): void {
  const command = family.command('status').description('How mails stand: the server, what waits, the last failures.');
  addServerFlags(command, ['mail status']).action(async (flags: ServerFlags) => {
    const [{ client }, { serverAnswers }] = await Promise.all([connect(flags, io), import('./server-answers.ts')]);
    const found = await client.call({ method: 'GET', path: ['mail'] }, serverAnswers.mail);
    show(io, flags, { json: found, text: () => statusText(found) });
  });
}

function statusText({ waiting, failed, failures, ...settings }: MailShape): string {
  const lines = [...mailLines(settings), `waiting: ${waiting}, given up: ${failed}`];
  const rows = failures.map((one) => [one.createdAt, one.nextAt ?? 'given up', one.subject, one.error].map(plainText));
  const table = rows.length === 0 ? '' : `\n\n${tableText(['made', 'tried again', 'subject', 'why it failed'], rows)}`;
  return `${lines.map(plainText).join('\n')}${table}`;
}

function registerTest(family: Command, io: CliIo): void {
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
}
