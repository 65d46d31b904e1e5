import { resolve } from 'node:path';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import { apiKeyFile } from '../secrets/api-key.ts';
import { readSecretFile } from '../secrets/secret-file.ts';
import type { AdminClient } from './admin-client.ts';
import type { Answers } from './answers.ts';
import type { CliIo } from './cli-io.ts';

/** Options of every command that needs a running server. */
export interface ServerFlags {
  readonly url: string;
  readonly key?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** A running server with the forms of its answers. */
export interface Connection {
  readonly client: AdminClient;
  readonly answers: Answers;
}

const URL_DEFAULT = 'http://127.0.0.1:4600';
const DATA_DEFAULT = 'lockstep-data';

/** Adds the options that say where the server is, and the examples of the command's help. */
export function addServerFlags(command: Command, examples: readonly string[]): Command {
  return command
    .option('--url <url>', 'Address of the server.', URL_DEFAULT)
    .option('--key <key>', 'API key. Default: LOCKSTEP_API_KEY, else the file api-key in the data folder.')
    .option('--data <folder>', `Data folder to read the API key from. Default: LOCKSTEP_DATA, else ${DATA_DEFAULT}.`)
    .option('--json', 'JSON on standard output, and nothing else there.')
    .addHelpText('after', exampleText(examples));
}

/** Gathers the values of an option that may be given several times. */
export function gather(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** The examples below a command's help. */
export function exampleText(examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return `\n${title}:\n${examples.map((example) => `  $ lockstep ${example}\n`).join('')}`;
}

/**
 * Makes ready to talk to the server that the options name. What that takes is loaded only now, so that help and wrong
 * usage are quick.
 *
 * @throws {LockstepError} `wrongUsage` for an address that is none
 */
export async function connect(flags: ServerFlags, io: CliIo): Promise<Connection> {
  const url = URL.parse(flags.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new LockstepError('wrongUsage', `--url: ${JSON.stringify(flags.url)} is no address such as ${URL_DEFAULT}`);
  }
  const [{ createAdminClient }, { answers }] = await Promise.all([import('./admin-client.ts'), import('./answers.ts')]);
  return { client: createAdminClient({ url: flags.url.replace(/\/+$/, ''), key: findKey(flags, io) }), answers };
}

function findKey(flags: ServerFlags, io: CliIo): string | undefined {
  const given = flags.key ?? io.environment['LOCKSTEP_API_KEY'];
  if (given !== undefined && given !== '') return given;
  const folder = flags.data ?? io.environment['LOCKSTEP_DATA'] ?? DATA_DEFAULT;
  try {
    return readSecretFile(apiKeyFile(resolve(io.workingFolder, folder)));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('unauthorized', `the API key cannot be read: ${why}`, { cause: error });
  }
}

/** Prints a result: as one JSON document with `--json`, else as text for a person. */
export function show(
  io: CliIo,
  flags: Pick<ServerFlags, 'json'>,
  result: { readonly json: unknown; readonly text: () => string },
): void {
  io.writeOut(`${flags.json === true ? JSON.stringify(result.json) : result.text()}\n`);
}
