import type { StatusShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { appState } from './app-state.ts';
import { appFramePhrases } from './phrases.ts';

/** An app's state in a word. */
export function AppBadge({ status }: { readonly status: StatusShape }) {
  const say = usePhrases(appFramePhrases);
  const { phrase, tone } = appState(status);
  return <Badge tone={tone}>{say(phrase)}</Badge>;
}
