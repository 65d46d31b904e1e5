import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { findingText, readFindings, resultsText, scanText } from './finding-text.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ImportFlags extends ServerFlags {
  readonly action?: string;
  readonly class?: string;
  readonly only?: readonly string[];
  readonly filter?: string;
  readonly role?: string;
  readonly disabled?: boolean;
  readonly dryRun?: boolean;
  readonly safeguard?: string;
}

/** `lockstep import APP`, `import list APP`, `import apply APP`. */
export const importCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('import').description('Finds the accounts of an app, and takes them over.');
    const scan = family
      .command('scan', { isDefault: true })
      .description('Looks through the app, and says whose each account is; changes nothing.')
      .argument('<app>', 'Name or id of the app.')
      .option('--dry-run', 'As without: a look changes nothing.');
    addServerFlags(scan, ['import Ziflow', 'import Ziflow --dry-run']).action(
      async (app: string, flags: ImportFlags) => {
        const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
        const result = await client.call({ method: 'POST', path: ['apps', app, 'import', 'scan'] }, keptAnswers.scan);
        show(io, flags, { json: result, text: () => scanText(result) });
      },
    );
    const list = family
      .command('list')
      .description('Shows what was found.')
      .argument('<app>', 'Name or id of the app.')
      .option('--class <class>', 'Only assigned, unassigned, local or ambiguous ones.');
    addServerFlags(list, ['import list Ziflow --class local']).action(async (app: string, flags: ImportFlags) => {
      const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
      const items = await readFindings(client, { path: ['apps', app, 'import'], class: flags.class }, keptAnswers);
      show(io, flags, {
        json: { items },
        text: () => (items.length === 0 ? 'nothing is open' : items.map(findingText).join('\n')),
      });
    });
    const apply = family
      .command('apply')
      .description('Links, assigns, makes people of, or ignores what was found.')
      .argument('<app>', 'Name or id of the app.')
      .requiredOption('--action <action>', 'link, assign, create or ignore.')
      .option('--class <class>', 'All of a class: assigned, unassigned, local or ambiguous.')
      .option('--only <id...>', 'Only these findings.')
      .option('--filter <filter>', 'Of those only accounts that a SCIM filter matches.')
      .option('--role <value>', 'Role for whom is assigned.')
      .option('--disabled', 'With create: the people cannot sign in.')
      .option('--dry-run', 'Show what would be done and change nothing.')
      .option('--safeguard <percent>', 'With create: most people to make, in percent of the directory. Default 20.');
    addServerFlags(apply, [
      'import apply Ziflow --action link --class assigned',
      'import apply Ziflow --action create --class local --dry-run',
      `import apply Ziflow --action assign --class unassigned --filter 'title eq "Clerk"'`,
    ]).action((app: string, flags: ImportFlags) => applyFindings(app, flags, io));
  },
};

async function applyFindings(app: string, flags: ImportFlags, io: CliIo): Promise<void> {
  if ((flags.class === undefined) === (flags.only === undefined)) {
    throw new LockstepError('wrongUsage', 'either --class or --only is needed');
  }
  const [{ client }, { keptAnswers }] = await Promise.all([connect(flags, io), import('./kept-answers.ts')]);
  const body = {
    action: flags.action,
    class: flags.class,
    ids: flags.only,
    filter: flags.filter,
    role: flags.role,
    isDisabled: flags.disabled,
    isDryRun: flags.dryRun,
    safeguardPercent: flags.safeguard === undefined ? undefined : Number(flags.safeguard),
  };
  const request = { method: 'POST', path: ['apps', app, 'import', 'apply'], body } as const;
  const { results } = await client.call(request, keptAnswers.settled);
  show(io, flags, { json: { results }, text: () => resultsText(results) });
  if (results.some((one) => one.state !== 'done' && one.state !== 'planned')) io.setExitCode(1);
}
