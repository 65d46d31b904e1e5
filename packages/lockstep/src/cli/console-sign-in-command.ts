import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { readJsonFile } from './read-json-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep console-sign-in show|set|on|off`: signing in to the console with a directory. */
export const consoleSignInCommand: CommandModule = {
  register: (program, io) => {
    const family = program
      .command('console-sign-in')
      .description('Signing in to the console with a directory (OpenID Connect).');
    registerShow(family, io);
    registerSet(family, io);
    registerSwitch(family, io, { verb: 'on', isOn: true, description: 'Switches it on; passwords stay.' });
    registerSwitch(family, io, {
      verb: 'off',
      isOn: false,
      description: 'Switches it off, and ends what was opened by it.',
    });
  },
};

interface Shown {
  readonly isOn: boolean;
  readonly redirectUrl: string;
}

function print(io: CliIo, flags: ServerFlags, answer: Shown): void {
  show(io, flags, { json: answer, text: () => `${answer.isOn ? 'on' : 'off'}\nredirect URL: ${answer.redirectUrl}` });
}

function registerShow(family: Command, io: CliIo): void {
  const command = family.command('show').description('Shows it, without the secret.');
  addServerFlags(command, ['console-sign-in show']).action(async (flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    print(io, flags, await client.call({ method: 'GET', path: ['console-sign-in'] }, answers.consoleSignIn));
  });
}

function registerSet(family: Command, io: CliIo): void {
  const command = family
    .command('set')
    .description(
      'Sets it up from a JSON file: {"settings", "roleValues"?, "secret"?, "secretExpiresAt"?}. It is off then.',
    )
    .argument('<file>', 'The file; it may hold the secret, so keep it to yourself.');
  addServerFlags(command, ['console-sign-in set console.json']).action(async (file: string, flags: ServerFlags) => {
    const body = readJsonFile(resolve(io.workingFolder, file));
    const { client, answers } = await connect(flags, io);
    print(io, flags, await client.call({ method: 'PUT', path: ['console-sign-in'], body }, answers.consoleSignIn));
  });
}

function registerSwitch(
  family: Command,
  io: CliIo,
  { verb, isOn, description }: { readonly verb: string; readonly isOn: boolean; readonly description: string },
): void {
  const command = family.command(verb).description(description);
  addServerFlags(command, [`console-sign-in ${verb}`]).action(async (flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const request = { method: 'PUT', path: ['console-sign-in', 'state'], body: { isOn } } as const;
    print(io, flags, await client.call(request, answers.consoleSignIn));
  });
}
