import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { DirectoryPageShape, EntryShape } from 'lockstep/admin-api/answers';
import { pageQuery } from '../../api/use-api.ts';
import { buttonClass } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { SelectField } from '../../design/Field.tsx';
import { Pager } from '../../design/Pager.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { DirectoryTabs } from './DirectoryTabs.tsx';
import { EntryState } from './EntryState.tsx';
import { attributeText } from './entry-text.ts';
import { NewEntryLink } from './NewEntryLink.tsx';
import { directoryPhrases } from './phrases.ts';

/** People of the directory, searched and paged by the server. */
export function PeoplePage() {
  const say = usePhrases(directoryPhrases);
  const search = useSearch({ from: '/directory/users' });
  const navigate = useNavigate({ from: '/directory/users' });
  const { after: _after, ...filter } = search;
  const query = useQuery(pageQuery<DirectoryPageShape>(['directory', 'users'], { ...search, limit: 50 }));
  const states = ['', 'enabled', 'disabled', 'deleted'] as const;
  return (
    <>
      <PageHeader title={say('people')} actions={<NewEntryLink to="/directory/users/new" text={say('newPerson')} />} />
      <DirectoryTabs />
      <div className="grid gap-4">
        <search className="flex flex-wrap items-end gap-3">
          <SearchBox
            label={say('search')}
            placeholder={say('search')}
            value={search.search ?? ''}
            onSearch={(text) => {
              const { search: _old, ...rest } = filter;
              void navigate({ search: text === '' ? rest : { ...rest, search: text } });
            }}
          />
          <SelectField
            label={say('state')}
            value={search.state ?? ''}
            choices={states.map((value) => ({ value, label: say(value === '' ? 'any' : value) }))}
            onValue={(state) => {
              const { state: _old, ...rest } = filter;
              void navigate({ search: state === '' ? rest : { ...rest, state } });
            }}
          />
        </search>
        <Panel isFlush>
          <Loaded query={query} lines={10}>
            {({ items, next, total }) =>
              items.length === 0 ? (
                <EmptyState
                  title={say(Object.keys(filter).length > 0 ? 'noMatch' : 'empty')}
                  action={
                    <Link to="/directory/import" className={buttonClass()}>
                      {say('importFile')}
                    </Link>
                  }
                >
                  {say('emptyText')}
                </EmptyState>
              ) : (
                <>
                  <PeopleTable people={items} />
                  <Pager
                    after={search.after}
                    next={next}
                    summary={say('count', { n: total })}
                    onGo={(to) => navigate({ search: to === undefined ? filter : { ...filter, after: to } })}
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

function PeopleTable({ people }: { readonly people: readonly EntryShape[] }) {
  const say = usePhrases(directoryPhrases);
  const columns: readonly Column<EntryShape>[] = [
    {
      id: 'name',
      header: say('name'),
      cell: (one) => (
        <Link to="/directory/users/$key" params={{ key: one.objectId }} className="link">
          {attributeText(one, 'displayName') || one.objectId}
        </Link>
      ),
    },
    {
      id: 'address',
      header: say('address'),
      cell: (one) => <span className="break-all">{attributeText(one, 'userPrincipalName')}</span>,
    },
    { id: 'department', header: say('department'), cell: (one) => attributeText(one, 'department') },
    {
      id: 'state',
      header: say('state'),
      cell: (one) => <EntryState entry={one} />,
    },
  ];
  return <DataTable caption={say('people')} columns={columns} rows={people} keyOf={({ objectId }) => objectId} />;
}
