import { join, resolve } from 'node:path';
import type { LogVerdict } from '@lockstep/engine/ports';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';

interface VerifyFlags {
  readonly data?: string;
  readonly database?: string;
  readonly json?: boolean;
}

const DATA_DEFAULT = 'lockstep-data';

/** `lockstep log verify`: the chain of hashes over the provisioning log, read from the database itself. */
export const logVerifyCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('log').description('The provisioning log as it is stored.');
    family
      .command('verify')
      .description('Recomputes the chain of hashes over the log. Exit code 1, and the first number, when it is broken.')
      .option(
        '--data <folder>',
        `Data folder of a server that does not run. Default: LOCKSTEP_DATA, else ${DATA_DEFAULT}.`,
      )
      .option('--database <address>', 'Address of the PostgreSQL database instead.')
      .option('--json', 'JSON on standard output, and nothing else there.')
      .addHelpText('after', '\nExample:\n  $ lockstep log verify --data lockstep-data\n')
      .action((flags: VerifyFlags) => verify(flags, io));
  },
};

async function verify(flags: VerifyFlags, io: CliIo): Promise<void> {
  const verdict = await readVerdict(flags, io);
  io.writeOut(`${flags.json === true ? JSON.stringify(verdict) : verdictText(verdict)}\n`);
  if (!verdict.isIntact) io.setExitCode(1);
}

async function readVerdict(flags: VerifyFlags, io: CliIo): Promise<LogVerdict> {
  const { DatabaseInUse, openPostgresStore, openSqliteStore } = await import('@lockstep/store');
  const folder = resolve(io.workingFolder, flags.data ?? io.environment['LOCKSTEP_DATA'] ?? DATA_DEFAULT);
  const file = join(folder, 'lockstep.db');
  try {
    const { existsSync } = await import('node:fs');
    if (flags.database === undefined && !existsSync(file)) {
      throw new LockstepError('notFound', `there is no database in ${folder}`);
    }
    const nowMs = Date.now();
    const store = await (flags.database === undefined
      ? openSqliteStore({ file }, nowMs)
      : openPostgresStore({ url: flags.database }, nowMs));
    try {
      return await store.engine.verifyLog();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error;
    const hint = 'Stop it, verify a copy, or ask the server: GET /api/v1/logs/verify.';
    throw new LockstepError('dataInUse', `the data folder ${folder} is in use by a server`, { hint, cause: error });
  }
}

function verdictText(verdict: LogVerdict): string {
  if (!verdict.isIntact) {
    return `the log is broken at record ${verdict.brokenAt}: ${verdict.why}; the ${verdict.checked} before it are as they were written`;
  }
  const pruned =
    verdict.anchor === 0 ? '' : `; records up to ${verdict.anchor} have been removed or are older than the chain`;
  return `the log is intact: ${verdict.checked} records, the last is ${verdict.last} with hash ${verdict.hash}${pruned}`;
}
