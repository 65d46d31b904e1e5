import type { EntryShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { attributeText } from './entry-text.ts';
import { directoryPhrases } from './phrases.ts';

interface DeleteEntryDialogProps {
  readonly entry: EntryShape;
  /** False = into the recycle bin. */
  readonly isForGood: boolean;
  readonly onClose: () => void;
  /** Called when there is nothing left to look at. */
  readonly onGone: () => void;
}

/** Takes a person or group away, after the name was typed. */
export function DeleteEntryDialog({ entry, isForGood, onClose, onGone }: DeleteEntryDialogProps) {
  const say = usePhrases(directoryPhrases);
  const toasts = useToasts();
  const isUser = entry.type === 'User';
  const name = attributeText(entry, isUser ? 'userPrincipalName' : 'displayName') || entry.objectId;
  const change = useChange({
    // What is gone for good must not be asked for again.
    renews: isForGood ? [] : [['directory']],
    onDone: () => {
      toasts.done(say(isForGood ? 'goneForGood' : 'inBin', { name }));
      if (isForGood) onGone();
      else onClose();
    },
  });
  const path = ['directory', isUser ? 'users' : 'groups', entry.objectId];
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say(isForGood ? 'deleteForGoodNamed' : 'deleteNamed', { name })}
      verb={say(isForGood ? 'deleteForGood' : 'delete')}
      typed={name}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path, query: { permanent: isForGood } })}
    >
      <p>
        {say(
          isUser
            ? isForGood
              ? 'personForGoodText'
              : 'personBinText'
            : isForGood
              ? 'groupForGoodText'
              : 'groupBinText',
        )}
      </p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
