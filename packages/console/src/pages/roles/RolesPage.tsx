import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { AppRoleShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { apiQuery, type Page, useChange } from '../../api/use-api.ts';
import { Button } from '../../design/Button.tsx';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';
import { RoleDialog } from './RoleDialog.tsx';
import { RoleTable } from './RoleTable.tsx';

/** Roles of the app: made, changed, disabled and deleted. */
export function RolesPage() {
  const { app } = useParams({ from: '/apps/$app/roles' });
  const say = usePhrases(phrases);
  const [open, setOpen] = useState<{ readonly role: AppRoleShape | undefined }>();
  const [doomed, setDoomed] = useState<AppRoleShape>();
  const query = useQuery(apiQuery<Page<AppRoleShape>>(['apps', app, 'roles']));
  const add = (
    <Button kind="primary" onClick={() => setOpen({ role: undefined })}>
      {say('add')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-muted">{say('intro')}</p>
      <Loaded query={query} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <EmptyState title={say('empty')} action={add}>
                {say('emptyText')}
              </EmptyState>
            </Panel>
          ) : (
            <Panel title={say('title')} actions={add} isFlush>
              <RoleTable roles={items} onEdit={(role) => setOpen({ role })} onDelete={setDoomed} />
            </Panel>
          )
        }
      </Loaded>
      {open !== undefined && (
        <RoleDialog app={app} role={open.role} roles={query.data?.items ?? []} onClose={() => setOpen(undefined)} />
      )}
      {doomed !== undefined && <DeleteRoleDialog app={app} role={doomed} onClose={() => setDoomed(undefined)} />}
    </div>
  );
}

interface DeleteRoleDialogProps {
  readonly app: string;
  readonly role: AppRoleShape;
  readonly onClose: () => void;
}

function DeleteRoleDialog({ app, role, onClose }: DeleteRoleDialogProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const change = useChange<{ readonly unassigned: number }>({
    renews: [['apps', app]],
    onDone: ({ unassigned }) => {
      toasts.done(say('removed', { n: unassigned }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeNamed', { name: role.displayName })}
      verb={say('remove')}
      typed={role.value}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path: ['apps', app, 'roles', role.value] })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
