import { registerAppRestart, registerAppStartAndPause } from './app-life-commands.ts';
import { registerAppList } from './app-list-command.ts';
import { registerAppSchema } from './app-schema-command.ts';
import { registerAppShow } from './app-show-command.ts';
import { registerAppTest } from './app-test-command.ts';
import type { CommandModule } from './command-module.ts';

/** `lockstep app ...`: apps that people are provisioned into. */
export const appCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('app').description('Apps that people are provisioned into.');
    registerAppList(family, io);
    registerAppShow(family, io);
    registerAppTest(family, io);
    registerAppSchema(family, io);
    registerAppStartAndPause(family, io);
    registerAppRestart(family, io);
  },
};
