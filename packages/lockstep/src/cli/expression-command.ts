import type { ExpressionCaseAnswer, ExpressionMode } from '@lockstep/engine';
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
  readonly mode?: string;
}

/** `lockstep expression run`: evaluates mapping expressions here, without a server. */
export const expressionCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('expression').description('The language of mapping expressions.');
    family
      .command('functions')
      .description('Lists the functions with their parameters: `?` may be left blank, `*` may be repeated.')
      .argument('[name]', 'A part of a name, in any case.')
      .option('--json', 'JSON on standard output, and nothing else there.')
      .addHelpText('after', exampleText(['expression functions', 'expression functions role --json']))
      .action((name: string | undefined, flags: { readonly json?: boolean }) => listFunctions(name, flags, io));
    family
      .command('run')
      .description('Evaluates an expression. Needs no server.')
      .argument('[expression]', 'The expression; quote it for the shell.')
      .option('--input <file>', 'JSON object with the attributes that [name] reads; `-` = standard input.')
      .option('--cases <file>', 'JSON list of cases {id, expression, inputs}; prints one JSON line a case.')
      .option('--mode <mode>', 'How points are settled that Microsoft leaves open: entra (default) or extended.')
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
        const mode = readMode(flags.mode);
        if (expression !== undefined) await runOne(expression, { ...flags, mode }, io);
        else await runCases(flags.cases ?? '', mode, io);
      });
  },
};

function readMode(mode = 'entra'): ExpressionMode {
  if (mode === 'entra' || mode === 'extended') return mode;
  throw new LockstepError('wrongUsage', '--mode is entra or extended');
}

async function listFunctions(part: string | undefined, flags: { readonly json?: boolean }, io: CliIo): Promise<void> {
  const { expressionFunctions, functionSignature, functionSummaries } = await import('@lockstep/engine');
  const wanted = part?.toLowerCase() ?? '';
  const found = expressionFunctions.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (flags.json === true) {
    const list = found.map(({ name, parameters }) => ({ name, parameters, summary: functionSummaries[name] ?? '' }));
    io.writeOut(`${JSON.stringify(list)}\n`);
    return;
  }
  if (found.length === 0) throw new LockstepError('notFound', `no function has ${JSON.stringify(part)} in its name`);
  const { tableText } = await import('./print-table.ts');
  const rows = found.map((one) => [functionSignature(one), functionSummaries[one.name] ?? '']);
  io.writeOut(`${tableText(['FUNCTION', 'WHAT'], rows)}\n`);
}

async function runOne(
  expression: string,
  flags: RunFlags & { readonly mode: ExpressionMode },
  io: CliIo,
): Promise<void> {
  const { findDoubts, findProblems, parseExpression, runExpressionCase } = await import('@lockstep/engine');
  const inputs = flags.input === undefined ? {} : await readInput(flags.input, io);
  const { result, log } = runExpressionCase({ id: '', expression, inputs }, context(flags.mode));
  if (flags.json === true) io.writeOut(`${JSON.stringify({ result, ...(log === undefined ? {} : { log }) })}\n`);
  const problems = findProblems(expression);
  if (problems.length === 0) {
    for (const { message, position } of findDoubts(parseExpression(expression))) {
      io.writeError(`warning: ${message} (at character ${position + 1})\n`);
    }
  }
  if ('error' in result) {
    if (flags.json === true) io.setExitCode(1);
    else throw refusal(result.error, problems);
  } else if (flags.json !== true) io.writeOut(`${resultText(result)}\n`);
}

/** The first problem in words, and all of them when there are several. */
function refusal(
  error: Parameters<typeof errorText>[0],
  problems: readonly { readonly message: string; readonly position: number | undefined }[],
): LockstepError {
  if (problems.length < 2) return new LockstepError('invalidValue', errorText(error));
  const issues = problems.map(({ message, position }) => ({
    place: position === undefined ? 'expression' : `character ${position + 1}`,
    message,
  }));
  return new LockstepError('invalidValue', errorText(error), { issues });
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

async function runCases(file: string, mode: ExpressionMode, io: CliIo): Promise<void> {
  const { ExpressionError, readExpressionCase, runExpressionCase } = await import('@lockstep/engine');
  const { isJsonArray } = await import('@lockstep/scim');
  const cases = readJson(file, io);
  if (!isJsonArray(cases)) throw new LockstepError('wrongUsage', `${file} has to hold a JSON list of cases`);
  const base = context(mode);
  for (const [at, one] of cases.entries()) {
    try {
      io.writeOut(`${JSON.stringify(runExpressionCase(readExpressionCase(one), base))}\n`);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new LockstepError('wrongUsage', `${file}: item ${at + 1}: ${error.message}`, { cause: error });
    }
  }
}

function context(mode: ExpressionMode): Parameters<typeof import('@lockstep/engine')['runExpressionCase']>[1] {
  return { nowMs: systemClock.nowMs(), random: systemRandom.fraction, randomGuid: systemRandom.guid, mode };
}
