import { useQuery } from '@tanstack/react-query';
import type { KeyShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { MakeKeyDialog } from './MakeKeyDialog.tsx';
import { settingsPhrases } from './phrases.ts';

/** Keys of scripts, without their texts. */
export function KeysPage() {
  const say = usePhrases(settingsPhrases);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<KeyShape>();
  const revoke = useChange({ renews: [['keys']], onDone: () => setRevoking(undefined) });
  const query = useQuery(apiQuery<Page<KeyShape>>(['keys']));
  const columns: readonly Column<KeyShape>[] = [
    { id: 'label', header: say('label'), cell: ({ label }) => label },
    { id: 'role', header: say('role'), cell: ({ role }) => role },
    { id: 'by', header: say('by'), cell: ({ createdBy }) => createdBy },
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
      id: 'actions',
      header: say('actions'),
      hidesHeader: true,
      cell: (key) =>
        key.revokedAt === null ? (
          <Button kind="danger" aria-label={say('revokeNamed', { label: key.label })} onClick={() => setRevoking(key)}>
            {say('revoke')}
          </Button>
        ) : (
          <Badge>{say('revoked')}</Badge>
        ),
    },
  ];
  const make = (
    <Button kind="primary" onClick={() => setMaking(true)}>
      {say('makeKey')}
    </Button>
  );
  return (
    <Panel title={say('keys')} actions={make} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('none')}>{say('keysText')}</EmptyState>
          ) : (
            <DataTable caption={say('keys')} columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
      {isMaking && <MakeKeyDialog onClose={() => setMaking(false)} />}
      <ConfirmDialog
        isOpen={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={say('revokeNamed', { label: revoking?.label ?? '' })}
        verb={say('revoke')}
        typed={revoking?.label ?? ''}
        isBusy={revoke.isPending}
        onConfirm={() => revoke.mutate({ method: 'DELETE', path: ['keys', revoking?.id ?? ''] })}
      >
        <p>{say('revokeText')}</p>
        {revoke.error !== null && <ErrorState error={revoke.error} />}
      </ConfirmDialog>
    </Panel>
  );
}
