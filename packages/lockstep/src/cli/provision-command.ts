import type { CommandModule } from './command-module.ts';
import { logText } from './log-text.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ProvisionFlags extends ServerFlags {
  readonly group?: boolean;
  readonly dryRun?: boolean;
}

/** `lockstep provision APP USER`: one person now, with the steps. */
export const provisionCommand: CommandModule = {
  register: (program, io) => {
    const command = program
      .command('provision')
      .description('Provisions one person into an app now and tells every step. Exit code 1 when it failed.')
      .argument('<app>', 'Name or id of the app.')
      .argument('<user>', 'Any name of the person, or with --group of the group.')
      .option('--group', 'Provision a group.')
      .option('--dry-run', 'Tell what would happen and send nothing that writes.');
    addServerFlags(command, ['provision Zenvoices eva.lind@noordlicht.example --dry-run']).action(
      async (app: string, name: string, flags: ProvisionFlags) => {
        const { client, answers } = await connect(flags, io);
        const subject = flags.group === true ? { group: name } : { user: name };
        const body = { ...subject, isDryRun: flags.dryRun === true };
        const record = await client.call({ method: 'POST', path: ['apps', app, 'provision'], body }, answers.log);
        show(io, flags, { json: record, text: () => logText(record) });
        if (record.status === 'failure') io.setExitCode(1);
      },
    );
  },
};
