import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProviderShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { PageHeader, Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AddProviderDialog } from './AddProviderDialog.tsx';
import { providerPhrases } from './phrases.ts';

/** The receiving side: tenants with what they hold. */
export function ProvidersPage() {
  const say = usePhrases(providerPhrases);
  const [isAdding, setAdding] = useState(false);
  const query = useQuery(apiQuery<Page<ProviderShape>>(['providers']));
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
    { id: 'dialect', header: say('dialect'), cell: ({ dialect }) => dialect },
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
      <Panel isFlush>
        <Loaded query={query} lines={6}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={say('empty')}>{say('emptyText')}</EmptyState>
            ) : (
              <DataTable caption={say('title')} columns={columns} rows={items} keyOf={({ id }) => id} />
            )
          }
        </Loaded>
      </Panel>
      {isAdding && <AddProviderDialog onClose={() => setAdding(false)} />}
    </>
  );
}
