import { Link } from '@tanstack/react-router';
import type { StagedShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import type { Selection } from '../../design/selection.ts';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { stagedPhrases } from './phrases.ts';

interface StagedTableProps {
  readonly rows: readonly StagedShape[];
  readonly selection: Selection;
  readonly onToggle: (id: string) => void;
  readonly onTogglePage: () => void;
}

/** Removals with a box to tick each. */
export function StagedTable({ rows, selection, onToggle, onTogglePage }: StagedTableProps) {
  const say = usePhrases(stagedPhrases);
  const isWhole = rows.every(({ id }) => selection.has(id));
  const columns: readonly Column<StagedShape>[] = [
    {
      id: 'select',
      header: say('selectAll'),
      headerCell: (
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={say('selectAll')}
          checked={isWhole}
          onChange={onTogglePage}
        />
      ),
      cell: ({ id, displayName }) => (
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={say('select', { name: displayName })}
          checked={selection.has(id)}
          onChange={() => onToggle(id)}
        />
      ),
    },
    {
      id: 'who',
      header: say('who'),
      cell: ({ objectType, sourceId, displayName }) =>
        objectType === 'user' ? (
          <Link to="/directory/users/$key" params={{ key: sourceId }} className="link">
            {displayName}
          </Link>
        ) : (
          <Link to="/directory/groups/$key" params={{ key: sourceId }} className="link">
            {displayName}
          </Link>
        ),
    },
    { id: 'kind', header: say('kind'), cell: ({ kind }) => say(kind) },
    { id: 'reason', header: say('reason'), cell: ({ reason }) => reason },
    {
      id: 'changes',
      header: say('changes'),
      cell: ({ changes }) => (
        <ul>
          {changes.map(({ attribute, oldValue, newValue }) => (
            <li key={attribute} className="break-all">
              <code className="font-mono text-xs">{`${attribute}: ${oldValue ?? '-'} → ${newValue ?? '-'}`}</code>
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'expires', header: say('expires'), cell: ({ expiresAt }) => <TimeText at={expiresAt} as="distance" /> },
  ];
  return (
    <DataTable
      caption={say('kind')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      isMarked={({ id }) => selection.has(id)}
    />
  );
}
