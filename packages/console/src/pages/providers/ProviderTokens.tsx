import { useQuery } from '@tanstack/react-query';
import type { TokenShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { SecretOnce } from '../../design/CopyText.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { ConfirmDialog, Dialog } from '../../design/Dialog.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { providerPhrases } from './phrases.ts';

/** Tokens of a provider: made, shown once, revoked. */
export function ProviderTokens({ provider }: { readonly provider: string }) {
  const say = usePhrases(providerPhrases);
  const toasts = useToasts();
  const [doomed, setDoomed] = useState<TokenShape | undefined>();
  const query = useQuery(apiQuery<Page<TokenShape>>(['providers', provider, 'tokens']));
  const make = useChange<{ readonly token: string }>({ renews: [['providers', provider]] });
  const revoke = useChange({ renews: [['providers', provider]] });
  const columns: readonly Column<TokenShape>[] = [
    { id: 'label', header: say('label'), cell: ({ label }) => label },
    { id: 'created', header: say('created'), cell: ({ createdAt }) => <TimeText at={createdAt} /> },
    {
      id: 'used',
      header: say('lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? say('never') : <TimeText at={lastUsedAt} as="distance" />),
    },
    {
      id: 'expires',
      header: say('expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? say('never') : <TimeText at={expiresAt} />),
    },
    {
      id: 'revoke',
      header: say('revoke'),
      hidesHeader: true,
      cell: (token) => (
        <Button kind="quiet" onClick={() => setDoomed(token)} aria-label={`${say('revoke')}: ${token.label}`}>
          {say('revoke')}
        </Button>
      ),
    },
  ];
  const add = (
    <Button
      isBusy={make.isPending}
      onClick={() =>
        make.mutate({ method: 'POST', path: ['providers', provider, 'tokens'], body: {} }, { onError: toasts.failed })
      }
    >
      {say('newToken')}
    </Button>
  );
  const end = (token: TokenShape): void =>
    revoke.mutate(
      { method: 'DELETE', path: ['providers', provider, 'tokens', token.id] },
      { onSuccess: () => setDoomed(undefined), onError: toasts.failed },
    );
  return (
    <Panel title={say('tokens')} actions={add} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-4 py-3">{say('noTokens')}</p>
          ) : (
            <DataTable caption={say('tokens')} columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      <Dialog isOpen={make.data !== undefined} isSticky onClose={() => make.reset()} title={say('newToken')}>
        <SecretOnce label={say('token')} text={make.data?.token ?? ''} />
      </Dialog>
      {doomed !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setDoomed(undefined)}
          title={say('revokeTitle', { label: doomed.label })}
          verb={say('revoke')}
          isBusy={revoke.isPending}
          onConfirm={() => end(doomed)}
        >
          <p>{say('revokeText')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}
