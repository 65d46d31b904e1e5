import { type ReactNode, useState } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { DialogWindow, type DialogWindowProps } from './DialogWindow.tsx';
import { TextField } from './Field.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { designPhrases } from './phrases.ts';

interface DialogProps extends DialogWindowProps {
  /** Something was typed that closing would lose: Escape and the cross ask first. The button "Cancel" does not. */
  readonly isDirty?: boolean;
}

/** A window above the page that loses nothing by accident. */
export function Dialog({ isDirty = false, onClose, ...rest }: DialogProps) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      <DialogWindow {...rest} onClose={() => (isDirty ? setLeaving(true) : onClose())} />
      <LeaveDialog
        isOpen={rest.isOpen && isLeaving}
        onStay={() => setLeaving(false)}
        onLeave={() => {
          setLeaving(false);
          onClose();
        }}
      />
    </>
  );
}

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does, in its words. */
  readonly verb: string;
  /** Has to be typed first: for what cannot be undone. */
  readonly typed?: string;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
}

/** Asks before something is taken away. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title, children, verb, typed, isBusy = false, onConfirm } = props;
  const say = usePhrases(designPhrases);
  const [text, setText] = useState('');
  const close = (): void => {
    setText('');
    onClose();
  };
  const isAllowed = typed === undefined || text === typed;
  const actions = (
    <>
      <Button onClick={close}>{say('cancel')}</Button>
      <Button kind="danger" disabled={!isAllowed} isBusy={isBusy} onClick={onConfirm}>
        {verb}
      </Button>
    </>
  );
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title} actions={actions}>
      <div className="grid gap-3">
        {children}
        {typed !== undefined && (
          <TextField label={say('typeToConfirm', { word: typed })} value={text} onValue={setText} />
        )}
      </div>
    </Dialog>
  );
}
