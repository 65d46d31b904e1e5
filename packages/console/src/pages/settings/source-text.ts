import type { SettingShape } from 'lockstep/admin-api/answers';
import type { Say } from '../../phrases/phrase.ts';
import type { settingsPhrases } from './phrases.ts';

/** A setting with where it came from, whatever it holds. */
type Standing = Pick<SettingShape<unknown>, 'source'>;

/** Whether it is fixed from outside, so that it cannot be changed here. */
export function isFixed({ source }: Standing): boolean {
  return source.kind !== 'default' && source.kind !== 'stored';
}

/** By what a setting is fixed, in words; `undefined` for one that may be changed here. */
export function fixedText(standing: Standing, say: Say<keyof typeof settingsPhrases.en>): string | undefined {
  const { kind, name } = standing.source;
  return isFixed(standing) ? say('fixedBy', { name: name ?? kind }) : undefined;
}
