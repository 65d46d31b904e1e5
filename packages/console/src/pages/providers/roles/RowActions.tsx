import { Button } from '../../../design/Button.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { roleTablePhrases } from './phrases.ts';

interface RowActionsProps {
  /** What the row is called. */
  readonly name: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  /** Absent where the order says nothing. */
  readonly onMove?: (by: -1 | 1) => void;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Buttons of a row that is edited in place. */
export function RowActions({ name, onEdit, onRemove, onMove, isFirst, isLast }: RowActionsProps) {
  const say = usePhrases(roleTablePhrases);
  return (
    <div className="flex flex-wrap justify-end gap-1">
      {onMove !== undefined && (
        <>
          <Button kind="quiet" disabled={isFirst} aria-label={say('up', { name })} onClick={() => onMove(-1)}>
            <span aria-hidden="true">↑</span>
          </Button>
          <Button kind="quiet" disabled={isLast} aria-label={say('down', { name })} onClick={() => onMove(1)}>
            <span aria-hidden="true">↓</span>
          </Button>
        </>
      )}
      <Button kind="quiet" aria-label={say('editNamed', { name })} onClick={onEdit}>
        {say('edit')}
      </Button>
      <Button kind="quiet" aria-label={say('removeNamed', { name })} onClick={onRemove}>
        {say('remove')}
      </Button>
    </div>
  );
}
