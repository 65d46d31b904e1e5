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

interface AttributeFlags extends ObjectFlags {
  readonly type?: string;
  readonly multiValued?: string;
  readonly required?: string;
  readonly caseExact?: string;
  readonly filterable?: string;
  readonly mutability?: string;
  readonly default?: string;
  readonly references?: string;
}

/** `lockstep attribute ...`: the target attribute list of an app. */
export const attributeCommand: CommandModule = {
  register: (program, io) => {
    const family = program
      .command('attribute')
      .description('Target attributes: what an app knows of users and groups.');
    registerList(family, io);
    registerAdd(family, io);
    registerSet(family, io);
    registerRemove(family, io);
  },
};

function registerList(family: Command, io: CliIo): void {
  const command = family
    .command('list')
    .description('Lists the attributes.')
    .argument('<app>', 'Name or id of the app.')
    .option(...objectOption);
  addServerFlags(command, ['attribute list Zenvoices']).action(async (app: string, flags: ObjectFlags) => {
    const { client } = await connect(flags, io);
    const { mappingTable } = await import('./mapping-answers.ts');
    const query = { object: readObject(flags.object) };
    const found = await client.call({ method: 'GET', path: ['apps', app, 'mappings'], query }, mappingTable);
    const { targetAttributes } = found;
    const rows = targetAttributes.map((one) => [plainText(one.name), one.type, plainText(wordsOf(one))]);
    show(io, flags, { json: { items: targetAttributes }, text: () => tableText(['attribute', 'type', ''], rows) });
  });
}

function wordsOf(one: MappingTableAnswer['targetAttributes'][number]): string {
  return [
    ...(one.anchor === true ? ['key'] : []),
    ...(one.required === true ? ['required'] : []),
    ...(one.multiValued === true ? ['multi-valued'] : []),
    ...(one.filterable === true ? ['filterable'] : []),
    ...(one.caseExact === false ? ['any case'] : []),
    ...(one.mutability === undefined || one.mutability === 'ReadWrite' ? [] : [one.mutability]),
    ...(one.defaultValue === undefined ? [] : [`default ${JSON.stringify(one.defaultValue)}`]),
    ...((one.referencedObjects ?? []).length === 0
      ? []
      : [`refers to ${(one.referencedObjects ?? []).map((to) => to.referencedObjectName).join(' and ')}`]),
  ].join(', ');
}

function withFlags(command: Command): Command {
  return command
    .option('--type <type>', 'String, Boolean, Integer, Reference, DateTime or Binary.')
    .option('--multi-valued <truth>', 'true: it holds a list.')
    .option('--required <truth>', 'true: no account without it.')
    .option('--case-exact <truth>', 'false: letter case alone is no change.')
    .option('--filterable <truth>', 'true: the app can be asked for it, so it may match.')
    .option('--mutability <word>', 'ReadWrite, ReadOnly, Immutable or WriteOnly.')
    .option('--default <text>', 'In the place of a missing value when it is required; empty = none.')
    .option('--references <kinds>', 'What a Reference points at, such as User,Group; empty = not said.')
    .option(...objectOption)
    .option(...dryRunOption);
}

function registerAdd(family: Command, io: CliIo): void {
  const command = withFlags(
    family
      .command('add')
      .description('Adds an attribute.')
      .argument('<app>', 'Name or id of the app.')
      .argument('<name>', 'SCIM path, with the URN in front for an extension.'),
  );
  const examples = [
    'attribute add Zenvoices roles --multi-valued true',
    'attribute add Zenya owner --type Reference --references User',
  ];
  addServerFlags(command, examples).action(async (app: string, name: string, flags: AttributeFlags) => {
    const { defaultValue, ...rest } = flagsOf(flags);
    const shown = typeof defaultValue === 'string' ? { defaultValue } : {};
    const body = { name, type: 'String', ...rest, ...shown };
    await edit(io, flags, { method: 'POST', path: ['apps', app, 'attributes'], body });
  });
}

function registerSet(family: Command, io: CliIo): void {
  const command = withFlags(
    family
      .command('set')
      .description('Changes an attribute. What no option names stays.')
      .argument('<app>', 'Name or id of the app.')
      .argument('<name>', 'Its name.'),
  );
  addServerFlags(command, ['attribute set Zero title --filterable true']).action(
    async (app: string, name: string, flags: AttributeFlags) => {
      const body = flagsOf(flags);
      if (Object.keys(body).length === 0)
        throw new LockstepError('wrongUsage', 'say what to change, such as --required true');
      await edit(io, flags, { method: 'PUT', path: ['apps', app, 'attributes', name], body });
    },
  );
}

function registerRemove(family: Command, io: CliIo): void {
  const command = family
    .command('remove')
    .description('Takes an attribute away; one that a mapping writes stays.')
    .argument('<app>', 'Name or id of the app.')
    .argument('<name>', 'Its name.')
    .option(...objectOption)
    .option(...dryRunOption);
  addServerFlags(command, ['attribute remove Zenvoices title']).action(
    async (app: string, name: string, flags: ObjectFlags) => {
      await edit(io, flags, { method: 'DELETE', path: ['apps', app, 'attributes', name] });
    },
  );
}

interface AttributeMembers {
  readonly type?: string | undefined;
  readonly multiValued?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly caseExact?: boolean | undefined;
  readonly filterable?: boolean | undefined;
  readonly mutability?: string | undefined;
  readonly defaultValue?: string | null | undefined;
  readonly referencedObjects?: readonly { readonly referencedObjectName: string }[] | undefined;
}

function flagsOf(flags: AttributeFlags): AttributeMembers {
  return given({
    type: flags.type,
    multiValued: readTruth('--multi-valued', flags.multiValued),
    required: readTruth('--required', flags.required),
    caseExact: readTruth('--case-exact', flags.caseExact),
    filterable: readTruth('--filterable', flags.filterable),
    mutability: flags.mutability,
    defaultValue: flags.default === '' ? null : flags.default,
    referencedObjects: readReferences(flags.references),
  });
}

function readReferences(text: string | undefined): AttributeMembers['referencedObjects'] {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((referencedObjectName) => ({ referencedObjectName }));
}

interface EditCall {
  readonly method: 'POST' | 'PUT' | 'DELETE';
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
