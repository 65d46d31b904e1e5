import type { GrantShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import { type Selecting, useSelectColumn } from '../../design/use-select-column.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EntryLink } from '../directory/EntryLink.tsx';
import { phrases } from './phrases.ts';

interface AssignmentTableProps extends Selecting {
  readonly rows: readonly GrantShape[];
}

/** People and groups with their roles, and a box to tick each. */
export function AssignmentTable({ rows, ...selecting }: AssignmentTableProps) {
  const say = usePhrases(phrases);
  const select = useSelectColumn({
    ...selecting,
    rows,
    keyOf: ({ principalId }) => principalId,
    nameOf: ({ principalId, displayName }) => displayName ?? principalId,
  });
  const columns: readonly Column<GrantShape>[] = [
    select,
    {
      id: 'who',
      header: say('who'),
      cell: ({ type, principalId, displayName }) => (
        <EntryLink type={type} objectId={principalId} text={displayName ?? principalId} />
      ),
    },
    { id: 'type', header: say('type'), cell: ({ type }) => say(type === 'User' ? 'user' : 'group') },
    { id: 'signIn', header: say('signIn'), cell: ({ userPrincipalName }) => userPrincipalName ?? '' },
    {
      id: 'roles',
      header: say('roles'),
      cell: ({ roles }) => roles.map((role) => (role === '' ? say('defaultAccess') : role)).join(', '),
    },
  ];
  return (
    <DataTable
      caption={say('title')}
      columns={columns}
      rows={rows}
      keyOf={({ principalId }) => principalId}
      isMarked={({ principalId }) => selecting.selection.has(principalId)}
    />
  );
}
