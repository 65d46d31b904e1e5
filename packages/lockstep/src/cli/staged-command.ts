import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

const LIMIT = 1_000;

/** `lockstep staged APP`: removals the guard holds. */
export const stagedCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('staged')
      .description('Lists the removals that the guard over an app holds.')
      .argument('<app>', 'Name or id of the app.');
    addServerFlags(command, ['staged Zenya']).action(async (app: string, flags: ServerFlags) => {
      const { client, answers } = await connect(flags, io);
      const request = { method: 'GET', path: ['apps', app, 'staged'], query: { limit: LIMIT } } as const;
      const { items, next } = await client.call(request, answers.staged);
      const rows = items.map((one) => [one.id, one.state, one.kind, plainText(one.displayName), plainText(one.reason)]);
      const table = (): string => tableText(['id', 'state', 'kind', 'who', 'why'], rows);
      const more = next === undefined ? '' : `\nand more than these ${LIMIT}`;
      show(io, flags, {
        json: { items },
        text: () => (rows.length === 0 ? 'the guard holds nothing' : `${table()}${more}`),
      });
    });
  },
};

interface DecideFlags extends ServerFlags {
  readonly only?: readonly string[];
}

/** `lockstep approve APP` and `lockstep reject APP`. */
export const approveCommand: CommandModule = decision(
  'approve',
  'approved',
  'Lets removals that the guard holds go ahead.',
);
export const rejectCommand: CommandModule = decision('reject', 'rejected', 'Keeps back removals that the guard holds.');

function decision(verb: 'approve' | 'reject', done: string, description: string): CommandModule {
  return {
    register: (program, io) => {
      const command = program
        .command(verb)
        .description(description)
        .argument('<app>', 'Name or id of the app.')
        .option('--only <id...>', 'Only these, by the ids that `lockstep staged` shows; without it all that wait.');
      addServerFlags(command, [`${verb} Zenya`, `${verb} Zenya --only 0b9c5b1e-8f5b-4a8e-9a43-0f6f7d3f1c55`]).action(
        (app: string, flags: DecideFlags) => decide({ app, verb, done }, flags, io),
      );
    },
  };
}

async function decide(
  what: { readonly app: string; readonly verb: string; readonly done: string },
  flags: DecideFlags,
  io: CliIo,
): Promise<void> {
  const { client, answers } = await connect(flags, io);
  const body = flags.only === undefined ? {} : { ids: flags.only };
  const request = { method: 'POST', path: ['apps', what.app, what.verb], body } as const;
  const result = await client.call(request, answers.decided);
  show(io, flags, { json: result, text: () => `${plainText(what.app)}: ${result.count} removals ${what.done}` });
}
