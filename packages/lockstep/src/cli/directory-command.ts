import type { CommandModule } from './command-module.ts';
import { registerDirectoryAdd } from './directory-add-command.ts';
import { registerAssign, registerUnassign } from './directory-assign-command.ts';
import { registerDirectoryExplain } from './directory-explain-command.ts';
import { registerDirectoryFeeds } from './directory-feeds-command.ts';
import { registerDirectoryGet } from './directory-get-command.ts';
import { registerDirectoryImport } from './directory-import-command.ts';
import { registerDirectoryRemove } from './directory-remove-command.ts';
import { registerDirectorySet } from './directory-set-command.ts';

/** `lockstep directory ...`: people and groups. */
export const directoryCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('directory').description('People and groups of the directory.');
    registerDirectoryImport(family, io);
    registerDirectoryExplain(family, io);
    registerDirectoryFeeds(family, io);
    registerDirectoryGet(family, io);
    registerDirectorySet(family, io);
    registerDirectoryAdd(family, io);
    registerDirectoryRemove(family, io);
    registerAssign(family, io);
    registerUnassign(family, io);
  },
};
