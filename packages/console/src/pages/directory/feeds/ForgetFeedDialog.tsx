import type { FeedShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../../api/use-api.ts';
import { ConfirmDialog } from '../../../design/Dialog.tsx';
import { ErrorState } from '../../../design/states.tsx';
import { useToasts } from '../../../design/Toasts.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { feedPhrases } from './phrases.ts';

interface ForgetFeedDialogProps {
  readonly feed: FeedShape;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Drops a feed and its history, such as one that is no longer declared. */
export function ForgetFeedDialog({ feed, name, onClose, onDone }: ForgetFeedDialogProps) {
  const say = usePhrases(feedPhrases);
  const toasts = useToasts();
  const change = useChange({
    renews: [['directory', 'feeds']],
    onDone: () => {
      toasts.done(say('forgotten', { feed: name }));
      onDone();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('forgetTitle', { feed: name })}
      verb={say('forget')}
      typed={say('forgetWord')}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path: ['directory', 'feeds', feed.id] })}
    >
      <p>{say('forgetText')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
