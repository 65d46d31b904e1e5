import { LockstepError } from '../lockstep-error.ts';
import type { PlannedAnswer } from './answers.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { cycleText } from './cycle-text.ts';
import { applyKept, keepPlan } from './kept-plan.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface SyncFlags extends ServerFlags {
  readonly wait?: boolean;
  readonly plan?: boolean;
  readonly output?: string;
  readonly apply?: string;
  readonly restart?: string;
  readonly confirmOrphans?: string;
}

const RESTARTS = ['watermark', 'escrows', 'quarantine', 'forceDeletes', 'full'];

/** `lockstep sync APP`: a cycle now. */
export const syncCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('sync')
      .description('Runs a cycle of an app now.')
      .argument('<app>', 'Name or id of the app.')
      .option('--wait', 'Wait until the cycle has ended. Exit code 1 when it failed.')
      .option('--plan', 'Show what the cycle would do and send nothing that writes.')
      .option('-o, --output <file>', 'With --plan: keep the plan on the server and write it to a file.')
      .option('--apply <file>', 'Carry out exactly a plan that was kept; whatever has changed since is refused.')
      .option('--restart <what>', `Forget first: ${RESTARTS.slice(0, -1).join(', ')} (several with commas) or full.`);
    command.option(
      '--confirm-orphans <count>',
      'With full: so many accounts may be left without anybody to manage them.',
    );
    addServerFlags(command, [
      'sync Zenya --wait',
      'sync Zenvoices --plan',
      'sync Zenvoices --plan -o plan.json',
      'sync Zenvoices --apply plan.json',
      'sync Zero --restart full --wait',
    ]).action(async (app: string, flags: SyncFlags) => {
      if (flags.apply !== undefined) return applyKept(flags.apply, flags, io);
      if (flags.plan !== true) return sync(app, flags, io);
      return flags.output === undefined ? plan(app, flags, io) : keepPlan({ app, file: flags.output }, flags, io);
    });
  },
};

async function sync(app: string, flags: SyncFlags, io: CliIo): Promise<void> {
  const restart = readRestart(flags.restart);
  const { client, answers } = await connect(flags, io);
  const wait = flags.wait === true;
  const request = {
    method: 'POST',
    path: ['apps', app, 'sync'],
    body: { wait, restart, ...confirmationOf(flags.confirmOrphans) },
  } as const;
  if (!wait) {
    const status = await client.call(request, answers.status);
    show(io, flags, {
      json: status,
      text: () => `${plainText(status.app)}: a cycle has begun; see \`lockstep status\``,
    });
    return;
  }
  const cycle = await client.call(request, answers.cycle);
  show(io, flags, { json: cycle, text: () => `${plainText(app)}: ${cycleText(cycle)}` });
  if (cycle.state === 'failed') io.setExitCode(1);
}

/** The number of orphans an administrator has agreed to, as the admin API takes it. */
export function confirmationOf(text: string | undefined): { readonly confirmOrphans?: number } {
  if (text === undefined) return {};
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return { confirmOrphans: count };
  throw new LockstepError('wrongUsage', `--confirm-orphans: ${text} is no whole number`);
}

/** Scopes of a restart from a text with commas. @throws {LockstepError} `wrongUsage` */
export function readRestart(text: string | undefined): readonly string[] {
  const given = text === undefined ? [] : text.split(',').map((one) => one.trim());
  const unknown = given.find((one) => !RESTARTS.includes(one));
  if (unknown === undefined) return given;
  throw new LockstepError('wrongUsage', `--restart: ${unknown} is none of ${RESTARTS.join(', ')}`);
}

/** With `--json` one line an object, as they come. */
async function plan(app: string, flags: SyncFlags, io: CliIo): Promise<void> {
  if (flags.restart !== undefined)
    throw new LockstepError('wrongUsage', '--plan changes nothing, so it goes without --restart');
  const { client, answers } = await connect(flags, io);
  const counts = new Map<string, number>();
  for await (const item of client.lines({ method: 'GET', path: ['apps', app, 'plan'] }, answers.planned)) {
    counts.set(item.action, (counts.get(item.action) ?? 0) + 1);
    if (flags.json === true) io.writeOut(`${JSON.stringify(item)}\n`);
    else if (item.action !== 'skip') io.writeOut(`${plannedText(item)}\n`);
  }
  const shown = [...counts].map(([action, count]) => `${count} ${action}`);
  io.writeError(
    `${shown.length === 0 ? 'the next cycle has nothing to look at' : shown.join(', ')}; nothing was sent\n`,
  );
}

const VALUE_LENGTH_MAX = 60;

function plannedText(item: PlannedAnswer): string {
  const isShown = item.action === 'update' || item.action === 'link' || item.action === 'disable';
  const changes = item.changes.map(
    ({ attribute, oldValue, newValue }) => `${attribute}: ${short(oldValue)} -> ${short(newValue)}`,
  );
  const detail = isShown && changes.length > 0 ? changes.join('; ') : item.text;
  return plainText(`${item.action.padEnd(7)}  ${item.objectType.padEnd(5)}  ${item.source.displayName}  ${detail}`);
}

function short(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX)}...`;
}
