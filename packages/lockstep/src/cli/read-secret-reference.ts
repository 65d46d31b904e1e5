import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { readTextFile } from './read-file.ts';

/**
 * The secret that an option names: `env:NAME`, or `file:PATH` without the line break at its end. Never the secret itself, which
 * would be seen in the list of processes and kept by the shell.
 *
 * @throws {LockstepError} `wrongUsage`
 */
export function readSecretReference(option: string, reference: string, io: CliIo): string {
  const [, kind, name = ''] = /^(env|file):(.+)$/s.exec(reference) ?? [];
  if (kind === 'file') return readTextFile(name, io).replace(/\r?\n$/, '');
  const value = kind === 'env' ? io.environment[name] : undefined;
  if (value !== undefined && value !== '') return value;
  const why = kind === 'env' ? `the environment variable ${name} is not set` : 'give env:NAME or file:PATH';
  throw new LockstepError('wrongUsage', `${option}: ${why}`);
}
