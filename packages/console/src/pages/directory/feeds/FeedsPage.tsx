import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { FeedShape } from 'lockstep/admin-api/answers';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { buttonClass } from '../../../design/Button.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { PageHeader, Panel } from '../../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { DirectoryTabs } from '../DirectoryTabs.tsx';
import { FeedDrawer } from './FeedDrawer.tsx';
import { FeedNotice } from './FeedNotice.tsx';
import { FeedTable } from './FeedTable.tsx';
import { needingCare } from './feed-text.ts';
import { feedPhrases } from './phrases.ts';

/** What brings people into the directory, how it does, and what to do about what does not. */
export function FeedsPage() {
  const say = usePhrases(feedPhrases);
  const { after, feed } = useSearch({ from: '/directory/feeds' });
  const navigate = useNavigate({ from: '/directory/feeds' });
  const query = useQuery(pageQuery<Page<FeedShape>>(['directory', 'feeds'], { after, limit: 50 }));
  const page = after === undefined ? {} : { after };
  const open = (id: string) => navigate({ search: { ...page, feed: id }, resetScroll: false });
  const importLink = (
    <Link to="/directory/import" className={buttonClass()}>
      {say('importFile')}
    </Link>
  );
  const shown = query.data?.items.find(({ id }) => id === feed);
  return (
    <>
      <PageHeader title={say('title')}>{say('intro')}</PageHeader>
      <DirectoryTabs />
      <Loaded query={query} lines={4}>
        {({ items, next }) => (
          <div className="grid gap-4">
            {needingCare(items).map((one) => (
              <FeedNotice key={one.id} feed={one} onOpen={() => open(one.id)} />
            ))}
            <Panel isFlush>
              {items.length === 0 ? (
                <EmptyState title={say('empty')} action={importLink}>
                  {say('emptyText')}
                </EmptyState>
              ) : (
                <>
                  <FeedTable feeds={items} marked={feed} onOpen={open} />
                  <Pager
                    after={after}
                    next={next}
                    onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
                  />
                </>
              )}
            </Panel>
          </div>
        )}
      </Loaded>
      {shown !== undefined && (
        <FeedDrawer key={shown.id} feed={shown} onClose={() => navigate({ search: page, resetScroll: false })} />
      )}
    </>
  );
}
