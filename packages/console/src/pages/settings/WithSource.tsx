import type { SettingShape } from 'lockstep/admin-api/answers';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';
import { fixedText } from './source-text.ts';

interface WithSourceProps {
  readonly text: string;
  readonly setting: Pick<SettingShape<unknown>, 'source'>;
}

/** A setting as text, with what fixes it. */
export function WithSource({ text, setting }: WithSourceProps) {
  const fixed = fixedText(setting, usePhrases(settingsPhrases));
  return (
    <>
      <span className="break-all">{text}</span>
      {fixed !== undefined && <span className="block text-muted text-xs">{fixed}</span>}
    </>
  );
}
