import { useQuery } from '@tanstack/react-query';
import type { AuditShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';

/** Who changed what in the configuration, newest first. */
export function AuditPage() {
  const say = usePhrases(settingsPhrases);
  const query = useQuery(apiQuery<Page<AuditShape>>(['audit'], { limit: 100 }));
  const columns: readonly Column<AuditShape>[] = [
    { id: 'when', header: say('when'), cell: ({ at }) => <TimeText at={at} />, className: 'whitespace-nowrap' },
    { id: 'who', header: say('who'), cell: ({ actor }) => actor },
    {
      id: 'what',
      header: say('what'),
      cell: ({ action }) => <code className="break-all font-mono text-xs">{action}</code>,
    },
    { id: 'subject', header: say('subject'), cell: ({ subject }) => <span className="break-all">{subject}</span> },
    {
      id: 'changes',
      header: say('changes'),
      align: 'end',
      cell: ({ differences }) => differences.length.toLocaleString(),
    },
  ];
  return (
    <Panel title={say('audit')} isFlush>
      <Loaded query={query} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('none')} />
          ) : (
            <DataTable caption={say('audit')} columns={columns} rows={items} keyOf={({ number }) => String(number)} />
          )
        }
      </Loaded>
    </Panel>
  );
}
