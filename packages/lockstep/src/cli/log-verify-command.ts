import { join, resolve } from 'node:path';
import type { LogVerdict } from '@lockstep/engine/ports';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { addServerFlags, connect, type ServerFlags } from './server-command.ts';

interface VerifyFlags extends ServerFlags {
  readonly database?: string;
}

const DATA_DEFAULT = 'lockstep-data';

/**
 * `lockstep log verify`: the chain of hashes over the provisioning log, read from the database itself; while a server holds
 * it, the server is asked.
 */
export function addLogVerify(family: Command, io: CliIo): void {
  const command = family
    .command('verify')
    .description('Recomputes the chain of hashes over the log. Exit code 1, and the first number, when it is broken.')
    .option('--database <address>', 'Address of a PostgreSQL database to read instead of the data folder.');
  addServerFlags(command, ['log verify --data lockstep-data']).action((flags: VerifyFlags) => verify(flags, io));
}

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
    return askServer(flags, io);
  }
}

/** The server that holds the data folder reads its own database. */
async function askServer(flags: VerifyFlags, io: CliIo): Promise<LogVerdict> {
  const { client, answers } = await connect(flags, io);
  return client.call({ method: 'GET', path: ['logs', 'verify'] }, answers.verdict);
}

function verdictText(verdict: LogVerdict): string {
  if (!verdict.isIntact) {
    return `the log is broken at record ${verdict.brokenAt}: ${verdict.why}; the ${verdict.checked} before it are as they were written`;
  }
  const pruned =
    verdict.anchor === 0 ? '' : `; records up to ${verdict.anchor} have been removed or are older than the chain`;
  return `the log is intact: ${verdict.checked} records, the last is ${verdict.last} with hash ${verdict.hash}${pruned}`;
}
