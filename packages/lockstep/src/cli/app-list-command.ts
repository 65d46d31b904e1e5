import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep app list`. */
export function registerAppList(family: Command, io: CliIo): void {
  const command = family.command('list').description('Lists the apps.');
  addServerFlags(command, ['app list']).action(async (flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const apps = await client.call({ method: 'GET', path: ['apps'] }, answers.apps);
    show(io, flags, {
      json: apps,
      text: () => {
        if (apps.items.length === 0) return 'there are no apps yet; `lockstep apply -f FILE` makes some';
        const rows = apps.items.map((app) => [plainText(app.name), app.template, app.scope, app.tenantUrl]);
        return tableText(['app', 'template', 'scope', 'tenant URL'], rows);
      },
    });
  });
}
