import type { ExpressionCaseAnswer } from '@lockstep/engine';
import type { JsonObject } from '@lockstep/scim';
import { LockstepError } from '../lockstep-error.ts';
import { systemClock, systemRandom } from '../system-clock.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { valueText } from './entry-text.ts';
import { readTextFile } from './read-file.ts';
import { exampleText } from './server-command.ts';

interface RunFlags {
  readonly input?: string;
  readonly cases?: string;
  readonly json?: boolean;
}

/** `lockstep expression run`: evaluates mapping expressions here, without a server. */
export const expressionCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('expression').description('The language of mapping expressions.');
    family
      .command('run')
      .description('Evaluates an expression. Needs no server.')
      .argument('[expression]', 'The expression; quote it for the shell.')
      .option('--input <file>', 'JSON object with the attributes that [name] reads; `-` = standard input.')
      .option('--cases <file>', 'JSON list of cases {id, expression, inputs}; prints one JSON line a case.')
      .option('--json', 'JSON on standard output, and nothing else there.')
      .addHelpText(
        'after',
        exampleText([
          `expression run 'Join(" ", [givenName], [surname])' --input person.json`,
          'expression run --cases cases.json',
        ]),
      )
      .action(async (expression: string | undefined, flags: RunFlags) => {
        if ((expression === undefined) === (flags.cases === undefined)) {
          throw new LockstepError('wrongUsage', 'give an expression, or --cases FILE');
        }
        if (expression !== undefined) await runOne(expression, flags, io);
        else await runCases(flags.cases ?? '', io);
      });
  },
};

async function runOne(expression: string, flags: RunFlags, io: CliIo): Promise<void> {
  const { runExpressionCase } = await import('@lockstep/engine');
  const inputs = flags.input === undefined ? {} : await readInput(flags.input, io);
  const { result, log } = runExpressionCase({ id: '', expression, inputs }, context());
  if (flags.json === true) io.writeOut(`${JSON.stringify({ result, ...(log === undefined ? {} : { log }) })}\n`);
  if ('error' in result) {
    if (flags.json === true) io.setExitCode(1);
    else throw new LockstepError('invalidValue', errorText(result.error));
  } else if (flags.json !== true) io.writeOut(`${resultText(result)}\n`);
}

type Result = ExpressionCaseAnswer['result'];

function errorText(error: Extract<Result, { error: unknown }>['error']): string {
  const where = error.position === undefined ? '' : ` (at character ${error.position + 1})`;
  return `${error.message}${where}`;
}

function resultText(result: Exclude<Result, { error: unknown }>): string {
  if ('ignoreFlow' in result) return '(the attribute is left alone)';
  if ('ignoreObject' in result) return '(the person is left out)';
  if ('ast' in result) return JSON.stringify(result.ast);
  return result.value === null ? '(no value)' : valueText(result.value);
}

async function readInput(file: string, io: CliIo): Promise<JsonObject> {
  const { isJsonObject } = await import('@lockstep/scim');
  const value = readJson(file, io);
  if (isJsonObject(value)) return value;
  throw new LockstepError('wrongUsage', `${file} has to hold a JSON object with attributes`);
}

function readJson(file: string, io: CliIo): unknown {
  try {
    return JSON.parse(readTextFile(file, io));
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('wrongUsage', `${file} is no JSON: ${why}`, { cause: error });
  }
}

async function runCases(file: string, io: CliIo): Promise<void> {
  const { ExpressionError, readExpressionCase, runExpressionCase } = await import('@lockstep/engine');
  const { isJsonArray } = await import('@lockstep/scim');
  const cases = readJson(file, io);
  if (!isJsonArray(cases)) throw new LockstepError('wrongUsage', `${file} has to hold a JSON list of cases`);
  const base = context();
  for (const [at, one] of cases.entries()) {
    try {
      io.writeOut(`${JSON.stringify(runExpressionCase(readExpressionCase(one), base))}\n`);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new LockstepError('wrongUsage', `${file}: item ${at + 1}: ${error.message}`, { cause: error });
    }
  }
}

function context(): Parameters<typeof import('@lockstep/engine')['runExpressionCase']>[1] {
  return { nowMs: systemClock.nowMs(), random: systemRandom.fraction, randomGuid: systemRandom.guid };
}
