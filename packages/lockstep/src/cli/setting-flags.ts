import type { Command } from 'commander';
import { type ReadSettings, readSettings } from '../settings/read-settings.ts';
import { type SettingName, settingTable } from '../settings/setting.ts';
import type { CliIo } from './cli-io.ts';

/** Options of a command that reads settings, as the parser gives them. */
export type SettingFlags = Readonly<Partial<Record<SettingName | 'config', string>>>;

/** Adds `--config` and the options of all settings that have one. */
export function addSettingFlags(command: Command): Command {
  for (const { flag, description, fallback } of settingTable) {
    if (flag === undefined) continue;
    const shown = fallback === undefined ? description : `${description} Default: ${fallback}.`;
    command.option(`${flag} <value>`, shown);
  }
  return command.option('--config <file>', 'Configuration file. Default: lockstep.config.yaml in the data folder.');
}

/** Reads the settings of a command. @throws {LockstepError} `badSetting` */
export function settingsFrom(flags: SettingFlags, io: CliIo): ReadSettings {
  const { config, ...rest } = flags;
  return readSettings({
    flags: rest,
    environment: io.environment,
    workingFolder: io.workingFolder,
    ...(config === undefined ? {} : { configFile: config }),
  });
}
