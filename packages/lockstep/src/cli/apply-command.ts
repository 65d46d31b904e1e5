import { dirname, resolve } from 'node:path';
import type { Declaration } from '../apps/declaration.ts';
import { LockstepError } from '../lockstep-error.ts';
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
  const plan = (): Promise<ApplyAnswer> =>
    client.call({ ...request, body: { declaration, isDryRun: true } }, answers.apply);
  if (isDryRun) {
    const planned = await plan();
    show(io, flags, { json: planned, text: () => planText(planned) });
    return;
  }
  if (flags.json !== true) await printPlan(plan, declaration, io);
  const done = await client.call({ ...request, body: { declaration, isDryRun: false } }, answers.apply);
  show(io, flags, { json: done, text: () => (done.isChanged ? 'applied' : 'everything was so already') });
}

/** Assignments may name people whom only the feeds of the same file bring: then there is no plan before they are in. */
async function printPlan(plan: () => Promise<ApplyAnswer>, declaration: Declaration, io: CliIo): Promise<void> {
  try {
    io.writeOut(`${planText(await plan())}\n`);
  } catch (error) {
    const hasFeeds = (declaration.directory?.feeds ?? []).length > 0;
    if (!(error instanceof LockstepError) || error.code !== 'notFound' || !hasFeeds) throw error;
    io.writeError('the plan for apps is known when the feeds are in\n');
  }
}

function planText(report: ApplyAnswer): string {
  return planLines(report).map(plainText).join('\n');
}

function planLines(report: ApplyAnswer): readonly string[] {
  return [
    ...report.feeds.map((feed) => `feed ${feed.name}: ${importSentence({ ...feed, isDryRun: false })}`),
    ...report.apps.flatMap((app) => [
      `app ${app.name}: ${app.do}`,
      ...app.differences.map(({ what, before, after }) => `  ${what}: ${before ?? '-'} -> ${after ?? '-'}`),
    ]),
    ...(report.otherApps.length === 0 ? [] : [`not in the file, left as they are: ${report.otherApps.join(', ')}`]),
    ...(report.isChanged ? [] : ['nothing differs']),
  ];
}
