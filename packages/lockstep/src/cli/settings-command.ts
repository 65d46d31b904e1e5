import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { MailServer } from '../mail/mail-server.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText } from './print-table.ts';
import { readSecretReference } from './read-secret-reference.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';
import { settingsLines } from './settings-text.ts';

/** `lockstep settings show|set|clear`: settings that a running server keeps with its data. */
export const settingsCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('settings').description('Base URL and mail server that a running server keeps.');
    registerShow(family, io);
    registerSet(family, io);
    registerClear(family, io);
  },
};

function registerShow(family: Command, io: CliIo): void {
  const command = family.command('show').description('Shows what holds, and what fixes it. No password.');
  addServerFlags(command, ['settings show']).action((flags: ServerFlags) => send(flags, io, undefined));
}

interface SetFlags extends ServerFlags {
  readonly baseUrl?: string;
  readonly mailServer?: string;
  readonly mailSecurity?: string;
  readonly mailPassword?: string;
  readonly mailFrom?: string;
  readonly mailTo?: readonly string[];
}

function registerSet(family: Command, io: CliIo): void {
  const command = family
    .command('set')
    .description('Changes them at once, without a restart. What a flag, variable or file fixes is refused.')
    .option('--base-url <url>', 'Address that users and apps reach the server by.')
    .option('--mail-server <address>', 'smtps://USER@HOST:PORT (TLS) or smtp://USER@HOST:PORT (STARTTLS); no password.')
    .option('--mail-security <how>', 'tls, starttls or whenOffered, instead of what the address says.')
    .option('--mail-password <where>', 'env:NAME or file:PATH. Absent: the stored one stays, for the same server.')
    .option('--mail-from <address>', 'Sender.')
    .option('--mail-to <address...>', 'Who is told about the server, and about apps that name nobody.');
  addServerFlags(command, [
    'settings set --base-url https://lockstep.example.com',
    'settings set --mail-server smtp://ops@mail.example.com:587 --mail-password env:MAIL_PASSWORD',
  ]).action((flags: SetFlags) => send(flags, io, changeOf(flags, io)));
}

const CLEARED = {
  'base-url': 'publicUrl',
  'mail-server': 'mailServer',
  'mail-from': 'mailFrom',
  'mail-to': 'mailTo',
} as const;

function registerClear(family: Command, io: CliIo): void {
  const command = family
    .command('clear')
    .description('Takes settings away that are kept.')
    .argument('<setting...>', `${Object.keys(CLEARED).join(', ')}.`);
  addServerFlags(command, ['settings clear mail-server']).action((names: readonly string[], flags: ServerFlags) => {
    const found = names.map((name) => {
      const setting = Object.entries(CLEARED).find(([known]) => known === name)?.[1];
      if (setting !== undefined) return [setting, null] as const;
      throw new LockstepError(
        'wrongUsage',
        `there is no ${name} to clear; there are ${Object.keys(CLEARED).join(', ')}`,
      );
    });
    return send(flags, io, Object.fromEntries(found));
  });
}

async function send(flags: ServerFlags, io: CliIo, change: object | undefined): Promise<void> {
  const [{ client }, { serverAnswers }] = await Promise.all([connect(flags, io), import('./server-answers.ts')]);
  const path = ['settings'];
  const request =
    change === undefined ? ({ method: 'GET', path } as const) : ({ method: 'PATCH', path, body: change } as const);
  const settings = await client.call(request, serverAnswers.settings);
  show(io, flags, { json: settings, text: () => settingsLines(settings).map(plainText).join('\n') });
}

function changeOf({ baseUrl, mailServer, mailFrom, mailTo, ...mail }: SetFlags, io: CliIo): object {
  const change = {
    ...(baseUrl === undefined ? {} : { publicUrl: baseUrl }),
    ...(mailServer === undefined ? {} : { mailServer: readServer(mailServer, mail, io) }),
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(mailTo === undefined ? {} : { mailTo }),
  };
  if (Object.keys(change).length > 0) return change;
  throw new LockstepError('wrongUsage', 'say what to set; --help lists it');
}

function readServer(
  address: string,
  { mailSecurity, mailPassword }: Pick<SetFlags, 'mailSecurity' | 'mailPassword'>,
  io: CliIo,
): object {
  const url = URL.parse(address);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || url.password !== '') {
    throw new LockstepError(
      'wrongUsage',
      '--mail-server: give smtps://USER@HOST:PORT or smtp://..., without a password',
    );
  }
  const fallback: MailServer['security'] = url.protocol === 'smtps:' ? 'tls' : 'starttls';
  const user = url.username === '' ? null : decodeURIComponent(url.username);
  const port = url.port === '' ? (fallback === 'tls' ? 465 : 587) : Number(url.port);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    security: mailSecurity ?? fallback,
    user,
    ...(mailPassword === undefined ? {} : { password: readSecretReference('--mail-password', mailPassword, io) }),
  };
}
