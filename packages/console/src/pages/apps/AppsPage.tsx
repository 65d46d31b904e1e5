import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { present } from '../../app/search-params.ts';
import { buttonClass } from '../../design/Button.tsx';
import { Pager } from '../../design/Pager.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppTable } from '../home/AppTable.tsx';
import { NoApps } from '../home/NoApps.tsx';
import { homePhrases } from '../home/phrases.ts';
import { serverStatusQuery } from '../home/server-status.ts';

const PAGE = 50;

/** All apps, found by name. */
export function AppsPage() {
  const say = usePhrases(homePhrases);
  const { search, after } = useSearch({ from: '/apps' });
  const navigate = useNavigate({ from: '/apps' });
  const query = useQuery(serverStatusQuery({ search, after, limit: PAGE }));
  const create = (
    <Link to="/gallery" className={buttonClass('primary')}>
      {say('createApp')}
    </Link>
  );
  return (
    <>
      <PageHeader title={say('apps')} actions={create} />
      <div className="grid gap-4">
        <SearchBox
          label={say('search')}
          placeholder={say('search')}
          value={search ?? ''}
          onSearch={(text) => navigate({ search: text === '' ? {} : { search: text } })}
        />
        <Panel isFlush>
          <Loaded query={query} lines={6}>
            {({ apps, next }) =>
              apps.length === 0 ? (
                <NoApps isSearched={search !== undefined} />
              ) : (
                <>
                  <AppTable apps={apps} />
                  <Pager
                    after={after}
                    next={next}
                    onGo={(place) => navigate({ search: present({ search, after: place }) })}
                  />
                </>
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
