import { useNavigate } from '@tanstack/react-router';
import type { StatusShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Menu } from '../../design/Menu.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { overviewPhrases } from './phrases.ts';
import { RestartDialog } from './RestartDialog.tsx';

/** Start, pause, sync now, restart and delete: whatever fits the state of the app. */
export function JobActions({ status }: { readonly status: StatusShape }) {
  const say = usePhrases(overviewPhrases);
  const toasts = useToasts();
  const [open, setOpen] = useState<'restart' | 'delete' | undefined>();
  const { id, code, isRunning } = status;
  const change = useChange({ renews: [['apps', id], ['status'], ['attention']] });
  const order = (path: string, done: string): void =>
    change.mutate(
      { method: 'POST', path: ['apps', id, path], body: {} },
      { onSuccess: () => toasts.done(done), onError: toasts.failed },
    );
  const mayStart = code === 'Paused' || code === 'Quarantine' || code === 'Disabled';
  const isConfigured = code !== 'NotConfigured';
  return (
    <div className="flex flex-wrap gap-2">
      {/* One button for both, so that it keeps the focus when it changes sides. */}
      {(mayStart || isConfigured) && (
        <Button
          kind={mayStart ? 'primary' : 'secondary'}
          isBusy={change.isPending}
          onClick={() => (mayStart ? order('start', say('started')) : order('pause', say('paused')))}
        >
          {mayStart ? say('start') : say('pause')}
        </Button>
      )}
      <Button
        kind={mayStart ? 'secondary' : 'primary'}
        disabled={!isConfigured || isRunning}
        isBusy={change.isPending}
        onClick={() => order('sync', say('syncBegun'))}
      >
        {say('syncNow')}
      </Button>
      <Menu
        label={say('more')}
        entries={[
          { id: 'restart', label: say('restart'), onChoose: () => setOpen('restart'), isDisabled: !isConfigured },
          { id: 'delete', label: say('delete'), onChoose: () => setOpen('delete'), isDanger: true },
        ]}
      />
      {open === 'restart' && <RestartDialog status={status} onClose={() => setOpen(undefined)} />}
      <DeleteDialog status={status} isOpen={open === 'delete'} onClose={() => setOpen(undefined)} />
    </div>
  );
}

function DeleteDialog({
  status,
  isOpen,
  onClose,
}: {
  readonly status: StatusShape;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const say = usePhrases(overviewPhrases);
  const toasts = useToasts();
  const navigate = useNavigate();
  const change = useChange({ renews: [['status']] });
  const { id, app } = status;
  const done = (): void => {
    toasts.done(say('deletedToast', { app }));
    void navigate({ to: '/apps' });
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={say('deleteTitle', { app })}
      verb={say('delete')}
      typed={app}
      isBusy={change.isPending}
      onConfirm={() =>
        change.mutate({ method: 'DELETE', path: ['apps', id] }, { onSuccess: done, onError: toasts.failed })
      }
    >
      <p>{say('deleteText')}</p>
    </ConfirmDialog>
  );
}
