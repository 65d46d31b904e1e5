import type { Command } from 'commander';
import type { AppAnswer, ObjectMappingAnswer } from './answers.ts';
import type { CliIo } from './cli-io.ts';
import { plainText, tableText } from './print-table.ts';
import { addServerFlags, connect, type ServerFlags, show } from './server-command.ts';

/** `lockstep app show APP`. */
export function registerAppShow(family: Command, io: CliIo): void {
  const command = family
    .command('show')
    .description('Shows an app: where it is, its mappings, and its roles.')
    .argument('<app>', 'Name or id of the app.');
  addServerFlags(command, ['app show Zenvoices']).action(async (name: string, flags: ServerFlags) => {
    const { client, answers } = await connect(flags, io);
    const found = await client.call({ method: 'GET', path: ['apps', name] }, answers.app);
    show(io, flags, { json: found, text: () => appText(found) });
  });
}

function appText(found: AppAnswer): string {
  const { app, definition, roles } = found;
  const { interval, onChange, enabled } = app.schedule;
  const facts = [
    ['app', plainText(app.name)],
    ['id', app.id],
    ['template', app.template],
    ['tenant URL', app.tenantUrl],
    ['secret token', app.hasSecret ? '********' : 'none yet'],
    ['scope', app.scope === 'all' ? 'all users and groups' : 'only assigned users and groups'],
    ['schedule', enabled ? `every ${interval}${onChange ? ' and when something changes' : ''}` : 'off'],
    ['dialect', app.dialect],
  ];
  return [
    facts.map(([name = '', value = '']) => `${name.padEnd(12)}  ${value}`).join('\n'),
    mappingText('users', definition.users),
    mappingText('groups', definition.groups),
    ...(roles.length === 0 ? [] : [`roles: ${plainText(roles.map((role) => role.value).join('  '))}`]),
  ].join('\n\n');
}

function mappingText(title: string, mapping: ObjectMappingAnswer): string {
  if (!mapping.enabled) return `${title}: off`;
  const actions = Object.entries(mapping.actions).flatMap(([action, isOn]) => (isOn ? [action] : []));
  const rows = mapping.mappings.map((row) => [
    plainText(row.target),
    plainText(
      row.source.name ?? row.source.text ?? (row.source.value === undefined ? '' : JSON.stringify(row.source.value)),
    ),
    row.matchingPrecedence === undefined ? '' : String(row.matchingPrecedence),
  ]);
  return `${title}: ${actions.join(', ')}\n${tableText(['target', 'source', 'match'], rows)}`;
}
