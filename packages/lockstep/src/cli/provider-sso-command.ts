import { resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { readJsonFile } from './read-json-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

const ssoAnswer = z.looseObject({
  protocol: z.string(),
  state: z.string(),
  testedAt: z.string().nullable(),
  warnings: z.array(z.string()),
  redirectUrl: z.string(),
});
const linkAnswer = z.object({ link: z.string() });

/** `lockstep provider sso show|set|state|test|break-glass PROVIDER`. */
export function registerProviderSso(family: Command, io: CliIo): void {
  const sso = family.command('sso').description('Single sign-on of a tenant.');
  registerShow(sso, io);
  registerSet(sso, io);
  registerState(sso, io);
  registerLink(sso, io, {
    name: 'test',
    path: 'test-link',
    description: 'Makes a link for one test sign-in, good for an hour.',
  });
  registerLink(sso, io, {
    name: 'break-glass',
    path: 'break-glass',
    description: 'Makes a link that signs in once without the directory, good for 15 minutes. It is audited.',
  });
}

function print(io: CliIo, flags: ServerFlags, answer: z.infer<typeof ssoAnswer>): void {
  const tested = answer.testedAt === null ? 'not tested' : `tested ${answer.testedAt}`;
  const text = (): string => `${answer.protocol}, ${answer.state}, ${tested}\nredirect URL: ${answer.redirectUrl}`;
  show(io, flags, { json: answer, text });
  for (const warning of answer.warnings) io.writeError(`warning: ${warning}\n`);
}

function registerShow(sso: Command, io: CliIo): void {
  const command = sso
    .command('show')
    .description('Shows it, without the secret.')
    .argument('<provider>', 'Id or title.');
  addServerFlags(command, ['provider sso show 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'sso'];
    print(io, flags, await connection.client.call({ method: 'GET', path }, ssoAnswer));
  });
}

function registerSet(sso: Command, io: CliIo): void {
  const command = sso
    .command('set')
    .description('Sets it up from a JSON file: {"protocol", "settings", "secret"?, "secretExpiresAt"?}.')
    .argument('<provider>', 'Id or title.')
    .argument('<file>', 'The file; it may hold the secret, so keep it to yourself.');
  addServerFlags(command, ['provider sso set 1234 sso.json']).action(
    async (provider: string, file: string, flags: ServerFlags) => {
      const body = readJsonFile(resolve(io.workingFolder, file));
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'sso'];
      print(io, flags, await connection.client.call({ method: 'PUT', path, body }, ssoAnswer));
    },
  );
}

function registerState(sso: Command, io: CliIo): void {
  const command = sso
    .command('state')
    .description('Sets it off, to test, or enforced; enforced only after a test sign-in that succeeded.')
    .argument('<provider>', 'Id or title.')
    .argument('<state>', 'off, test or enforced.');
  addServerFlags(command, ['provider sso state 1234 test', 'provider sso state 1234 enforced']).action(
    async (provider: string, state: string, flags: ServerFlags) => {
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider), 'sso', 'state'];
      print(io, flags, await connection.client.call({ method: 'PUT', path, body: { state } }, ssoAnswer));
    },
  );
}

interface LinkCommand {
  readonly name: string;
  /** Last part of the route. */
  readonly path: string;
  readonly description: string;
}

function registerLink(sso: Command, io: CliIo, { name, path: last, description }: LinkCommand): void {
  const command = sso.command(name).description(description).argument('<provider>', 'Id or title.');
  addServerFlags(command, [`provider sso ${name} 1234`]).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    const path = ['providers', await findProvider(connection, provider), 'sso', last];
    const made = await connection.client.call({ method: 'POST', path }, linkAnswer);
    show(io, flags, { json: made, text: () => made.link });
  });
}
