import type { LinkShape } from 'lockstep/admin-api/answers';
import { useChange } from '../../api/use-api.ts';
import { ConfirmDialog } from '../../design/Dialog.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { linkName } from './link-name.ts';
import { phrases } from './phrases.ts';

interface BreakLinkDialogProps {
  readonly app: string;
  readonly link: LinkShape;
  readonly onClose: () => void;
}

/** Breaks one link after the name was typed. */
export function BreakLinkDialog({ app, link, onClose }: BreakLinkDialogProps) {
  const say = usePhrases(phrases);
  const toasts = useToasts();
  const name = linkName(link);
  const change = useChange({
    renews: [['apps', app, 'links']],
    onDone: () => {
      toasts.done(say('broken', { name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={say('breakNamed', { name })}
      verb={say('break')}
      typed={name}
      isBusy={change.isPending}
      onConfirm={() => change.mutate({ method: 'DELETE', path: ['apps', app, 'links', link.objectId] })}
    >
      <p>{say('breakText')}</p>
      <p>{say('pauseFirst')}</p>
      {change.error !== null && <ErrorState error={change.error} />}
    </ConfirmDialog>
  );
}
