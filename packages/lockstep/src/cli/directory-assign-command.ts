import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, type Connection, connect, gather, type ServerFlags, show } from './server-command.ts';

/** `lockstep directory assign APP USER_OR_GROUP [--role VALUE]...`. */
export function registerAssign(family: Command, io: CliIo): void {
  const command = family
    .command('assign')
    .description('Assigns a person or group to an app: whoever is assigned gets an account.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<user-or-group>', 'Any name of a person, or the name of a group.')
    .option('--role <value>', 'Value of an app role; may be given several times. Without it Default Access.', gather);
  addServerFlags(command, [
    'directory assign Zenvoices eva.lind@noordlicht.example --role Viewer',
    'directory assign Zenya "Works Council"',
  ]).action(async (app: string, name: string, flags: ServerFlags & { readonly role?: readonly string[] }) => {
    const connection = await connect(flags, io);
    const principal = await findPrincipal(connection, name);
    const body = { ...principal, ...(flags.role === undefined ? {} : { roles: flags.role }) };
    const { client, answers } = connection;
    const result = await client.call({ method: 'POST', path: ['apps', app, 'assignments'], body }, answers.assigned);
    const text = result.added === 0 ? `${name} was assigned to ${app} already` : `${name} is assigned to ${app}`;
    show(io, flags, { json: result, text: () => plainText(text) });
  });
}

/** The API is told whether a person or a group is meant; here either is named. */
async function findPrincipal(
  { client, answers }: Connection,
  name: string,
): Promise<{ readonly user: string } | { readonly group: string }> {
  try {
    const found = await client.call({ method: 'GET', path: ['directory', 'users', name] }, answers.foundEntry);
    return { user: found.entry.objectId };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'notFound') throw error;
  }
  try {
    const found = await client.call({ method: 'GET', path: ['directory', 'groups', name] }, answers.foundEntry);
    return { group: found.entry.objectId };
  } catch (error) {
    if (!(error instanceof LockstepError) || error.code !== 'notFound') throw error;
    const message = `there is neither a person nor a group ${JSON.stringify(name)} in the directory`;
    throw new LockstepError('notFound', message, { cause: error });
  }
}

/** `lockstep directory unassign APP USER_OR_GROUP [--role VALUE]`. */
export function registerUnassign(family: Command, io: CliIo): void {
  const command = family
    .command('unassign')
    .description('Takes the assignment of a person or group to an app away: accounts are disabled.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<user-or-group>', 'Any name of a person, or the name of a group.')
    .option('--role <value>', 'Take only this role away.');
  addServerFlags(command, ['directory unassign Zenvoices eva.lind@noordlicht.example']).action(
    async (app: string, name: string, flags: ServerFlags & { readonly role?: string }) => {
      const { client, answers } = await connect(flags, io);
      const query = { principal: name, role: flags.role };
      const path = ['apps', app, 'assignments'];
      const result = await client.call({ method: 'DELETE', path, query }, answers.unassigned);
      const text = result.isRemoved
        ? `${name} is not assigned to ${app} any more`
        : `${name} was not assigned to ${app}`;
      show(io, flags, { json: result, text: () => plainText(text) });
    },
  );
}
