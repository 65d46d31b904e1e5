import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

interface ExportFlags extends ServerFlags {
  readonly format: string;
  readonly output: string;
  readonly user?: string;
  readonly status?: string;
  readonly action?: string;
  readonly cycle?: string;
  readonly from?: string;
  readonly to?: string;
}

interface ExportFile {
  readonly name: string;
  readonly part?: string;
}

/** Names as the download of Entra's provisioning logs has them; `changeId` joins the three. */
const FILES: Readonly<Record<string, readonly ExportFile[]>> = {
  csv: [
    { name: 'ProvisioningLogs.csv', part: 'logs' },
    { name: 'ProvisioningLogs_ProvisioningSteps.csv', part: 'steps' },
    { name: 'ProvisioningLogs_ModifiedProperties.csv', part: 'properties' },
  ],
  json: [{ name: 'ProvisioningLogs.jsonl' }],
};

/** `lockstep log export [APP]`: the log as files. */
export function addLogExport(family: Command, io: CliIo): void {
  const command = family
    .command('export')
    .description(
      'Writes the provisioning log to files, oldest first: three of CSV that changeId joins, or one of JSON lines.',
    )
    .argument('[app]', 'Name or id of an app.')
    .option('--format <format>', 'csv or json.', 'csv')
    .option('-o, --output <folder>', 'Folder to write to; made when it is not there.', '.')
    .option('--user <user>', 'Only of this person or group: any name of theirs.')
    .option('--status <status>', 'Only success, warning, failure or skipped.')
    .option('--action <action>', 'Only create, update, delete, disable, stagedDelete or other.')
    .option('--cycle <id>', 'Only of this cycle.')
    .option('--from <time>', 'Not before this time, such as 2026-01-05T08:00:00Z.')
    .option('--to <time>', 'Before this time.');
  addServerFlags(command, ['log export Zenya --from 2026-01-01T00:00:00Z -o january']).action(
    (app: string | undefined, flags: ExportFlags) => run(app, flags, io),
  );
}

async function run(app: string | undefined, flags: ExportFlags, io: CliIo): Promise<void> {
  const files = FILES[flags.format];
  if (files === undefined) throw new LockstepError('wrongUsage', '--format has to be csv or json');
  const folder = resolve(io.workingFolder, flags.output);
  const connection = await connect(flags, io);
  await mkdir(folder, { recursive: true });
  for (const file of files) await write(connection, { app, flags, file, path: join(folder, file.name) });
  const written = files.map(({ name }) => join(flags.output, name));
  show(io, flags, { json: { files: written }, text: () => written.join('\n') });
}

async function write(
  { client }: Connection,
  asked: {
    readonly app: string | undefined;
    readonly flags: ExportFlags;
    readonly file: ExportFile;
    readonly path: string;
  },
): Promise<void> {
  const { user, status, action, cycle, from, to, format } = asked.flags;
  const query = { app: asked.app, user, status, action, cycle, from, to, format, part: asked.file.part };
  await pipeline(
    await client.stream({ method: 'GET', path: ['logs', 'export'], query }),
    createWriteStream(asked.path),
  );
}
