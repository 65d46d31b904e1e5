import type { LogShape } from 'lockstep/admin-api/answers';
import { Badge } from '../../design/Badge.tsx';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { logPhrases } from './phrases.ts';
import { recordText, statusTones } from './record-text.ts';

interface LogTableProps {
  readonly rows: readonly LogShape[];
  readonly onOpen: (record: LogShape) => void;
  /** The number of the record in the drawer. */
  readonly marked?: string | undefined;
  readonly showsApp: boolean;
}

/** Records in a line each. */
export function LogTable({ rows, onOpen, marked, showsApp }: LogTableProps) {
  const say = usePhrases(logPhrases);
  const columns: readonly Column<LogShape>[] = [
    { id: 'date', header: say('date'), cell: ({ at }) => <TimeText at={at} />, className: 'whitespace-nowrap' },
    {
      id: 'source',
      header: say('source'),
      cell: (record) => (
        <button type="button" className="link text-left" onClick={() => onOpen(record)}>
          {record.source.displayName}
        </button>
      ),
    },
    ...(showsApp ? [{ id: 'app', header: say('app'), cell: ({ app }: LogShape) => app }] : []),
    { id: 'action', header: say('action'), cell: ({ action }) => say(action) },
    {
      id: 'status',
      header: say('status'),
      cell: ({ status }) => <Badge tone={statusTones[status]}>{say(status)}</Badge>,
    },
    {
      id: 'reason',
      header: say('reason'),
      cell: (record) => <span className="break-words">{recordText(record, (what) => say('changed', { what }))}</span>,
      className: 'min-w-64',
    },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={rows}
      keyOf={({ number }) => String(number)}
      isMarked={({ number }) => String(number) === marked}
    />
  );
}
