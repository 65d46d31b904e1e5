import { Link } from '@tanstack/react-router';
import type { StagedShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { type Selecting, useSelectColumn } from '../../design/use-select-column.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { stagedPhrases } from './phrases.ts';

interface StagedTableProps extends Selecting {
  readonly rows: readonly StagedShape[];
}

/** Removals with a box to tick each. */
export function StagedTable({ rows, ...selecting }: StagedTableProps) {
  const say = usePhrases(stagedPhrases);
  const select = useSelectColumn({
    ...selecting,
    rows,
    keyOf: ({ id }) => id,
    nameOf: ({ displayName }) => displayName,
  });
  const columns: readonly Column<StagedShape>[] = [
    select,
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
      isMarked={({ id }) => selecting.selection.has(id)}
    />
  );
}
