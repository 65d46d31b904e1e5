import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { DialogWindow } from './DialogWindow.tsx';
import { designPhrases } from './phrases.ts';

interface LeaveDialogProps {
  readonly isOpen: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Asks whether what was typed and not saved may be lost. */
export function LeaveDialog({ isOpen, onStay, onLeave }: LeaveDialogProps) {
  const say = usePhrases(designPhrases);
  const actions = (
    <>
      <Button onClick={onLeave}>{say('leave')}</Button>
      <Button kind="primary" onClick={onStay}>
        {say('stay')}
      </Button>
    </>
  );
  return (
    <DialogWindow isOpen={isOpen} onClose={onStay} title={say('unsavedTitle')} actions={actions}>
      <p>{say('unsavedText')}</p>
    </DialogWindow>
  );
}
