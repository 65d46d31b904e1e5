import { dirname, resolve } from 'node:path';
import type { ApplyAnswer } from './answers.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { importSentence } from './import-text.ts';
import { plainText } from './print-table.ts';
import { readTextFile } from './read-file.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ApplyFlags extends ServerFlags {
  readonly file: string;
  readonly dryRun?: boolean;
}

/** `lockstep apply -f lockstep.yaml`. */
export const applyCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('apply')
      .description('Makes the server equal to a declaration; what is so already stays untouched.')
      .requiredOption('-f, --file <file>', 'The declaration; `-` = standard input.')
      .option('--dry-run', 'Show what would change and write nothing.');
    addServerFlags(command, ['apply -f lockstep.yaml --dry-run', 'apply -f lockstep.yaml']).action(
      async (flags: ApplyFlags) => apply(flags, io),
    );
  },
};

async function apply(flags: ApplyFlags, io: CliIo): Promise<void> {
  const { readApplyFile, resolveReferences } = await import('../apps/read-apply-file.ts');
  const isDryRun = flags.dryRun === true;
  const folder = flags.file === '-' ? io.workingFolder : dirname(resolve(io.workingFolder, flags.file));
  const declaration = resolveReferences(readApplyFile(readTextFile(flags.file, io)), {
    environment: io.environment,
    readFile: (path) => readTextFile(resolve(folder, path), io),
  });
  const { client, answers } = await connect(flags, io);
  const request = { method: 'POST', path: ['apply'] } as const;
  const planned = await client.call({ ...request, body: { declaration, isDryRun: true } }, answers.apply);
  if (isDryRun || flags.json !== true) printPlan(planned, flags, io);
  if (isDryRun) return;
  const done = await client.call({ ...request, body: { declaration, isDryRun: false } }, answers.apply);
  show(io, flags, { json: done, text: () => (done.isChanged ? 'applied' : 'everything was so already') });
}

function printPlan(report: ApplyAnswer, flags: ApplyFlags, io: CliIo): void {
  if (flags.json === true) io.writeOut(`${JSON.stringify(report)}\n`);
  else for (const line of planLines(report)) io.writeOut(`${plainText(line)}\n`);
}

function planLines(report: ApplyAnswer): readonly string[] {
  return [
    ...report.feeds.map((feed) => `feed ${feed.name}: ${importSentence({ ...feed, isDryRun: false })}`),
    ...report.apps.flatMap((app) => [
      `app ${app.name}: ${app.do}`,
      ...app.differences.map(({ what, before, after }) => `  ${what}: ${before ?? '-'} -> ${after ?? '-'}`),
    ]),
    ...(report.otherApps.length === 0 ? [] : [`not in the file, left as they are: ${report.otherApps.join(', ')}`]),
    ...(report.isDryRun && !report.isChanged ? ['nothing differs'] : []),
  ];
}
