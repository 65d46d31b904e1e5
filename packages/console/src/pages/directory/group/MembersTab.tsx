import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../../api/me.ts';
import { type Page, pageQuery } from '../../../api/use-api.ts';
import { Button } from '../../../design/Button.tsx';
import { type Column, DataTable } from '../../../design/DataTable.tsx';
import { Pager } from '../../../design/Pager.tsx';
import { Panel } from '../../../design/Panel.tsx';
import type { Selection } from '../../../design/selection.ts';
import { EmptyState, Loaded } from '../../../design/states.tsx';
import { type Selecting, useSelectColumn } from '../../../design/use-select-column.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { EntryLink } from '../EntryLink.tsx';
import { AddMembersDialog } from './AddMembersDialog.tsx';
import type { GroupTabProps } from './GroupPage.tsx';
import { groupPhrases } from './phrases.ts';
import { RemoveMembersDialog } from './RemoveMembersDialog.tsx';

interface MemberRow {
  readonly objectId: string;
  readonly type: 'User' | 'Group';
  readonly displayName: string | null;
}

/** Direct members, people and groups; added in bulk and removed. */
export function MembersTab({ group, name }: GroupTabProps) {
  const { objectId } = group.entry;
  const { after } = useSearch({ from: '/directory/groups/$key' });
  const navigate = useNavigate({ from: '/directory/groups/$key' });
  const say = usePhrases(groupPhrases);
  const [selection, setSelection] = useState<Selection>(new Set());
  const [open, setOpen] = useState<'add' | 'remove'>();
  const query = useQuery(
    pageQuery<Page<MemberRow>>(['directory', 'groups', objectId, 'members'], { after, limit: 50 }),
  );
  const isBarred = useMay('operate') === false;
  const add = isBarred ? undefined : (
    <Button kind="primary" onClick={() => setOpen('add')}>
      {say('add')}
    </Button>
  );
  return (
    <div className="grid gap-4">
      <Loaded query={query} lines={8}>
        {({ items, next }) =>
          items.length === 0 && after === undefined ? (
            <Panel>
              <EmptyState title={say('noMembers')} action={add}>
                {say('noMembersText')}
              </EmptyState>
            </Panel>
          ) : (
            <>
              {!isBarred && (
                <div className="flex flex-wrap gap-2">
                  {add}
                  <Button kind="danger" disabled={selection.size === 0} onClick={() => setOpen('remove')}>
                    {say('remove', { n: selection.size })}
                  </Button>
                </div>
              )}
              <Panel isFlush>
                <MemberTable rows={items} selection={selection} onSelection={setSelection} />
                <Pager
                  after={after}
                  next={next}
                  onGo={(to) => navigate({ search: to === undefined ? {} : { after: to } })}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
      {open === 'add' && <AddMembersDialog group={objectId} name={name} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && (
        <RemoveMembersDialog
          group={objectId}
          name={name}
          ids={[...selection]}
          onClose={() => setOpen(undefined)}
          onDone={() => {
            setOpen(undefined);
            setSelection(new Set());
          }}
        />
      )}
    </div>
  );
}

function MemberTable({ rows, ...selecting }: Selecting & { readonly rows: readonly MemberRow[] }) {
  const say = usePhrases(groupPhrases);
  const nameOf = ({ objectId, displayName }: MemberRow): string => displayName ?? objectId;
  const keyOf = ({ objectId }: MemberRow): string => objectId;
  const columns: readonly Column<MemberRow>[] = [
    useSelectColumn({ ...selecting, rows, keyOf, nameOf }),
    {
      id: 'name',
      header: say('name'),
      cell: (row) => <EntryLink type={row.type} objectId={row.objectId} text={nameOf(row)} />,
    },
    { id: 'kind', header: say('kind'), cell: ({ type }) => say(type) },
  ];
  return (
    <DataTable
      caption={say('members')}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      isMarked={(row) => selecting.selection.has(keyOf(row))}
    />
  );
}
