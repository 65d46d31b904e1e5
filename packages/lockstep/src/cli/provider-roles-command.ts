import type { RolePreview, RoleTable } from '@lockstep/provider';
import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import { findProvider } from './find-provider.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, type Connection, connect, gather, type ServerFlags, show } from './server-command.ts';

const PROVIDER = 'Id or title of the tenant.';

/** `lockstep provider roles ...`: the roles of a tenant, and which of a directory's role values become them. */
export function registerProviderRoles(family: Command, io: CliIo): void {
  const roles = family
    .command('roles')
    .description('Roles of a tenant and the table role value -> role; what a list does not hold is refused.');
  registerList(roles, io);
  for (const change of changes) registerChange(roles, io, change);
  registerPreview(roles, io);
}

function registerList(roles: Command, io: CliIo): void {
  const list = roles.command('list').description('Lists roles and rules.').argument('<provider>', PROVIDER);
  addServerFlags(list, ['provider roles list 1234']).action(async (provider: string, flags: ServerFlags) => {
    const connection = await connect(flags, io);
    print(io, flags, await readTable(connection, await findProvider(connection, provider)));
  });
}

interface TableChange {
  readonly verb: string;
  readonly description: string;
  readonly arguments: readonly (readonly [name: string, description: string])[];
  readonly example: string;
  readonly changed: (before: RoleTable, given: readonly (string | readonly string[])[]) => RoleTable;
}

const changes: readonly TableChange[] = [
  {
    verb: 'add',
    description: 'Adds names to the list.',
    arguments: [['<names...>', 'Role names; no spaces.']],
    example: 'provider roles add 1234 Uploader Authorizer',
    changed: ({ roles, rules }, [names]) => ({
      roles: [
        ...roles,
        ...listOf(names)
          .filter((name) => !roles.some((role) => role.name === name))
          .map((name) => ({ name, isAdministrator: false })),
      ],
      rules,
    }),
  },
  {
    verb: 'remove',
    description: 'Takes names away, with the rules that lead nowhere then.',
    arguments: [['<names...>', 'Role names.']],
    example: 'provider roles remove 1234 Viewer',
    changed: ({ roles, rules }, [names]) => {
      for (const name of listOf(names)) requireRole(roles, name);
      const isGone = (name: string): boolean => listOf(names).includes(name);
      const left = rules.map((row) => ({ ...row, roles: row.roles.filter((name) => !isGone(name)) }));
      return {
        roles: roles.filter((role) => !isGone(role.name)),
        rules: left.filter((row, at) => row.roles.length > 0 || rules[at]?.roles.length === 0),
      };
    },
  },
  {
    verb: 'map',
    description: 'Says which roles a value of the directory becomes; without a role it becomes none.',
    arguments: [
      ['<value>', 'Role value, as the directory sends it.'],
      ['[roles...]', 'Role names.'],
    ],
    example: 'provider roles map 1234 Finance Uploader Viewer',
    changed: ({ roles, rules }, [value, names]) => ({
      roles,
      rules: [...rules.filter((row) => row.value !== value), { value: textOf(value), roles: listOf(names) }],
    }),
  },
  {
    verb: 'unmap',
    description: 'Takes the rule of a value away: it stands for the role of its name again.',
    arguments: [['<value>', 'Role value.']],
    example: 'provider roles unmap 1234 Finance',
    changed: ({ roles, rules }, [value]) => {
      if (rules.some((row) => row.value === value)) {
        return { roles, rules: rules.filter((row) => row.value !== value) };
      }
      throw new LockstepError('notFound', `there is no rule for ${JSON.stringify(value)}`);
    },
  },
  {
    verb: 'title',
    description: 'What people see instead of the name; the name is what role values are compared with.',
    arguments: [
      ['<name>', 'Role name.'],
      ['<title>', 'An empty one takes it away.'],
    ],
    example: 'provider roles title 1234 Uploader "Uploads invoices"',
    changed: ({ roles, rules }, [name, title]) => ({
      roles: withRole(roles, textOf(name)).map((role) =>
        role.name === name ? { ...role, title: textOf(title) } : role,
      ),
      rules,
    }),
  },
  {
    verb: 'admin',
    description: 'Says whether holders of a role administrate the tenant. The last administrator stays.',
    arguments: [
      ['<name>', 'Role name.'],
      ['<yes-or-no>', 'yes or no.'],
    ],
    example: 'provider roles admin "Customer A" Administrator yes',
    changed: ({ roles, rules }, [name, given]) => {
      if (given !== 'yes' && given !== 'no') throw new LockstepError('wrongUsage', 'say yes or no');
      const set = (role: RoleTable['roles'][number]): RoleTable['roles'][number] =>
        role.name === name ? { ...role, isAdministrator: given === 'yes' } : role;
      return { roles: withRole(roles, textOf(name)).map(set), rules };
    },
  },
];

