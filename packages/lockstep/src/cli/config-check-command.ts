import { readOutgoingRule } from '../outgoing/outgoing-rule.ts';
import type { SettingOrigin } from '../settings/read-settings.ts';
import { shownSetting } from '../settings/setting.ts';
import type { CliIo } from './cli-io.ts';
import type { CommandModule } from './command-module.ts';
import { addSettingFlags, type SettingFlags, settingsFrom } from './setting-flags.ts';

/** `lockstep config check`: every setting, its value, and where it came from. */
export const configCheckCommand: CommandModule = {
  register: (program, io) => {
    const family = program.command('config').description('Settings of the server.');
    addSettingFlags(family.command('check'))
      .description('Shows every setting, its value (secrets masked), and where it came from.')
      .option('--json', 'One JSON document on standard output.')
      .addHelpText('after', '\nExample:\n  $ LOCKSTEP_PORT=4700 lockstep config check\n')
      .action((flags: SettingFlags & { readonly json?: boolean }) => check(flags, io));
  },
};

function check(flags: SettingFlags & { readonly json?: boolean }, io: CliIo): void {
  const { json, ...rest } = flags;
  const { settings, origins, configFile } = settingsFrom(rest, io);
  readOutgoingRule(settings.outgoing);
  if (json === true) {
    const shown = origins.map((origin) => ({
      name: origin.setting.name,
      value: shownValue(origin),
      source: origin.source,
    }));
    io.writeOut(`${JSON.stringify({ configFile: configFile ?? null, settings: shown })}\n`);
    return;
  }
  const rows = origins.map((origin) => [origin.setting.name, shownValue(origin) ?? '-', origin.source]);
  const widths = [0, 1].map((at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  for (const row of rows)
    io.writeOut(
      `${row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

function shownValue(origin: SettingOrigin): string | null {
  if (origin.value === undefined) return null;
  return shownSetting(origin.setting, origin.value);
}
