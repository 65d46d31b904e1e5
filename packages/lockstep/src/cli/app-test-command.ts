import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep app test APP`: Test Connection. */
export function registerAppTest(family: Command, io: CliIo): void {
  const command = family
    .command('test')
    .description('Tests the connection: asks the app for a user that cannot exist. Exit code 1 when that fails.')
    .argument('<app>', 'Name or id of the app.');
  addServerFlags(command, ['app test Zenya']).action(async (name: string, flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const result = await client.call({ method: 'POST', path: ['apps', name, 'test'] }, answers.connection);
    if (!result.isOk) {
      const { message = 'it is not said why', hint } = result;
      const text = `${name}: the connection failed: ${message}`;
      throw new LockstepError('unreachable', plainText(text), hint === undefined ? {} : { hint });
    }
    const text = (): string => `${plainText(name)}: the connection works${featuresText(result.features)}`;
    show(io, flags, { json: result, text });
  });
}

/** What the app can do beside the least, in one sentence. */
function featuresText(features: Readonly<Record<string, boolean | number>> = {}): string {
  const can = Object.entries(features).flatMap(([name, value]) => (value === true ? [name] : []));
  const cannot = Object.entries(features).flatMap(([name, value]) => (value === false ? [name] : []));
  const parts = [
    ...(can.length === 0 ? [] : [`it can ${can.join(', ')}`]),
    ...(cannot.length === 0 ? [] : [`it cannot ${cannot.join(', ')}`]),
  ];
  return parts.length === 0 ? '' : `; ${parts.join('; ')}`;
}
