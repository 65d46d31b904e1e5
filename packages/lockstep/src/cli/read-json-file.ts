import { readFileSync } from 'node:fs';
import { LockstepError } from '../lockstep-error.ts';

/** A file as JSON. @throws {LockstepError} `wrongUsage` naming the file */
export function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('wrongUsage', `${file} cannot be read as JSON: ${why}`, { cause: error });
  }
}
