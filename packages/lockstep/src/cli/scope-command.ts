import type { Command } from 'commander';
import type { ScopeShape } from '../admin-api/scope-routes.ts';
import type { ScopeCounts } from '../apps/count-scope.ts';
import { LockstepError } from '../lockstep-error.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { dryRunOption, editText, objectOption, readObject } from './edit-text.ts';
import { plainText } from './print-table.ts';
import { readTextFile } from './read-file.ts';
import { addServerFlags, connect, gather, type ServerFlags, show } from './server-command.ts';

interface ScopeFlags extends ServerFlags {
  readonly scope?: string;
  readonly filter?: readonly string[];
  readonly filters?: string;
  readonly clear?: boolean;
  readonly input?: boolean;
  readonly object?: string;
  readonly dryRun?: boolean;
}

/** `lockstep scope ...`: whom an app looks at. */
export const scopeCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('scope').description('Whom an app looks at: assigned or all, and filters.');
    registerShow(family, io);
    registerSet(family, io);
    registerPreview(family, io);
  },
};

function registerShow(family: Command, io: CliIo): void {
  const command = family.command('show').description('Shows the scope.').argument('<app>', 'Name or id of the app.');
  addServerFlags(command, ['scope show Zenvoices']).action(async (app: string, flags: ServerFlags) => {
    const { client } = await connect(flags, io);
    const { scope } = await import('./mapping-answers.ts');
    const found = await client.call({ method: 'GET', path: ['apps', app, 'scope'] }, scope);
    show(io, flags, { json: found, text: () => scopeText(found) });
  });
}

function scopeText({ scope, users, groups }: ScopeShape): string {
  const list = (title: string, filters: ScopeShape['users']['filters']): readonly string[] =>
    filters.map((filter) => plainText(`${title} "${filter.title}": ${JSON.stringify(filter.clauses)}`));
  return [
    scope === 'all' ? 'all users and groups' : 'only assigned users and groups',
    ...list('users, filter', users.filters),
    ...list('users, input filter', users.inputFilters),
    ...list('groups, filter', groups.filters),
    ...list('groups, input filter', groups.inputFilters),
  ].join('\n');
}

function withChange(command: Command): Command {
  return command
    .option('--scope <word>', 'assigned or all.')
    .option(
      '--filter <text>',
      'A filter, such as "department EQUALS Sales AND city IS NOT NULL"; may be given again.',
      gather,
    )
    .option('--filters <file>', 'Filters as a JSON list in the form of lockstep.yaml; `-` = standard input.')
    .option('--clear', 'Take all filters away.')
    .option('--input', 'The input filters are meant: who fails them is not seen, and keeps the account.')
    .option(...objectOption);
}

function registerSet(family: Command, io: CliIo): void {
  const command = withChange(
    family.command('set').description('Sets scope or filters.').argument('<app>', 'Name or id of the app.'),
  ).option(...dryRunOption);
  addServerFlags(command, ['scope set Zenya --filter "department EQUALS Sales"', 'scope set Zenya --scope all']).action(
    async (app: string, flags: ScopeFlags) => {
      const body = changeOf(flags, io);
      if (Object.keys(body).length === 0)
        throw new LockstepError('wrongUsage', 'give --scope, --filter, --filters or --clear');
      const { client } = await connect(flags, io);
      const { edit } = await import('./mapping-answers.ts');
      const query = { dryRun: flags.dryRun === true };
      const answer = await client.call({ method: 'PUT', path: ['apps', app, 'scope'], query, body }, edit);
      show(io, flags, { json: answer, text: () => editText(answer) });
    },
  );
}

function registerPreview(family: Command, io: CliIo): void {
  const command = withChange(
    family
      .command('preview')
      .description(
        'Counts whom the scope lets in, or would with other filters; with --object group which groups. Changes nothing.',
      )
      .argument('<app>', 'Name or id of the app.'),
  );
  addServerFlags(command, ['scope preview Zenya --filter "department EQUALS Sales"']).action(
    async (app: string, flags: ScopeFlags) => {
      const body = changeOf(flags, io);
      const { client } = await connect(flags, io);
      const { scopeCounts } = await import('./mapping-answers.ts');
      const query = { object: readObject(flags.object) };
      const request = { method: 'POST', path: ['apps', app, 'scope', 'preview'], query, body } as const;
      const counts = await client.call(request, scopeCounts);
      show(io, flags, { json: counts, text: () => countsText(counts) });
    },
  );
}

function countsText({ total, inScope, passFilters, isWhole, failures, samples }: ScopeCounts): string {
  const head = `${inScope} of ${total}${isWhole ? '' : ' (the first ones)'} are in scope; ${passFilters} pass the filters`;
  return [
    head,
    ...failures.map(({ filter, clause, count }) => `  ${count} fail "${filter}": ${clause}`),
    ...samples.map(({ displayName, inScope: isIn, text }) =>
      `  ${isIn ? 'in ' : 'out'}  ${displayName}  ${text ?? ''}`.trimEnd(),
    ),
  ]
    .map(plainText)
    .join('\n');
}

function changeOf(flags: ScopeFlags, io: CliIo): Readonly<Record<string, unknown>> {
  const { scope } = flags;
  if (scope !== undefined && scope !== 'assigned' && scope !== 'all') {
    throw new LockstepError('wrongUsage', '--scope is assigned or all');
  }
  const filters = filtersOf(flags, io);
  const part = readObject(flags.object) === 'user' ? 'users' : 'groups';
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(filters === undefined ? {} : { [part]: { [flags.input === true ? 'inputFilters' : 'filters']: filters } }),
  };
}

function filtersOf({ filter = [], filters, clear }: ScopeFlags, io: CliIo): unknown {
  const ways = [filter.length > 0, filters !== undefined, clear === true].filter(Boolean).length;
  if (ways > 1) throw new LockstepError('wrongUsage', 'only one of --filter, --filters and --clear may be given');
  if (clear === true) return [];
  if (filters !== undefined) return readFilters(filters, io);
  return filter.length === 0
    ? undefined
    : filter.map((text) => ({ title: text, clauses: text.split(' AND ').map(readClause) }));
}

function readFilters(file: string, io: CliIo): unknown {
  try {
    return JSON.parse(readTextFile(file, io));
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError('wrongUsage', `${file} is no JSON`, { cause: error });
  }
}

/** Longest first, so that `IS NOT NULL` is not read as something shorter. */
const OPERATORS: readonly string[] = [
  'GREATER_THAN_OR_EQUALS',
  'NOT REGEX MATCH',
  'IS NOT MEMBER OF',
  'IS MEMBER OF',
  'GREATER_THAN',
  'REGEX MATCH',
  'IS NOT NULL',
  'NOT EQUALS',
  'ENDS_WITH',
  'INCLUDES',
  'IS FALSE',
  'IS NULL',
  'IS TRUE',
  'EQUALS',
];

function readClause(text: string): object {
  const [, attribute = '', rest = ''] = /^\s*(\S+)\s+(.*)$/s.exec(text) ?? [];
  const operator = OPERATORS.find((one) => rest === one || rest.startsWith(`${one} `));
  if (operator === undefined) {
    const message = `${JSON.stringify(text.trim())} is not of the form "attribute OPERATOR value"`;
    throw new LockstepError('wrongUsage', message, { hint: `Operators are ${OPERATORS.join(', ')}.` });
  }
  const value = rest.slice(operator.length).trim();
  return { attribute, operator, ...(value === '' ? {} : { value }) };
}
