import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ImportShape } from '../admin-api/schema-routes.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { dryRunOption, editText } from './edit-text.ts';
import { plainText } from './print-table.ts';
import { readTextFile } from './read-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ExportFlags extends ServerFlags {
  readonly output?: string;
  readonly forEntra?: boolean;
}

/** `lockstep app schema ...`: an app's job in the form of Microsoft Graph. */
export function registerAppSchema(app: Command, io: CliIo): void {
  const family = app.command('schema').description("An app's mappings and filters as Microsoft Graph's schema.");
  registerExport(family, io);
  registerImport(family, io);
}

function registerExport(family: Command, io: CliIo): void {
  const command = family
    .command('export')
    .description('Writes the schema as JSON.')
    .argument('<app>', 'Name or id of the app.')
    .option('-o, --output <file>', 'File to write; default standard output.')
    .option('--for-entra', 'Leave out what Graph has no place for.');
  addServerFlags(command, ['app schema export Zenvoices -o zenvoices.json']).action(
    async (name: string, flags: ExportFlags) => {
      const { client } = await connect(flags, io);
      const { schemaDocument } = await import('./mapping-answers.ts');
      const query = { extras: flags.forEntra !== true };
      const schema = await client.call({ method: 'GET', path: ['apps', name, 'schema'], query }, schemaDocument);
      const text = JSON.stringify(schema, undefined, flags.json === true ? undefined : 2);
      if (flags.output === undefined) io.writeOut(`${text}\n`);
      else writeFile(resolve(io.workingFolder, flags.output), `${text}\n`);
    },
  );
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new LockstepError('wrongUsage', `${path} cannot be written: ${why}`, { cause: error });
  }
}

function registerImport(family: Command, io: CliIo): void {
  const command = family
    .command('import')
    .description("Takes mappings, attributes and filters from a schema, such as Entra's export.")
    .argument('<app>', 'Name or id of the app.')
    .argument('<file>', 'JSON file; `-` = standard input.')
    .option(...dryRunOption);
  addServerFlags(command, ['app schema import Zenvoices export.json --dry-run']).action(
    async (name: string, file: string, flags: ServerFlags & { readonly dryRun?: boolean }) => {
      const body = readJson(file, io);
      const { client } = await connect(flags, io);
      const { schemaImport } = await import('./mapping-answers.ts');
      const query = { dryRun: flags.dryRun === true };
      const done = await client.call({ method: 'PUT', path: ['apps', name, 'schema'], query, body }, schemaImport);
      show(io, flags, { json: done, text: () => importText(done) });
    },
  );
}

function importText(done: ImportShape): string {
  const findings = done.findings.map(({ pointer, message, advice }) => `  ${pointer}: ${message}. ${advice}`);
  const { plan } = done;
  const counts = Object.entries(plan?.counts ?? {}).map(([action, count]) => `${count} ${action}`);
  const planned = plan === undefined ? [] : [planText(plan, counts.join(', '))];
  return [editText(done), ...[...findings, ...planned].map(plainText)].join('\n');
}

function planText({ problem, looked, isWhole }: NonNullable<ImportShape['plan']>, counts: string): string {
  if (problem !== undefined) return `what a cycle would do is not known: ${problem}`;
  const shown = counts === '' ? 'nothing' : counts;
  return `a cycle would do: ${shown}${isWhole ? '' : ` (of the first ${looked} people and groups)`}; nothing was sent`;
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
