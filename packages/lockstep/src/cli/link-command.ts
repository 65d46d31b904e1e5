import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ListFlags extends ServerFlags {
  readonly groups?: boolean;
  readonly search?: string;
  readonly limit: string;
  readonly after?: string;
}

const ID = 'Object id of the person or group, id of the account, or userPrincipalName.';

/** `lockstep link ...`: which account of an app belongs to whom. */
export const linkCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('link').description('Which account of an app belongs to whom.');
    registerList(family, io);
    registerShow(family, io);
    registerBreak(family, io);
  },
};

function registerList(family: Command, io: CliIo): void {
  const command = family
    .command('list')
    .description('Lists people, or groups, with their accounts.')
    .argument('<app>', 'Name or id of the app.')
    .option('--groups', 'Groups instead of people.')
    .option('--search <text>', 'Beginning of a name, or the id of an account.')
    .option('--limit <count>', 'How many, 500 at most.', '50')
    .option('--after <id>', 'Goes on behind this object id.');
  addServerFlags(command, ['link list Zenya', 'link list Zenya --search eva']).action(
    async (app: string, flags: ListFlags) => {
      const { client } = await connect(flags, io);
      const { links } = await import('./mapping-answers.ts');
      const { search, limit, after } = flags;
      const query = { object: flags.groups === true ? 'group' : 'user', search, limit, after };
      const found = await client.call({ method: 'GET', path: ['apps', app, 'links'], query }, links);
      const rows = found.items.map(({ displayName, objectId, account, targetId, state }) =>
        [displayName ?? '', objectId, account ?? '', targetId, state].map(plainText),
      );
      const more = found.next === undefined ? '' : `\nmore: --after ${found.next}`;
      const text = (): string =>
        rows.length === 0 ? 'no links' : `${tableText(['who', 'object id', 'account', 'account id', ''], rows)}${more}`;
      show(io, flags, { json: found, text });
    },
  );
}

function registerShow(family: Command, io: CliIo): void {
  const command = family
    .command('show')
    .description('Shows the account of one person or group.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<id>', ID);
  addServerFlags(command, ['link show Zenya eva.lind@example.com']).action(
    async (app: string, id: string, flags: ServerFlags) => {
      const { client } = await connect(flags, io);
      const { link } = await import('./mapping-answers.ts');
      const found = await client.call({ method: 'GET', path: ['apps', app, 'links', id] }, link);
      const { displayName, objectId, account, targetId, state } = found;
      const [who, what] = [displayName ?? objectId, account ?? targetId].map(plainText);
      show(io, flags, { json: found, text: () => `${who} has the account ${what} (${targetId}), ${state}` });
    },
  );
}

function registerBreak(family: Command, io: CliIo): void {
  const command = family
    .command('break')
    .description('Forgets which account belongs to somebody, while the app is paused; the next cycle matches anew.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<id>', ID);
  addServerFlags(command, ['link break Zenya eva.lind@example.com']).action(
    async (app: string, id: string, flags: ServerFlags) => {
      const { client } = await connect(flags, io);
      await client.send({ method: 'DELETE', path: ['apps', app, 'links', id] });
      const text = (): string => `${plainText(id)} is linked to no account of ${plainText(app)}; nothing else changed`;
      show(io, flags, { json: { app, id, isLinked: false }, text });
    },
  );
}
