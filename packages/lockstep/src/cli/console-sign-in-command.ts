import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { readJsonFile } from './read-json-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep console-sign-in show|set|test|on|off|remove`: signing in to the console with a directory. */
export const consoleSignInCommand: CommandModule = {
  register: (program, io) => {
    const family = program
      .command('console-sign-in')
      .description('Signing in to the console with a directory (OpenID Connect).');
    registerShow(family, io);
    registerSet(family, io);
    registerTest(family, io);
    registerSwitch(family, io, { verb: 'on', isOn: true, description: 'Switches it on; passwords stay.' });
    registerSwitch(family, io, {
      verb: 'off',
      isOn: false,
      description: 'Switches it off, and ends what was opened by it.',
    });
    registerRemove(family, io);
  },
};

interface Shown {
  readonly isOn: boolean;
  readonly settings: unknown;
  readonly redirectUrl: string;
}

function print(io: CliIo, flags: ServerFlags, answer: Shown): void {
  show(io, flags, { json: answer, text: () => `${stateText(answer)}\nredirect URL: ${answer.redirectUrl}` });
}

function stateText({ isOn, settings }: Shown): string {
  if (settings === null) return 'not set up';
  return isOn ? 'on' : 'off';
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

const madeLink = z.object({ link: z.string() });

function registerTest(family: Command, io: CliIo): void {
  const command = family.command('test').description('Prints a link that tries a sign-in; nobody is signed in by it.');
  addServerFlags(command, ['console-sign-in test']).action(async (flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    const made = await client.call({ method: 'POST', path: ['console-sign-in', 'test-link'] }, madeLink);
    show(io, flags, { json: made, text: () => made.link });
    io.writeError('open it in a browser within the hour; it works once\n');
  });
}

function registerRemove(family: Command, io: CliIo): void {
  const command = family.command('remove').description('Takes it away, and ends what was opened by it.');
  addServerFlags(command, ['console-sign-in remove']).action(async (flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    await client.send({ method: 'DELETE', path: ['console-sign-in'] });
    show(io, flags, { json: { isRemoved: true }, text: () => 'removed' });
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
