import type { CommandModule } from './command-module.ts';
import { configCheckCommand } from './config-check-command.ts';
import { startCommand } from './start-command.ts';

/** Every command, in the order `lockstep --help` shows them. */
export const commands: readonly CommandModule[] = [startCommand, configCheckCommand];
