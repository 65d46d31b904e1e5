import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';

/**
 * One command of the command line, or one family of them. Modules are read at every start, so what is heavy is imported
 * inside the actions.
 */
export interface CommandModule {
  /** Adds itself to the program. Actions throw `LockstepError`; the program prints it and sets the exit code. */
  register(program: Command, io: CliIo): void;
}
