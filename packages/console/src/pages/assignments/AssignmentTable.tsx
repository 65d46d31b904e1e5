import type { GrantShape } from 'lockstep/admin-api/answers';
import { type Column, DataTable } from '../../design/DataTable.tsx';
import type { Selection } from '../../design/selection.ts';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { EntryLink } from '../directory/EntryLink.tsx';
import { phrases } from './phrases.ts';

interface AssignmentTableProps {
  readonly rows: readonly GrantShape[];
  readonly selection: Selection;
  readonly onToggle: (principalId: string) => void;
  readonly onTogglePage: () => void;
}

/** People and groups with their roles, and a box to tick each. */
export function AssignmentTable({ rows, selection, onToggle, onTogglePage }: AssignmentTableProps) {
  const say = usePhrases(phrases);
  const columns: readonly Column<GrantShape>[] = [
    {
      id: 'select',
      header: say('selectAll'),
      headerCell: (
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={say('selectAll')}
          checked={rows.length > 0 && rows.every(({ principalId }) => selection.has(principalId))}
          onChange={onTogglePage}
        />
      ),
      cell: ({ principalId, displayName }) => (
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={say('select', { name: displayName ?? principalId })}
          checked={selection.has(principalId)}
          onChange={() => onToggle(principalId)}
        />
      ),
    },
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
      isMarked={({ principalId }) => selection.has(principalId)}
    />
  );
}
