import type { SettingSource, Settings } from './read-settings.ts';
import type { SettingName } from './setting.ts';
import type { StoredName } from './stored-values.ts';

/** The setting from outside that fixes one of them. */
export const fixedBy: Readonly<Record<StoredName, SettingName>> = {
  publicUrl: 'publicUrl',
  mailServer: 'mailUrl',
  mailFrom: 'mailFrom',
  mailTo: 'mailTo',
};

/** Whether a setting is fixed from outside, and by what. */
export function fixedSource(name: StoredName, { sources }: Pick<Settings, 'sources'>): SettingSource | undefined {
  const source = sources[fixedBy[name]];
  return source.kind === 'default' ? undefined : source;
}
