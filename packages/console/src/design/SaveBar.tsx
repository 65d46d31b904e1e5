import type { ReactNode } from 'react';
import { usePhrases } from '../phrases/use-phrases.ts';
import { Button } from './Button.tsx';
import { designPhrases } from './phrases.ts';

interface SaveBarProps {
  readonly isDirty: boolean;
  /** Whether what was typed can be saved. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly onDiscard: () => void;
  /** Absent where the form around it is sent. */
  readonly onSave?: () => void;
  /** A word beside the buttons. */
  readonly children?: ReactNode;
}

/** The end of a form: what was typed is saved, or thrown away. */
export function SaveBar({ isDirty, isReady, isBusy, onDiscard, onSave, children }: SaveBarProps) {
  const say = usePhrases(designPhrases);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        kind="primary"
        type={onSave === undefined ? 'submit' : 'button'}
        disabled={!isDirty || !isReady}
        isBusy={isBusy}
        onClick={onSave}
      >
        {say('save')}
      </Button>
      <Button disabled={!isDirty} onClick={onDiscard}>
        {say('discard')}
      </Button>
      {children}
    </div>
  );
}
