import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AccountShape, ProviderShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { type Page, pageQuery } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { PagedList } from '../../design/PagedList.tsx';
import { SearchBox } from '../../design/SearchBox.tsx';
import { EmptyState } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AccountDrawer } from './AccountDrawer.tsx';
import { AccountState } from './AccountState.tsx';
import { accountPhrases } from './account-phrases.ts';
import { nameOf, originOf } from './account-text.ts';
import { RemoveAccountDialog } from './RemoveAccountDialog.tsx';

/** Accounts of a tenant as the app sees them. */
export function AccountsTab({ provider }: { readonly provider: ProviderShape }) {
  const say = usePhrases(accountPhrases);
  const { search, after, row } = useSearch({ from: '/providers/$provider' });
  const navigate = useNavigate({ from: '/providers/$provider' });
  const [doomed, setDoomed] = useState<AccountShape>();
  const query = useQuery(
    pageQuery<Page<AccountShape>>(['providers', provider.id, 'accounts'], { search, after, limit: 50 }),
  );
  const place = { tab: 'accounts', ...(search === undefined ? {} : { search }) } as const;
  const page = { ...place, ...(after === undefined ? {} : { after }) };
  return (
    <div className="grid gap-4">
      <SearchBox
        label={say('search')}
        placeholder={say('search')}
        value={search ?? ''}
        onSearch={(text) => navigate({ search: { tab: 'accounts', ...(text === '' ? {} : { search: text }) } })}
      />
      <PagedList
        query={query}
        lines={10}
        after={after}
        onGo={(to) => navigate({ search: to === undefined ? place : { ...place, after: to } })}
        empty={
          <EmptyState title={say(search === undefined ? 'empty' : 'noMatch')}>
            {say(search === undefined ? 'emptyText' : 'noMatchText')}
          </EmptyState>
        }
      >
        {(items) => (
          <AccountTable
            accounts={items}
            marked={row}
            onOpen={({ id }) => navigate({ search: { ...page, row: id }, resetScroll: false })}
          />
        )}
      </PagedList>
      {row !== undefined && (
        <AccountDrawer
          key={row}
          provider={provider.id}
          account={row}
          onClose={() => navigate({ search: page, resetScroll: false })}
          onRemove={(account) => {
            // The drawer closes first, or it would look for the account when it is gone.
            void navigate({ search: page, resetScroll: false });
            setDoomed(account);
          }}
        />
      )}
      {doomed !== undefined && (
        <RemoveAccountDialog provider={provider.id} account={doomed} onClose={() => setDoomed(undefined)} />
      )}
    </div>
  );
}

interface AccountTableProps {
  readonly accounts: readonly AccountShape[];
  readonly marked: string | undefined;
  readonly onOpen: (account: AccountShape) => void;
}

function AccountTable({ accounts, marked, onOpen }: AccountTableProps) {
  const say = usePhrases(accountPhrases);
  const columns: readonly Column<AccountShape>[] = [
    {
      id: 'userName',
      header: say('userName'),
      cell: (account) => (
        <button type="button" className="link break-all text-left" onClick={() => onOpen(account)}>
          {account.userName}
        </button>
      ),
    },
    { id: 'name', header: say('name'), cell: nameOf },
    {
      id: 'state',
      header: say('state'),
      cell: ({ isActive }) => <AccountState isActive={isActive} />,
    },
    {
      id: 'roles',
      header: say('roles'),
      cell: ({ roles, isAdministrator }) => (
        <span className="flex flex-wrap gap-1">
          {isAdministrator && <Badge tone="accent">{say('administrator')}</Badge>}
          {roles.join(', ')}
        </span>
      ),
    },
    { id: 'origin', header: say('origin'), cell: (account) => say(originOf(account)) },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={accounts}
      keyOf={({ id }) => id}
      isMarked={({ id }) => id === marked}
    />
  );
}
