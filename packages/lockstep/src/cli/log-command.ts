import type { CommandModule } from './command-module.ts';
import { addLogExport } from './log-export-command.ts';
import { addLogVerify } from './log-verify-command.ts';

/** `lockstep log verify|export`: the provisioning log as a whole. */
export const logCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('log').description('The provisioning log as a whole: verified, exported.');
    addLogVerify(family, io);
    addLogExport(family, io);
  },
};
