import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';

/**
 * Reads a text file that a command names; `-` is standard input.
 *
 * @throws {LockstepError} `wrongUsage` when it cannot be read or is not UTF-8
 */
export function readTextFile(path: string, io: CliIo): string {
  let bytes: Buffer;
  try {
    bytes = path === '-' ? readFileSync(0) : readFileSync(resolve(io.workingFolder, path));
  } catch (error) {
    throw new LockstepError('wrongUsage', `${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new LockstepError('wrongUsage', `${path} is not UTF-8 text`, {
      cause: error,
      hint: 'Save it as UTF-8 and try again.',
    });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read by this user';
  return error instanceof Error ? error.message : 'unknown';
}
