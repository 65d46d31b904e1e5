import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, gather, type ServerFlags, show } from './server-command.ts';

interface AddFlags extends ServerFlags {
  readonly profile: string;
  readonly title: string;
  readonly dialect?: string;
  readonly allow?: readonly string[];
  readonly provisioning?: string;
}

/** `lockstep provider add --profile NAME --title T`. */
export function registerProviderAdd(family: Command, io: CliIo): void {
  const command = family
    .command('add')
    .description('Makes a tenant. Its token is printed once and never again.')
    .requiredOption('--profile <name>', 'How the app behaves: generic, zenya, zero, ziflow or zenvoices.')
    .requiredOption('--title <title>', 'What people call the tenant.')
    .option('--dialect <dialect>', 'lenient (default) or strict.')
    .option('--provisioning <state>', 'off: SCIM is refused until it is switched on in the app. Default: on.')
    .option('--allow <cidr>', 'Addresses that may call; may be given several times. Default everybody.', gather);
  addServerFlags(command, ['provider add --profile generic --title "Our app" --allow 10.0.0.0/8']).action(
    async (flags: AddFlags) => {
      const { profile, title, dialect, allow, provisioning } = flags;
      if (dialect !== undefined && dialect !== 'lenient' && dialect !== 'strict') {
        throw new LockstepError('wrongUsage', `--dialect: ${dialect} is neither lenient nor strict`);
      }
      const { client, answers } = await connect(flags, io);
      const body = {
        profile,
        title,
        ...(dialect === undefined ? {} : { dialect }),
        ...(provisioning === undefined ? {} : { provisioning }),
        ...(allow === undefined ? {} : { allowedAddresses: allow }),
      };
      const made = await client.call({ method: 'POST', path: ['providers'], body }, answers.newProvider);
      show(io, flags, {
        json: made,
        text: () =>
          [
            `${plainText(made.title)} (${made.id})`,
            `Tenant URL:   ${made.scimUrl}`,
            `Secret Token: ${made.token}`,
          ].join('\n'),
      });
      io.writeError('copy the token now: it is never shown again\n');
    },
  );
}
