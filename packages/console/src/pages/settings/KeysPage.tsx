import { useQuery } from '@tanstack/react-query';
import type { KeyShape } from 'lockstep/admin-api/answers';
import { apiQuery, type Page } from '../../api/use-api.ts';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { Panel } from '../../design/Panel.tsx';
import { EmptyState, Loaded } from '../../design/states.tsx';
import { TimeText } from '../../design/TimeText.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { settingsPhrases } from './phrases.ts';

/** Keys of scripts, without their texts. */
export function KeysPage() {
  const say = usePhrases(settingsPhrases);
  const query = useQuery(apiQuery<Page<KeyShape>>(['keys']));
  const columns: readonly Column<KeyShape>[] = [
    { id: 'label', header: say('label'), cell: ({ label }) => label },
    { id: 'role', header: say('role'), cell: ({ role }) => role },
    { id: 'by', header: say('by'), cell: ({ createdBy }) => createdBy },
    {
      id: 'used',
      header: say('lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? say('never') : <TimeText at={lastUsedAt} as="distance" />),
    },
    {
      id: 'expires',
      header: say('expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? say('never') : <TimeText at={expiresAt} />),
    },
  ];
  return (
    <Panel title={say('keys')} isFlush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('none')}>{say('how')}</EmptyState>
          ) : (
            <DataTable caption={say('keys')} columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
