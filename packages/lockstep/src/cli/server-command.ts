import { resolve } from 'node:path';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import { apiKeyFile } from '../secrets/api-key.ts';
import { readSecretFile } from '../secrets/secret-file.ts';
import { type AdminClient, createAdminClient } from './admin-client.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that needs a running server. */
export interface ServerOptions {
  readonly url: string;
  readonly key?: string;
  readonly data?: string;
  readonly json?: boolean;
}

const URL_DEFAULT = 'http://127.0.0.1:4600';
const DATA_DEFAULT = 'lockstep-data';

/** Adds the options that say where the server is, and the example of the command's help. */
export function serverCommand(command: Command, examples: readonly string[]): Command {
  return command
    .option('--url <url>', 'address of the server', URL_DEFAULT)
    .option('--key <key>', 'API key (else LOCKSTEP_API_KEY, else the file api-key in the data folder)')
    .option('--data <folder>', `data folder the API key is read from (else LOCKSTEP_DATA, else ${DATA_DEFAULT})`)
    .option('--json', 'print JSON and nothing else on standard output')
    .addHelpText('after', exampleText(examples));
}

/** The examples below a command's help. */
export function exampleText(examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return `\n${title}:\n${examples.map((example) => `  $ lockstep ${example}`).join('\n')}`;
}

/** Makes the client that the options describe. @throws {LockstepError} `wrongUsage` for an address that is none */
export function openClient(options: ServerOptions, terminal: Terminal): AdminClient {
  const url = URL.parse(options.url);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new LockstepError('wrongUsage', `--url: ${JSON.stringify(options.url)} is no address such as ${URL_DEFAULT}`);
  }
  return createAdminClient({ url: options.url.replace(/\/+$/, ''), key: findKey(options, terminal) });
}

function findKey(options: ServerOptions, terminal: Terminal): string | undefined {
  const given = options.key ?? terminal.environment['LOCKSTEP_API_KEY'];
  if (given !== undefined && given !== '') return given;
  const folder = options.data ?? terminal.environment['LOCKSTEP_DATA'] ?? DATA_DEFAULT;
  const file = apiKeyFile(resolve(terminal.workingFolder, folder));
  try {
    return readSecretFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('unauthorized', `the API key cannot be read: ${why}`, { cause: error });
  }
}

/** Prints a result: as one JSON document with `--json`, else as text for a person. */
export function show(
  terminal: Terminal,
  options: Pick<ServerOptions, 'json'>,
  result: { readonly json: unknown; readonly text: () => string },
): void {
  const text = options.json === true ? JSON.stringify(result.json, null, 2) : result.text();
  if (text !== '') terminal.out(text);
}
