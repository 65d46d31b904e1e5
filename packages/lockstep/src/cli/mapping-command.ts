import type { Command } from 'commander';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { dryRunOption, editText, given, objectOption, readObject, readTruth } from './edit-text.ts';
import type { MappingTableAnswer } from './mapping-answers.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

interface ObjectFlags extends ServerFlags {
  readonly object?: string;
  readonly dryRun?: boolean;
}

interface SetFlags extends ObjectFlags {
  readonly source?: string;
  readonly expression?: string;
  readonly constant?: string;
  readonly none?: boolean;
  readonly default?: string;
  readonly defaultOn?: string;
  readonly apply?: string;
  readonly always?: string;
  readonly clearWhenNull?: string;
  readonly enabled?: string;
  readonly match?: string;
}

interface ActionFlags extends ObjectFlags {
  readonly enabled?: string;
  readonly actions?: string;
  readonly nested?: string;
}

/** `lockstep mapping ...`: the mapping rows of an app. */
export const mappingCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('mapping').description('Mapping rows: what becomes what in an app.');
    registerList(family, io);
    registerSet(family, io);
    registerRemove(family, io);
    registerSwitch(family, io);
    registerRestore(family, io);
    registerPreview(family, io);
  },
};

function registerList(family: Command, io: CliIo): void {
  const command = family
    .command('list')
    .description('Lists the rows.')
    .argument('<app>', 'Name or id of the app.')
    .option(...objectOption);
  addServerFlags(command, ['mapping list Zenvoices', 'mapping list Zenya --object group']).action(
    async (app: string, flags: ObjectFlags) => {
      const { client } = await connect(flags, io);
      const { mappingTable } = await import('./mapping-answers.ts');
      const query = { object: readObject(flags.object) };
      const table = await client.call({ method: 'GET', path: ['apps', app, 'mappings'], query }, mappingTable);
      show(io, flags, { json: table, text: () => tableOf(table) });
    },
  );
}

function tableOf({ enabled, actions, mappings, problems, warnings }: MappingTableAnswer): string {
  const words = Object.entries(actions).flatMap(([action, isOn]) => (isOn ? [action] : []));
  const rows = mappings.map((row) => [
    plainText(row.target),
    plainText(sourceText(row.source)),
    row.matchingPrecedence === undefined ? '' : String(row.matchingPrecedence),
    plainText(detailsOf(row)),
  ]);
  const notes = [
    ...problems.map(({ target, message }) => `problem: ${target}: ${message}`),
    ...warnings.map(({ place, message }) => `warning: ${place}: ${message}`),
  ];
  const head = `${enabled ? 'on' : 'off'}: ${words.join(', ')}`;
  return [head, tableText(['target', 'source', 'match', ''], rows), ...notes.map(plainText)].join('\n');
}

function sourceText({ kind, name, text, value }: MappingTableAnswer['mappings'][number]['source']): string {
  return name ?? text ?? (value === undefined ? `(${kind})` : JSON.stringify(value));
}

function detailsOf(row: MappingTableAnswer['mappings'][number]): string {
  return [
    ...(row.enabled === false ? ['off'] : []),
    ...(row.apply === 'always' ? [] : [row.apply]),
    ...(row.defaultValue === undefined ? [] : [`default ${JSON.stringify(row.defaultValue)}`]),
    ...(row.defaultOn === 'create-and-update' ? ['also in updates'] : []),
    ...(row.clearWhenNull === true ? ['cleared when null'] : []),
    ...(row.flowBehavior === 'always' ? ['always sent'] : []),
  ].join(', ');
}

function registerSet(family: Command, io: CliIo): void {
  const command = family
    .command('set')
    .description('Changes the row of a target, or adds one. What no option names stays.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<target>', 'SCIM path, such as name.givenName; quote it for the shell.')
    .option('--source <attribute>', 'Copy of an attribute of the directory.')
    .option('--expression <text>', 'Result of an expression.')
    .option('--constant <text>', 'The same text for everybody.')
    .option('--none', 'Leave the target alone, but for the default.')
    .option('--default <text>', 'In the place of a missing value; empty = none.')
    .option('--default-on <when>', 'create (default) or create-and-update.')
    .option('--apply <when>', 'always, create-only, attribute-add-only, value-add-only or multi-value-add-only.')
    .option('--always <truth>', 'true: send it also without a difference.')
    .option('--clear-when-null <truth>', 'true: empty the target when the source is empty.')
    .option('--enabled <truth>', 'false: keep the row, but do not run it.')
    .option('--match <precedence>', 'Matching precedence from 1; 0 = not a matching attribute.')
    .option(...objectOption)
    .option(...dryRunOption);
  const examples = [
    'mapping set Zenvoices externalId --source objectId',
    `mapping set Zenvoices roles --expression 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])'`,
  ];
  addServerFlags(command, examples).action(async (app: string, target: string, flags: SetFlags) => {
    await edit(io, flags, { method: 'PUT', path: ['apps', app, 'mappings', target], body: rowOf(target, flags) });
  });
}

