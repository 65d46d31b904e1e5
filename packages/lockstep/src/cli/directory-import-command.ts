import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { changeLines, importSentence } from './import-text.ts';
import { readTextFile } from './read-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ImportFlags extends ServerFlags {
  readonly keyColumn: string;
  readonly prune?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** `lockstep directory import FILE`: makes the directory equal to a file of people. */
export function registerDirectoryImport(family: Command, io: CliIo): void {
  const command = family
    .command('import')
    .description(
      'Makes people equal to a CSV or JSON file. Columns are named like the attributes; `groups` holds names separated by semicolons. When one row is wrong, nothing is written.',
    )
    .argument('<file>', 'CSV or JSON file; the ending tells which.')
    .option('--key-column <name>', 'Tells who is who: employeeId or userPrincipalName.', 'userPrincipalName')
    .option('--prune', 'Put people who are missing from the file into the recycle bin; at most 20 % of them.')
    .option('--force', 'Prune also more than 20 %, or with an empty file.')
    .option('--dry-run', 'Show what would change and write nothing.');
  addServerFlags(command, [
    'directory import people.csv --key-column employeeId',
    'directory import people.csv --prune --dry-run',
  ]).action(async (file: string, flags: ImportFlags) => runImport(file, flags, io));
}

async function runImport(file: string, flags: ImportFlags, io: CliIo): Promise<void> {
  const body = {
    format: formatOf(file),
    text: readTextFile(file, io),
    file: basename(file),
    key: keyOf(flags.keyColumn),
    prune: flags.prune === true,
    isDryRun: flags.dryRun === true,
    force: flags.force === true,
  };
  const { client, answers } = await connect(flags, io);
  const report = await client.call({ method: 'POST', path: ['directory', 'import'], body }, answers.import);
  show(io, flags, {
    json: report,
    text: () => [...(report.isDryRun ? changeLines(report) : []), importSentence(report)].join('\n'),
  });
}

function formatOf(file: string): 'csv' | 'json' {
  const ending = extname(file).toLowerCase();
  if (ending === '.csv' || ending === '.tsv' || ending === '.txt') return 'csv';
  if (ending === '.json') return 'json';
  throw new LockstepError('wrongUsage', `${file}: the name has to end in .csv or .json`);
}

function keyOf(name: string): string {
  const key = ['employeeId', 'userPrincipalName'].find((one) => one.toLowerCase() === name.toLowerCase());
  if (key !== undefined) return key;
  throw new LockstepError('wrongUsage', `--key-column: ${name} is neither employeeId nor userPrincipalName`);
}
