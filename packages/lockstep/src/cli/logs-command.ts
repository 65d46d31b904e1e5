import type { LogShape } from '../admin-api/log-shape.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { logLine } from './log-text.ts';
import { addServerFlags, type Connection, connect, type ServerFlags } from './server-command.ts';

interface LogFlags extends ServerFlags {
  readonly user?: string;
  readonly status?: string;
  readonly action?: string;
  readonly cycle?: string;
  readonly change?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly follow?: boolean;
}

const STATUSES = ['success', 'warning', 'failure', 'skipped'];
const LIMIT_MAX = 1_000;
/** How often a followed log is asked for what is new. */
const FOLLOW_MS = 500;

/** `lockstep logs [APP]`: the provisioning log. */
export const logsCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('logs')
      .description('Shows the newest records of the provisioning log, oldest first.')
      .argument('[app]', 'Name or id of an app.')
      .option('--user <user>', 'Only of this person or group: any name of theirs.')
      .option('--status <status>', `Only ${STATUSES.join(', ')}.`)
      .option('--action <action>', 'Only create, update, delete, disable, stagedDelete or other.')
      .option('--cycle <id>', 'Only of this cycle.')
      .option('--change <id>', 'Only this change.')
      .option('--from <time>', 'Not before this time, such as 2026-01-05T08:00:00Z.')
      .option('--to <time>', 'Before this time.')
      .option('--limit <count>', `How many, at most ${LIMIT_MAX}.`, '50')
      .option('--follow', 'Go on with new records as they come, until interrupted; with --json one record a line.');
    addServerFlags(command, ['logs Zenya --status failure', 'logs --user eva.lind@noordlicht.example --follow']).action(
      async (app: string | undefined, flags: LogFlags) => run(app, flags, io),
    );
  },
};

async function run(app: string | undefined, flags: LogFlags, io: CliIo): Promise<void> {
  const { user, action, cycle, change, from, to } = flags;
  const query = {
    app,
    user,
    action,
    cycle,
    change,
    from,
    to,
    status: statusOf(flags.status),
    limit: limitOf(flags.limit),
  };
  const connection = await connect(flags, io);
  const newest = await read(connection, query);
  const items = newest.items.toReversed();
  if (flags.json === true && flags.follow !== true) {
    io.writeOut(`${JSON.stringify({ items })}\n`);
    return;
  }
  print(items, flags, io);
  if (flags.follow !== true) return;
  await follow(connection, { query, after: newest.next, print: (records) => print(records, flags, io) }, io);
}

type Query = Readonly<Record<string, string | number | undefined>>;

function read({ client, answers }: Connection, query: Query) {
  return client.call({ method: 'GET', path: ['logs'], query }, answers.logs);
}

async function follow(
  connection: Connection,
  from: { readonly query: Query; readonly after: string; readonly print: (records: readonly LogShape[]) => void },
  io: CliIo,
): Promise<void> {
  let isInterrupted = false;
  const interrupted = io.untilSignal().then(() => {
    isInterrupted = true;
  });
  let { after } = from;
  while (!isInterrupted) {
    const page = await read(connection, { ...from.query, after, limit: LIMIT_MAX });
    from.print(page.items);
    after = page.next;
    if (page.items.length < LIMIT_MAX) await Promise.race([interrupted, pause(FOLLOW_MS)]);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function print(records: readonly LogShape[], flags: LogFlags, io: CliIo): void {
  for (const record of records) io.writeOut(`${flags.json === true ? JSON.stringify(record) : logLine(record)}\n`);
}

function statusOf(text: string | undefined): string | undefined {
  if (text === undefined || STATUSES.includes(text)) return text;
  throw new LockstepError('wrongUsage', `--status: ${text} is none of ${STATUSES.join(', ')}`);
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new LockstepError('wrongUsage', `--limit: ${text} is no whole number from 1 to ${LIMIT_MAX}`);
}
