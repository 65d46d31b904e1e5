import { useQuery } from '@tanstack/react-query';
import type { EditShape } from 'lockstep/admin-api/answers';
import { callApi } from '../../api/call-api.ts';
import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState, Loaded } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EditOutcome } from './EditOutcome.tsx';
import { mappingPhrases } from './phrases.ts';
import type { ObjectKind } from './table.ts';

/** Puts the mapping back to the template's, having shown what that changes. */
export function RestoreDialog({
  app,
  object,
  onClose,
}: {
  readonly app: string;
  readonly object: ObjectKind;
  readonly onClose: () => void;
}) {
  const say = usePhrases(mappingPhrases);
  const toasts = useToasts();
  const path = ['apps', app, 'mappings', 'restore'];
  const change = useChange<EditShape>({ renews: [['apps', app]] });
  const dryRun = useQuery({
    queryKey: ['apps', app, 'mappings', 'restore', object],
    queryFn: ({ signal }) =>
      callApi<EditShape>({ method: 'POST', path, query: { dryRun: true }, body: { object }, signal }),
    gcTime: 0,
  });
  const done = (): void => {
    toasts.done(say('restored'));
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('restoreTitle')}
      verb={say('restore')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'POST', path, body: { object } }, { onSuccess: done })}
    >
      <p>{say('restoreText')}</p>
      <Loaded query={dryRun}>{(outcome) => <EditOutcome outcome={outcome} />}</Loaded>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
