import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { entryText } from './entry-text.ts';
import { plainText } from './print-table.ts';
import { addServerFlags, type Connection, connect, type ServerFlags, show } from './server-command.ts';

interface GetFlags extends ServerFlags {
  readonly group?: boolean;
}

/** `lockstep directory get USER`: one person, or with `--group` one group and its members. */
export function registerDirectoryGet(family: Command, io: CliIo): void {
  const command = family
    .command('get')
    .description('Shows a person: by sign-in name, objectId, mail, employeeId or display name.')
    .argument('<user>', 'The person, or with --group the group.')
    .option('--group', 'Show a group and its direct members.');
  addServerFlags(command, ['directory get eva.lind@noordlicht.example', 'directory get --group Finance']).action(
    async (name: string, flags: GetFlags) => {
      if (flags.group === true) await getGroup(name, flags, io);
      else await getPerson(name, flags, io);
    },
  );
}

async function getPerson(name: string, flags: GetFlags, io: CliIo): Promise<void> {
  const { client, answers } = await connect(flags, io);
  const found = await client.call({ method: 'GET', path: ['directory', 'users', name] }, answers.foundEntry);
  const groups = found.memberOf.map((group) => group.displayName ?? group.objectId);
  show(io, flags, {
    json: found,
    text: () => `${entryText(found.entry)}\n\ngroups: ${groups.length === 0 ? 'none' : plainText(groups.join(', '))}`,
  });
}

async function getGroup(name: string, flags: GetFlags, io: CliIo): Promise<void> {
  const connection = await connect(flags, io);
  const { client, answers } = connection;
  const found = await client.call({ method: 'GET', path: ['directory', 'groups', name] }, answers.foundEntry);
  const members = await readMembers(connection, found.entry.objectId);
  show(io, flags, {
    json: { ...found, members },
    text: () => {
      const lines = members.map((one) =>
        plainText(`  ${one.displayName ?? one.objectId}${one.type === 'Group' ? ' (group)' : ''}`),
      );
      return [entryText(found.entry), '', `members: ${members.length}`, ...lines].join('\n');
    },
  });
}

type Member = Awaited<ReturnType<typeof readPage>>['items'][number];

/** Pages a group may have before something is taken to be wrong with the answers. */
const PAGES_MAX = 10_000;

async function readMembers(connection: Connection, groupId: string): Promise<readonly Member[]> {
  const members: Member[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await readPage(connection, groupId, after);
    members.push(...page.items);
    after = page.next;
    if (after === undefined) return members;
  }
  throw new LockstepError('unreachable', 'the server never comes to the end of the members');
}

function readPage({ client, answers }: Connection, groupId: string, after: string | undefined) {
  const query = { limit: 1_000, after };
  return client.call({ method: 'GET', path: ['directory', 'groups', groupId, 'members'], query }, answers.members);
}
