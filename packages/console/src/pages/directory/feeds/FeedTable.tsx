import type { FeedShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../../design/Badge.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { countsOf, healthTones, type RunCounts } from './feed-text.ts';
import { feedPhrases } from './phrases.ts';
import { useFeedName } from './use-feed-name.ts';

interface FeedTableProps {
  readonly feeds: readonly FeedShape[];
  readonly marked: string | undefined;
  readonly onOpen: (id: string) => void;
}

/** Feeds with their last run. */
export function FeedTable({ feeds, marked, onOpen }: FeedTableProps) {
  const say = usePhrases(feedPhrases);
  const nameOf = useFeedName();
  const count = (id: keyof RunCounts, header: string): Column<FeedShape> => ({
    id,
    header,
    align: 'end',
    cell: ({ lastRun }) => (lastRun === null ? '' : countsOf(lastRun)[id].toLocaleString()),
  });
  const columns: readonly Column<FeedShape>[] = [
    {
      id: 'feed',
      header: say('feed'),
      cell: (feed) => (
        <button type="button" className="link break-all text-left" onClick={() => onOpen(feed.id)}>
          {nameOf(feed)}
        </button>
      ),
    },
    {
      id: 'health',
      header: say('health'),
      cell: ({ state }) => <Badge tone={healthTones[state]}>{say(state)}</Badge>,
    },
    {
      id: 'lastRun',
      header: say('lastRun'),
      cell: ({ lastRun }) =>
        lastRun === null ? (
          say('never')
        ) : (
          <>
            <TimeText at={lastRun.startedAt} />
            <div className="text-muted text-xs">{say('by', { actor: lastRun.actor })}</div>
          </>
        ),
    },
    count('created', say('created')),
    count('changed', say('changed')),
    count('removed', say('removed')),
    count('refused', say('faults')),
    {
      id: 'lastGood',
      header: say('lastGood'),
      cell: ({ lastGoodAt }) => (lastGoodAt === null ? say('never') : <TimeText at={lastGoodAt} />),
    },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={feeds}
      keyOf={({ id }) => id}
      isMarked={({ id }) => id === marked}
    />
  );
}
