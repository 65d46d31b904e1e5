import { useQuery } from '@tanstack/react-query';
import type { FeedRunShape, FeedShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { Badge, type Tone } from '../../../design/Badge.tsx';
import { Button } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { ForgetFeedDialog } from './ForgetFeedDialog.tsx';
import { feedPhrases } from './phrases.ts';
import { RunDetails } from './RunDetails.tsx';
import { useFeedName } from './use-feed-name.ts';

const TONES: Readonly<Record<FeedRunShape['state'], Tone>> = {
  running: 'accent',
  done: 'success',
  refused: 'danger',
  failed: 'danger',
};

/** Runs of a feed, newest first. */
export function FeedDrawer({ feed, onClose }: { readonly feed: FeedShape; readonly onClose: () => void }) {
  const say = usePhrases(feedPhrases);
  const name = useFeedName()(feed);
  const [after, setAfter] = useState<string>();
  const [isForgetting, setForgetting] = useState(false);
  const query = useQuery(pageQuery<Page<FeedRunShape>>(['directory', 'feeds', feed.id, 'runs'], { after, limit: 20 }));
  const columns: readonly Column<FeedRunShape>[] = [
    {
      id: 'when',
      header: say('when'),
      cell: ({ startedAt, actor }) => (
        <>
          <TimeText at={startedAt} />
          <div className="text-muted text-xs">{say('by', { actor })}</div>
        </>
      ),
    },
    { id: 'state', header: say('state'), cell: ({ state }) => <Badge tone={TONES[state]}>{say(state)}</Badge> },
    { id: 'what', header: say('why'), hidesHeader: true, cell: (run) => <RunDetails run={run} /> },
  ];
  const isBarred = useMay('operate') === false;
  const forget = (
    <Button kind="danger" onClick={() => setForgetting(true)}>
      {say('forget')}
    </Button>
  );
  return (
    <Dialog as="drawer" isOpen onClose={onClose} title={name} {...(isBarred ? {} : { actions: forget })}>
      <Loaded query={query} lines={6}>
        {({ items, next }) => (
          <>
            <DataTable caption={say('runs')} columns={columns} rows={items} keyOf={({ number }) => String(number)} />
            <Pager after={after} next={next} onGo={setAfter} />
          </>
        )}
      </Loaded>
      {isForgetting && (
        <ForgetFeedDialog feed={feed} name={name} onClose={() => setForgetting(false)} onDone={onClose} />
      )}
    </Dialog>
  );
}
