import type { AccountShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { accountPhrases } from './account-phrases.ts';

interface RemoveAccountDialogProps {
  readonly provider: string;
  readonly account: AccountShape;
  readonly onClose: () => void;
}

/** Asks before an account is taken away in the app itself. */
export function RemoveAccountDialog({ provider, account, onClose }: RemoveAccountDialogProps) {
  const say = usePhrases(accountPhrases);
  const toasts = useToasts();
  const change = useChange({
    renews: [['providers', provider]],
    onDone: () => {
      toasts.done(say('removed', { name: account.userName }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('removeNamed', { name: account.userName })}
      verb={say('remove')}
      typed={account.userName}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path: ['providers', provider, 'accounts', account.id] })}
    >
      <p>{say('removeText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
