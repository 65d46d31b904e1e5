import type { EntryShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { stateOf } from './entry-text.ts';
import { directoryPhrases } from './phrases.ts';

/** Whether somebody is enabled, disabled or in the recycle bin. */
export function EntryState({ entry }: { readonly entry: EntryShape }) {
  const say = usePhrases(directoryPhrases);
  const state = stateOf(entry);
  const tones = { enabled: 'success', disabled: 'neutral', deleted: 'danger' } as const;
  return <Badge tone={tones[state]}>{say(state)}</Badge>;
}