function rowOf(target: string, flags: SetFlags): object {
  const { source, expression, constant, none, apply, match } = flags;
  const always = readTruth('--always', flags.always);
  if (match !== undefined && !/^\d{1,3}$/.test(match)) {
    throw new LockstepError('wrongUsage', '--match is a whole number');
  }
  const row = given({
    source,
    expression,
    constant,
    none: none === true ? true : undefined,
    default: flags.default,
    defaultOn: flags.defaultOn,
    apply,
    flowBehavior: always === undefined ? undefined : always ? 'always' : 'when-changed',
    clearWhenNull: readTruth('--clear-when-null', flags.clearWhenNull),
    enabled: readTruth('--enabled', flags.enabled),
    match: match === undefined ? undefined : Number(match),
  });
  if (Object.keys(row).length > 0) return { target, ...row };
  throw new LockstepError('wrongUsage', 'say what to change, such as --source mail');
}

function registerRemove(family: Command, io: CliIo): void {
  const command = family
    .command('remove')
    .description('Deletes rows. Those of attributes the app requires stay.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<targets...>', 'Targets of the rows.')
    .option(...objectOption)
    .option(...dryRunOption);
  addServerFlags(command, ['mapping remove Zenvoices displayName title']).action(
    async (app: string, targets: readonly string[], flags: ObjectFlags) => {
      const query = { object: readObject(flags.object), dryRun: flags.dryRun === true };
      const { client } = await connect(flags, io);
      const { edit: form } = await import('./mapping-answers.ts');
      const done = [];
      for (const target of targets) {
        const request = { method: 'DELETE', path: ['apps', app, 'mappings', target], query } as const;
        done.push(await client.call(request, form));
      }
      const last = done.at(-1);
      if (last === undefined) return;
      const whole = { ...last, differences: done.flatMap((one) => one.differences) };
      show(io, flags, { json: whole, text: () => editText(whole) });
    },
  );
}

function registerSwitch(family: Command, io: CliIo): void {
  const command = family
    .command('switch')
    .description(
      'Switches the mapping of groups on or off, chooses the target object actions, or flattens nested groups.',
    )
    .argument('<app>', 'Name or id of the app.')
    .option('--enabled <truth>', 'true or false; users are always on.')
    .option('--actions <words>', 'create, update and delete, with commas; what is missing is off.')
    .option('--nested <what>', 'ignore or flatten: people in a group within a group count as members of the outer one.')
    .option(...objectOption)
    .option(...dryRunOption);
  const examples = [
    'mapping switch Zenvoices --object group --enabled false',
    'mapping switch Ziflow --actions create',
    'mapping switch Zenya --object group --nested flatten',
  ];
  addServerFlags(command, examples).action(async (app: string, flags: ActionFlags) => {
    const actions = flags.actions
      ?.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    const body = given({ enabled: readTruth('--enabled', flags.enabled), actions, nested: flags.nested });
    if (Object.keys(body).length === 0) throw new LockstepError('wrongUsage', 'give --enabled, --actions or --nested');
    await edit(io, flags, { method: 'PUT', path: ['apps', app, 'mappings'], body });
  });
}

function registerRestore(family: Command, io: CliIo): void {
  const command = family
    .command('restore')
    .description('Puts rows, target attributes and actions back to those of the template. Filters stay.')
    .argument('<app>', 'Name or id of the app.')
    .option('--object <kind>', 'Only the mapping of user or group.')
    .option(...dryRunOption);
  addServerFlags(command, ['mapping restore Zenvoices --dry-run']).action(async (app: string, flags: ObjectFlags) => {
    const body = flags.object === undefined ? {} : { object: readObject(flags.object) };
    const query = { dryRun: flags.dryRun === true };
    const { client } = await connect(flags, io);
    const { edit: form } = await import('./mapping-answers.ts');
    const answer = await client.call({ method: 'POST', path: ['apps', app, 'mappings', 'restore'], query, body }, form);
    show(io, flags, { json: answer, text: () => editText(answer) });
  });
}

function registerPreview(family: Command, io: CliIo): void {
  const command = family
    .command('preview')
    .description('Shows what each row gives for a person or a group, and asks no app.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<user>', 'Sign-in name, objectId, mail or employeeId; with --object group the name of a group.')
    .option(...objectOption);
  const examples = ['mapping preview Zenvoices eva@example.com', 'mapping preview Zenya Finance --object group'];
  addServerFlags(command, examples).action(
    async (app: string, user: string, flags: ServerFlags & { readonly object?: string }) => {
      const { client } = await connect(flags, io);
      const { mappingPreview } = await import('./mapping-answers.ts');
      const body = readObject(flags.object) === 'group' ? { group: user } : { user };
      const request = { method: 'POST', path: ['apps', app, 'mappings', 'preview'], body } as const;
      const found = await client.call(request, mappingPreview);
      const rows = found.rows.map(({ target, kind, value, text }) =>
        [target, kind, text ?? value ?? ''].map(plainText),
      );
      const scope = found.scope.inScope ? 'in scope' : 'out of scope';
      const text = (): string =>
        `${plainText(found.displayName)}: ${scope}\n${tableText(['target', '', 'value'], rows)}`;
      show(io, flags, { json: found, text });
    },
  );
}

interface EditCall {
  readonly method: 'PUT' | 'DELETE';
  readonly path: readonly string[];
  readonly body?: object;
}

async function edit(io: CliIo, flags: ObjectFlags, call: EditCall): Promise<void> {
  const query = { object: readObject(flags.object), dryRun: flags.dryRun === true };
  const { client } = await connect(flags, io);
  const { edit: form } = await import('./mapping-answers.ts');
  const answer = await client.call({ ...call, query }, form);
  show(io, flags, { json: answer, text: () => editText(answer) });
}
