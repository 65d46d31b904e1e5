import type { MailShape } from 'lockstep/admin-api/answers';
import type { Say } from '../../phrases/phrase.ts';
import type { settingsPhrases } from './phrases.ts';

/** Where the server read a setting. */
export type SettingSource = MailShape['sources']['server'];

/** Where a setting came from, in words; `undefined` for one that nobody set. */
export function sourceText(
  { kind, name }: SettingSource,
  say: Say<keyof typeof settingsPhrases.en>,
): string | undefined {
  return kind === 'default' ? undefined : say('fixedBy', { name: name ?? kind });
}
