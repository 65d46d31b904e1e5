import type { RunningServer } from '../server/start-server.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { exampleText } from './server-command.ts';
import { addSettingFlags, type SettingFlags, settingsFrom } from './setting-flags.ts';

/** `lockstep start`: the whole product in one process. */
export const startCommand: CommandModule = {
  register: (program, io) => {
    addSettingFlags(program.command('start'))
      .description('Starts the whole product in one process: admin API, SCIM endpoints, engine.')
      .option('--sample', 'Load a sample company with four apps into an empty data folder and run their first cycles.')
      .addHelpText(
        'after',
        exampleText(['start --port 4600 --data ./lockstep-data', 'start --sample --data ./lockstep-sample']),
      )
      .action((flags: StartFlags) => start(flags, io));
  },
};

type StartFlags = SettingFlags & { readonly sample?: boolean };

async function start(flags: StartFlags, io: CliIo): Promise<void> {
  const { sample, ...rest } = flags;
  const { settings } = settingsFrom(rest, io);
  const { startServer } = await import('../server/start-server.ts');
  const { createLog } = await import('../observe/log.ts');
  const log = createLog({ format: settings.logFormat, level: settings.logLevel, write: io.writeError });
  const server = await startServer(settings, { log });
  io.writeError(`lockstep runs at ${server.url}\n`);
  io.writeError(`data folder ${settings.dataFolder}; the admin API's key is in its file api-key\n`);
  await runUntilSignal(server, io, async (isStopping) => {
    // Whoever starts with the sample has chosen; the owner is not asked again.
    if (sample === true) await server.services.firstRun.skip();
    const ownerLink = await server.services.peopleParts.people.ownerLink(server.services.publicUrl());
    if (ownerLink !== undefined) io.writeError(`make the first owner (good once, for an hour): ${ownerLink}\n`);
    if (sample !== true) return;
    const { runSample } = await import('./sample-run.ts');
    await runSample(server, io, isStopping);
  });
}

/**
 * Keeps a server running until the process is told to stop, then stops it in good order.
 *
 * @param work what to do meanwhile; asked to end early by `isStopping`
 */
export async function runUntilSignal(
  server: RunningServer,
  io: CliIo,
  work: (isStopping: () => boolean) => Promise<void> = async () => undefined,
): Promise<void> {
  let isStopping = false;
  const signal = io.untilSignal().then(() => {
    isStopping = true;
  });
  try {
    await Promise.race([work(() => isStopping), signal]);
    await signal;
    io.writeError('stopping; a second signal ends at once\n');
  } finally {
    await server.stop();
  }
  io.writeError('stopped\n');
}
