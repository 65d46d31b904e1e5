import type { CommandModule } from './command-module.ts';
import { findingText, readFindings, resultsText, scanText } from './finding-text.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface DriftFlags extends ServerFlags {
  readonly fix?: boolean;
  readonly adopt?: boolean;
  readonly ignore?: boolean;
  readonly only?: readonly string[];
}

/** `lockstep drift APP`. */
export const driftCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('drift')
      .description('Compares an app with what it should be; sends nothing that writes unless told to.')
      .argument('<app>', 'Name or id of the app.')
      .option('--fix', 'Overwrite what differs in the app, under the guard.')
      .option('--adopt', 'Take over into the directory what the app has.')
      .option('--ignore', 'Say nothing about it any more.')
      .option('--only <id...>', 'With --fix, --adopt or --ignore: only these findings.');
    addServerFlags(command, ['drift Zenya', 'drift Zenya --fix']).action(async (app: string, flags: DriftFlags) => {
      const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
      const scan = await client.call({ method: 'POST', path: ['apps', app, 'drift', 'scan'] }, keptAnswers.scan);
      const items = await readFindings(client, { path: ['apps', app, 'drift'] }, keptAnswers);
      const action = actionOf(flags);
      if (action === undefined) {
        const text = (): string => [scanText(scan), ...items.map(findingText)].join('\n');
        show(io, flags, { json: { ...scan, items }, text });
        return;
      }
      const body = { action, ...(flags.only === undefined ? {} : { ids: flags.only }) };
      const request = { method: 'POST', path: ['apps', app, 'drift', 'apply'], body } as const;
      const { results } = await client.call(request, keptAnswers.settled);
      show(io, flags, { json: { ...scan, results }, text: () => resultsText(results) });
      if (results.some((one) => one.state !== 'done')) io.setExitCode(1);
    });
  },
};

function actionOf({ fix, adopt, ignore }: DriftFlags): string | undefined {
  if (fix === true) return 'overwrite';
  if (adopt === true) return 'adopt';
  return ignore === true ? 'ignore' : undefined;
}
