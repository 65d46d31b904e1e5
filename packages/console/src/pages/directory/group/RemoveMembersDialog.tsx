import { useChange } from '../../../api/use-api.ts';
import { ConfirmDialog } from '../../../design/Dialog.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { groupPhrases } from './phrases.ts';

interface RemoveMembersDialogProps {
  readonly group: string;
  readonly name: string;
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Takes members out of a group; several only after a typed word. */
export function RemoveMembersDialog({ group, name, ids, onClose, onDone }: RemoveMembersDialogProps) {
  const say = usePhrases(groupPhrases);
  const toasts = useToasts();
  const change = useChange({
    renews: [['directory']],
    onDone: () => {
      toasts.done(say('removed', { n: ids.length }));
      onDone();
    },
  });
  const path = ['directory', 'groups', group, 'members'];
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeTitle', { n: ids.length, name })}
      verb={say('remove', { n: ids.length })}
      {...(ids.length > 1 ? { typed: say('removeWord') } : {})}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'POST', path, body: { remove: ids } })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
