import type { AttributeMapping } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { mappingPhrases } from './phrases.ts';
import { sourceText } from './row-draft.ts';

interface MappingTableProps {
  readonly rows: readonly AttributeMapping[];
  readonly onEdit: (target: string) => void;
  readonly onDelete: (row: AttributeMapping) => void;
  /** The target in the drawer. */
  readonly marked: string | undefined;
}

/** The rows as Entra's page shows them: source, target, matching precedence. */
export function MappingTable({ rows, onEdit, onDelete, marked }: MappingTableProps) {
  const say = usePhrases(mappingPhrases);
  const columns: readonly Column<AttributeMapping>[] = [
    {
      id: 'source',
      header: say('source'),
      cell: (row) => (
        <span className="break-all">
          {row.source.kind === 'none' ? (
            <span className="text-muted">{say('kind_none')}</span>
          ) : (
            <code className="font-mono text-xs">{sourceText(row)}</code>
          )}
        </span>
      ),
    },
    {
      id: 'target',
      header: say('target'),
      cell: (row) => (
        <button
          type="button"
          className="link break-all text-left font-mono text-xs"
          onClick={() => onEdit(row.target)}
          aria-label={say('editOf', { target: row.target })}
        >
          {row.target}
        </button>
      ),
    },
    {
      id: 'matching',
      header: say('matching'),
      cell: ({ matchingPrecedence = 0 }) =>
        matchingPrecedence > 0 ? <Badge tone="accent">{say('matchNumber', { n: matchingPrecedence })}</Badge> : null,
    },
    {
      id: 'apply',
      header: say('apply'),
      cell: ({ apply, enabled }) => (enabled === false ? <Badge>{say('rowOff')}</Badge> : say(`apply_${apply}`)),
    },
    {
      id: 'actions',
      header: say('row'),
      hidesHeader: true,
      align: 'end',
      cell: (row) => (
        <span className="flex justify-end gap-1 whitespace-nowrap">
          <Button kind="quiet" onClick={() => onEdit(row.target)} aria-label={say('editOf', { target: row.target })}>
            {say('edit')}
          </Button>
          <Button kind="quiet" onClick={() => onDelete(row)} aria-label={say('removeOf', { target: row.target })}>
            {say('remove')}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <DataTable
      caption={say('table')}
      columns={columns}
      rows={rows}
      keyOf={({ target }) => target}
      isMarked={({ target }) => target === marked}
    />
  );
}
