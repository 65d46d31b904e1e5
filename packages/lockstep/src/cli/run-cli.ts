import { Command, CommanderError } from 'commander';
import { LockstepError, lockstepErrors } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { commands } from './commands.ts';

/** Runs one command line. Whatever goes wrong becomes text on standard error and the exit code: 1 = failed, 2 = wrong usage. */
export async function runCli(words: readonly string[], io: CliIo): Promise<void> {
  const program = buildProgram(io);
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    io.setExitCode(report(error, words.includes('--json'), io));
  }
}

function buildProgram(io: CliIo): Command {
  const program = new Command('lockstep')
    .description('Keeps the people in a directory and the accounts in every app in lockstep, over SCIM 2.0.')
    .exitOverride()
    .configureOutput({ writeOut: io.writeOut, writeErr: io.writeError })
    .showHelpAfterError('(--help shows how it is used)')
    .enablePositionalOptions();
  for (const command of commands) command.register(program, io);
  for (const command of allCommands(program))
    command.exitOverride().configureOutput({ writeOut: io.writeOut, writeErr: io.writeError });
  return program;
}

function allCommands(program: Command): readonly Command[] {
  return program.commands.flatMap((command) => [command, ...allCommands(command)]);
}

function report(error: unknown, asJson: boolean, io: CliIo): 0 | 1 | 2 {
  // The parser has printed its own refusals; asking for help is none.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof LockstepError)) {
    io.writeError(`lockstep failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  }
  const { code, message, hint, issues } = error;
  if (asJson)
    io.writeOut(`${JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }), issues } })}\n`);
  io.writeError(`lockstep: ${message}\n`);
  for (const issue of issues.slice(1)) io.writeError(`  ${issue.place}: ${issue.message}\n`);
  if (hint !== undefined) io.writeError(`${hint}\n`);
  return lockstepErrors[code].exitCode;
}
