import type { FeedShape } from 'lockstep/admin-api/answers';
import { Notice } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { designPhrases } from '../../../design/phrases.ts';
import { spanText } from '../../../design/time-text.ts';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { healthTones } from './feed-text.ts';
import { feedPhrases } from './phrases.ts';
import { useFeedName } from './use-feed-name.ts';

/** What is wrong with a feed, and what to do about it. */
export function FeedNotice({ feed, onOpen }: { readonly feed: FeedShape; readonly onOpen: () => void }) {
  const say = usePhrases(feedPhrases);
  const sayDesign = usePhrases(designPhrases);
  const name = useFeedName()(feed);
  const { state, lastRun, usualMs = 0 } = feed;
  if (state === 'healthy' || state === 'running') return null;
  const refusal = lastRun?.refusal ?? undefined;
  return (
    <Notice
      tone={healthTones[state]}
      title={say(`${state}Title`, { feed: name })}
      actions={<Button onClick={onOpen}>{say('details')}</Button>}
    >
      {state === 'refused' && <p className="break-words">{refusal?.message}</p>}
      <p>
        {state === 'refused' && refusal?.hint != null
          ? refusal.hint
          : say(`${state}Text`, { span: spanText(usualMs, sayDesign) })}
      </p>
    </Notice>
  );
}
