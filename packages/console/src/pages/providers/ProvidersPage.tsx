import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ProviderShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { PagedList } from '../../design/PagedList.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { EmptyState } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AddProviderDialog } from './AddProviderDialog.tsx';
import { providerPhrases } from './phrases.ts';

const PAGE = 50;

/** The receiving side: tenants by title, searched and paged by the server. */
export function ProvidersPage() {
  const say = usePhrases(providerPhrases);
  const [isAdding, setAdding] = useState(false);
  const { search, after } = useSearch({ from: '/providers' });
  const navigate = useNavigate({ from: '/providers' });
  const query = useQuery(pageQuery<Page<ProviderShape>>(['providers'], { search, after, limit: PAGE }));
  const filter = search === undefined ? {} : { search };
  const columns: readonly Column<ProviderShape>[] = [
    {
      id: 'title',
      header: say('name'),
      cell: ({ id, title }) => (
        <Link to="/providers/$provider" params={{ provider: id }} className="link">
          {title}
        </Link>
      ),
    },
    { id: 'profile', header: say('profile'), cell: ({ profile }) => profile },
    { id: 'dialect', header: say('dialect'), cell: ({ dialect }) => say(dialect) },
    { id: 'created', header: say('created'), cell: ({ createdAt }) => <TimeText at={createdAt} /> },
  ];
  const add = (
    <Button kind="primary" onClick={() => setAdding(true)}>
      {say('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={say('title')} actions={add}>
        {say('intro')}
      </PageHeader>
      <div className="grid gap-4">
        <SearchBox
          label={say('search')}
          placeholder={say('search')}
          value={search ?? ''}
          onSearch={(text) => navigate({ search: text === '' ? {} : { search: text } })}
        />
        <PagedList
          query={query}
          lines={6}
          after={after}
          onGo={(to) => navigate({ search: to === undefined ? filter : { ...filter, after: to } })}
          empty={
            <EmptyState title={say(search === undefined ? 'empty' : 'noMatch')}>
              {say(search === undefined ? 'emptyText' : 'noMatchText')}
            </EmptyState>
          }
        >
          {(items) => <DataTable caption={say('title')} columns={columns} rows={items} keyOf={({ id }) => id} />}
        </PagedList>
      </div>
      {isAdding && <AddProviderDialog onClose={() => setAdding(false)} />}
    </>
  );
}
