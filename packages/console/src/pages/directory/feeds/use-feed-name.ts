import type { FeedShape } from 'lockstep/admin-api/answers';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { feedPhrases } from './phrases.ts';

/** Says what a feed is called. */
export function useFeedName(): (feed: Pick<FeedShape, 'name'>) => string {
  const say = usePhrases(feedPhrases);
  return ({ name }) => name ?? say('byHand');
}
