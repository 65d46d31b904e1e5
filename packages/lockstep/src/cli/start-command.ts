import type { RunningServer } from '../server/start-server.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { addSettingFlags, type SettingFlags, settingsFrom } from './setting-flags.ts';

/** `lockstep start`: the whole product in one process. */
export const startCommand: CommandModule = {
  register: (program, io) => {
    addSettingFlags(program.command('start'))
      .description('Starts the whole product in one process: admin API, SCIM endpoints, engine.')
      .addHelpText('after', '\nExample:\n  $ lockstep start --port 4600 --data ./lockstep-data\n')
      .action((flags: SettingFlags) => start(flags, io));
  },
};

async function start(flags: SettingFlags, io: CliIo): Promise<void> {
  const { settings } = settingsFrom(flags, io);
  const { startServer } = await import('../server/start-server.ts');
  const server = await startServer(settings, { report: reportTo(io) });
  io.writeError(`lockstep runs at ${server.url}\n`);
  io.writeError(`data folder ${settings.dataFolder}; the admin API's key is in its file api-key\n`);
  await runUntilSignal(server, io);
}

/** Prints failures of the inside with their cause, one line each. */
export function reportTo(io: CliIo): (message: string, error?: unknown) => void {
  return (message, error) => {
    const why = error instanceof Error ? `: ${error.name}: ${error.message}` : '';
    io.writeError(`${new Date().toISOString()} ${message}${why}\n`);
  };
}

/** Keeps a server running until the process is told to stop, then stops it in good order. */
export async function runUntilSignal(server: RunningServer, io: CliIo): Promise<void> {
  await io.untilSignal();
  io.writeError('stopping; a second signal ends at once\n');
  await server.stop();
  io.writeError('stopped\n');
}
