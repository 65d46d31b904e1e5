import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep provider provisioning PROVIDER on|off`. */
export function registerProviderProvisioning(family: Command, io: CliIo): void {
  const command = family
    .command('provisioning')
    .description('Switches SCIM of a tenant on or off; an app such as Ziflow asks for single sign-on first.')
    .argument('<provider>', 'Id or title of the tenant.')
    .argument('<on-or-off>', 'on or off.');
  addServerFlags(command, ['provider provisioning "Customer A" on']).action(
    async (provider: string, provisioning: string, flags: ServerFlags) => {
      if (provisioning !== 'on' && provisioning !== 'off') throw new LockstepError('wrongUsage', 'say on or off');
      const connection = await connect(flags, io);
      const path = ['providers', await findProvider(connection, provider)];
      await connection.client.send({ method: 'PATCH', path, body: { provisioning } });
      show(io, flags, { json: { provisioning }, text: () => provisioning });
    },
  );
}
