import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { phrases } from './phrases.ts';

interface RemoveDialogProps {
  readonly app: string;
  /** At most one page, so never more than the server takes at once. */
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Takes assignments away, after a typed word: accounts are disabled by the next cycle. */
export function RemoveDialog({ app, ids, onClose, onDone }: RemoveDialogProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const change = useChange<{ readonly removed: number }>({
    renews: [['apps', app]],
    onDone: ({ removed }) => {
      toasts.done(say('removed', { n: removed }));
      onDone();
    },
  });
  const remove = ids.map((principal) => ({ principal }));
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeTitle', { n: ids.length })}
      verb={say('remove', { n: ids.length })}
      typed={say('removeWord')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'POST', path: ['apps', app, 'assignments', 'batch'], body: { remove } })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
