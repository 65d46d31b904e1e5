import { usePhrases } from '../phrases/use-phrases.ts';
import type { Column } from './DataTable.tsx';
import { designPhrases } from './phrases.ts';
import { type Selection, togglePage, toggleRow } from './selection.ts';

/** What a table with boxes to tick is told. */
export interface Selecting {
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
}

interface SelectColumnOptions<T> extends Selecting {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** Read out with the box. */
  readonly nameOf: (row: T) => string;
}

/** The column of boxes that tick rows, with one at its head for the whole page. */
export function useSelectColumn<T>(options: SelectColumnOptions<T>): Column<T> {
  const { rows, keyOf, nameOf, selection, onSelection } = options;
  const say = usePhrases(designPhrases);
  const keys = rows.map(keyOf);
  return {
    id: 'select',
    header: say('selectAll'),
    headerCell: (
      <Box
        name={say('selectAll')}
        isTicked={keys.length > 0 && keys.every((key) => selection.has(key))}
        onTick={() => onSelection(togglePage(selection, keys))}
      />
    ),
    cell: (row) => (
      <Box
        name={say('select', { name: nameOf(row) })}
        isTicked={selection.has(keyOf(row))}
        onTick={() => onSelection(toggleRow(selection, keyOf(row)))}
      />
    ),
  };
}

function Box({
  name,
  isTicked,
  onTick,
}: {
  readonly name: string;
  readonly isTicked: boolean;
  readonly onTick: () => void;
}) {
  return (
    <input type="checkbox" className="size-4 accent-accent" aria-label={name} checked={isTicked} onChange={onTick} />
  );
}
