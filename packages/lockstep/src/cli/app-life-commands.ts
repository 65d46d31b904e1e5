import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';
import { confirmationOf, readRestart } from './sync-command.ts';

/** `lockstep app start APP` and `lockstep app pause APP`. */
export function registerAppStartAndPause(family: Command, io: CliIo): void {
  const words = {
    start:
      'Lets the provisioning of an app go on from where it stood; switches its schedule on and lifts a quarantine.',
    pause: 'Pauses the provisioning of an app; a cycle that runs still runs to its end.',
  } as const;
  for (const verb of ['start', 'pause'] as const) {
    const command = family.command(verb).description(words[verb]).argument('<app>', 'Name or id of the app.');
    addServerFlags(command, [`app ${verb} Zenya`]).action(async (name: string, flags: ServerFlags) => {
      const { client, answers } = await connect(flags, io);
      const status = await client.call({ method: 'POST', path: ['apps', name, verb] }, answers.status);
      show(io, flags, { json: status, text: () => `${plainText(status.app)}: ${status.code}` });
    });
  }
}

interface RestartFlags extends ServerFlags {
  readonly scope?: string;
  readonly confirmOrphans?: string;
}

/** `lockstep app restart APP`. */
export function registerAppRestart(family: Command, io: CliIo): void {
  const command = family
    .command('restart')
    .description('Forgets what the scope names; the next cycle starts from there.')
    .argument('<app>', 'Name or id of the app.')
    .option(
      '--scope <what>',
      'watermark, escrows, quarantine, forceDeletes (several with commas) or full. Default: the first three.',
    )
    .option('--confirm-orphans <count>', 'With full: so many accounts may be left without anybody to manage them.');
  addServerFlags(command, ['app restart Zenya', 'app restart Zero --scope full --confirm-orphans 3']).action(
    async (name: string, flags: RestartFlags) => {
      const body = { scopes: readRestart(flags.scope), ...confirmationOf(flags.confirmOrphans) };
      const { client, answers } = await connect(flags, io);
      const status = await client.call({ method: 'POST', path: ['apps', name, 'restart'], body }, answers.status);
      show(io, flags, { json: status, text: () => `${plainText(status.app)}: restarted, ${status.code}` });
    },
  );
}
