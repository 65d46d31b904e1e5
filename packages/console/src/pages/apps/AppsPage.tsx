import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { buttonClass } from '../../design/Button.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AppTable } from '../home/AppTable.tsx';
import { NoApps } from '../home/NoApps.tsx';
import { homePhrases } from '../home/phrases.ts';
import { serverStatusQuery } from '../home/server-status.ts';

/** All apps, found by name. */
export function AppsPage() {
  const say = usePhrases(homePhrases);
  const { search = '' } = useSearch({ from: '/apps' });
  const navigate = useNavigate({ from: '/apps' });
  const query = useQuery(serverStatusQuery);
  const create = (
    <Link to="/gallery" className={buttonClass('primary')}>
      {say('createApp')}
    </Link>
  );
  const wanted = search.toLocaleLowerCase();
  return (
    <>
      <PageHeader title={say('apps')} actions={create} />
      <div className="grid gap-4">
        <SearchBox
          label={say('search')}
          placeholder={say('search')}
          value={search}
          onSearch={(text) => navigate({ search: text === '' ? {} : { search: text } })}
        />
        <Panel isFlush>
          <Loaded query={query} lines={6}>
            {({ apps }) => {
              const found = apps.filter(({ app }) => app.toLocaleLowerCase().includes(wanted));
              return found.length === 0 ? <NoApps isSearched={wanted !== ''} /> : <AppTable apps={found} />;
            }}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
