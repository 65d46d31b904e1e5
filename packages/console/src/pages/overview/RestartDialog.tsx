import { useQuery } from '@tanstack/react-query';
import type { OrphansShape, StatusShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { CheckField } from '../../design/Field.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { overviewPhrases } from './phrases.ts';
import { isRestartReady, type RestartScope, restartScopes, toggleScope } from './restart.ts';

/** Chooses what a restart forgets; what it would orphan is told before. */
export function RestartDialog({ status, onClose }: { readonly status: StatusShape; readonly onClose: () => void }) {
  const say = usePhrases(overviewPhrases);
  const toasts = useToasts();
  const [scopes, setScopes] = useState<readonly RestartScope[]>(['watermark', 'escrows', 'quarantine']);
  const [isConfirmed, setConfirmed] = useState(false);
  const orphans = useQuery({
    ...apiQuery<OrphansShape>(['apps', status.id, 'orphans']),
    enabled: scopes.includes('full'),
  });
  const change = useChange({ renews: [['apps', status.id], ['status']] });
  const left = orphans.data === undefined ? undefined : orphans.data.users + orphans.data.groups;
  const restart = (): void => {
    const body = { scopes, ...(scopes.includes('full') && left !== undefined ? { confirmOrphans: left } : {}) };
    change.mutate(
      { method: 'POST', path: ['apps', status.id, 'restart'], body },
      {
        onSuccess: () => {
          toasts.done(say('restarted'));
          onClose();
        },
      },
    );
  };
  const actions = (
    <>
      <Button onClick={onClose}>{say('cancel')}</Button>
      <Button
        kind="danger"
        disabled={!isRestartReady({ scopes, orphans: left, isConfirmed })}
        isBusy={change.isPending}
        onClick={restart}
      >
        {say('restart')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={say('restartTitle', { app: status.app })} actions={actions}>
      <div className="grid gap-3">
        <p>{say('restartText')}</p>
        {restartScopes.map((scope) => (
          <CheckField
            key={scope}
            label={say(`restart_${scope}`)}
            checked={scopes.includes(scope)}
            onValue={() => setScopes(toggleScope(scopes, scope))}
          />
        ))}
        {scopes.includes('full') && (
          <Loaded query={orphans} lines={1}>
            {() =>
              left === undefined || left === 0 ? (
                <p>{say('noOrphans')}</p>
              ) : (
                <Notice tone="warning" title={say('orphans', { n: left })}>
                  <CheckField label={say('confirmNumber', { n: left })} checked={isConfirmed} onValue={setConfirmed} />
                </Notice>
              )
            }
          </Loaded>
        )}
        {change.error !== null && <ErrorState error={change.error} />}
      </div>
    </Dialog>
  );
}