function registerChange(roles: Command, io: CliIo, change: TableChange): void {
  const command = roles.command(change.verb).description(change.description).argument('<provider>', PROVIDER);
  for (const [name, description] of change.arguments) command.argument(name, description);
  addServerFlags(command, [change.example]).action(async (...given: readonly unknown[]) => {
    // The library hands over what was declared: the arguments, the options, the command.
    const words = given.slice(0, change.arguments.length + 1) as readonly (string | readonly string[])[];
    const flags = given[change.arguments.length + 1] as ServerFlags;
    const connection = await connect(flags, io);
    const { client, answers } = connection;
    const id = await findProvider(connection, textOf(words[0]));
    const body = change.changed(await readTable(connection, id), words.slice(1));
    print(io, flags, await client.call({ method: 'PUT', path: ['providers', id, 'roles'], body }, answers.roleTable));
  });
}

interface PreviewFlags extends ServerFlags {
  readonly map?: readonly string[];
}

function registerPreview(roles: Command, io: CliIo): void {
  const command = roles
    .command('preview')
    .description('Shows who has which roles, and would get which with other rules. Changes nothing.')
    .argument('<provider>', PROVIDER)
    .option('--map <value=roles>', 'A rule to try, roles separated by commas. May be given several times.', gather);
  addServerFlags(command, ['provider roles preview 1234 --map Finance=Uploader,Viewer']).action(
    async (provider: string, flags: PreviewFlags) => {
      const connection = await connect(flags, io);
      const id = await findProvider(connection, provider);
      const tried = (flags.map ?? []).map(readRule);
      const before = await readTable(connection, id);
      const kept = before.rules.filter((row) => !tried.some((one) => one.value === row.value));
      const items = await previewAll(connection, id, { ...before, rules: [...kept, ...tried] });
      show(io, flags, { json: { items }, text: () => previewText(items) });
    },
  );
}

async function previewAll(
  { client, answers }: Connection,
  id: string,
  table: RoleTable,
): Promise<readonly RolePreview[]> {
  const items: RolePreview[] = [];
  for (let after: string | undefined; ; ) {
    const path = ['providers', id, 'roles', 'preview'];
    const query = { limit: 1_000, after };
    const page = await client.call({ method: 'POST', path, query, body: { table } }, answers.rolePreview);
    items.push(...page.items);
    after = page.next;
    if (after === undefined) return items;
  }
}

function readRule(text: string): RoleTable['rules'][number] {
  const at = text.indexOf('=');
  if (at < 1) throw new LockstepError('wrongUsage', `--map ${JSON.stringify(text)}: write value=role,role`);
  const roles = text.slice(at + 1).split(',');
  return { value: text.slice(0, at), roles: roles.map((role) => role.trim()).filter((role) => role !== '') };
}

function previewText(items: readonly RolePreview[]): string {
  if (items.length === 0) return 'nobody has a role value';
  const list = (names: readonly string[]): string => (names.length === 0 ? '-' : plainText(names.join(', ')));
  const rows = items.map((one) => [
    plainText(one.userName),
    list(one.values),
    list(one.before),
    list(one.after),
    list(one.unknown),
    one.administratesAfter ? 'yes' : one.administratesBefore ? 'no more' : '',
  ]);
  return tableText(['account', 'values', 'roles now', 'roles then', 'unknown', 'administrator'], rows);
}

async function readTable({ client, answers }: Connection, id: string): Promise<RoleTable> {
  return client.call({ method: 'GET', path: ['providers', id, 'roles'] }, answers.roleTable);
}

function print(io: CliIo, flags: ServerFlags, table: RoleTable): void {
  const roleNames = table.roles.map(({ name }) => name);
  show(io, flags, { json: { roleNames, ...table }, text: () => tableOf(table) });
}

function tableOf({ roles, rules }: RoleTable): string {
  const names = roles.map((role) => [
    plainText(role.name),
    plainText(role.title ?? ''),
    role.isAdministrator ? 'yes' : '',
  ]);
  const rows = rules.map((row) => [plainText(row.value), plainText(row.roles.join(', '))]);
  const parts = [
    names.length === 0 ? 'the tenant keeps no list of roles' : tableText(['role', 'title', 'administrator'], names),
    ...(rows.length === 0 ? [] : [tableText(['value', 'becomes'], rows)]),
  ];
  return parts.join('\n\n');
}

function requireRole(roles: RoleTable['roles'], name: string): void {
  if (roles.some((role) => role.name === name)) return;
  throw new LockstepError('notFound', `the tenant has no role ${JSON.stringify(name)}`);
}

/** An app without a list learns of a role when something is said about it; with one, the server refuses the stranger. */
function withRole(roles: RoleTable['roles'], name: string): RoleTable['roles'] {
  return roles.some((role) => role.name === name) ? roles : [...roles, { name, isAdministrator: false }];
}

function listOf(given: string | readonly string[] | undefined): readonly string[] {
  return typeof given === 'string' ? [given] : (given ?? []);
}

function textOf(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' ? given : '';
}
