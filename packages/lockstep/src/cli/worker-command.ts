import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { exampleText } from './server-command.ts';
import { addSettingFlags, type SettingFlags, settingsFrom } from './setting-flags.ts';

/** Beside a server on the same machine, which has the port before it by default. */
const PORT_DEFAULT = 4_601;

/** `lockstep worker`: another engine node on the same PostgreSQL. */
export const workerCommand: CommandModule = {
  register: (program, io) => {
    addSettingFlags(program.command('worker'))
      .description(
        'Starts another engine node on the PostgreSQL of a server: it runs cycles, and answers nothing but health and ' +
          `metrics, on port ${PORT_DEFAULT} unless told otherwise. It needs the master key of the server, in the data ` +
          'folder or by LOCKSTEP_MASTER_KEY_FILE.',
      )
      .addHelpText(
        'after',
        exampleText([
          'worker --database postgres://lockstep@db.example/lockstep --data ./lockstep-data',
          'worker --database postgres://lockstep@db.example/lockstep --port 0',
        ]),
      )
      .action((flags: SettingFlags) => work(flags, io));
  },
};

async function work(flags: SettingFlags, io: CliIo): Promise<void> {
  const { settings: read, origins } = settingsFrom(flags, io);
  const isPortSet = origins.some(({ setting, source }) => setting.name === 'port' && source !== 'default');
  const settings = isPortSet ? read : { ...read, port: PORT_DEFAULT };
  if (settings.database === 'sqlite') {
    const hint = 'Name the PostgreSQL of the server with --database; a SQLite file belongs to one process.';
    throw new LockstepError('badSetting', 'a worker needs a database that processes share', { hint });
  }
  const { startWorker } = await import('../server/start-worker.ts');
  const { createLog } = await import('../observe/log.ts');
  const log = createLog({ format: settings.logFormat, level: settings.logLevel, write: io.writeError });
  const worker = await startWorker(settings, { log });
  io.writeError(`lockstep worker runs; health and metrics at ${worker.url}\n`);
  try {
    await io.untilSignal();
    io.writeError('stopping; a second signal ends at once\n');
  } finally {
    await worker.stop();
  }
  io.writeError('stopped\n');
}
